"""The hours log: to its coach alone, those imported opened with their own key."""

from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, sealed, withhold, word
from coaching.kernel.viewer import Portal, Viewer

from .access import letters_for
from .models import LogPart
from .packing import unpack
from .policy import OWN_PART_RULES, PART_PLACE

COACH = frozenset({Portal.COACH})


def _parts(viewer: Viewer):
    return LogPart.objects.visible_to(viewer, OWN_PART_RULES).select_related("source").order_by("pk")


def _lines(text: str):
    return [asdict(entry) for entry in unpack(text)] if text else text


ALL_HELD = (
    Holding(
        "hours_imported",
        _("Hours I brought into my log"),
        COACH,
        _parts,
        (
            fact("ref", _("Reference")),
            fact("source__ref", _("File")),
            fact("source__kept_at", _("On")),
            sealed("sealed_ref", _("Lines"), PART_PLACE, read=_lines),
        ),
        order=44,
    ),
    Holding(
        "hours_letters",
        _("Letters that attest hours of mine"),
        COACH,
        lambda v: letters_for(v).order_by("pk"),
        (
            fact("ref", _("Reference")),
            word("issuer", _("Issued by"), "hours.VerificationLetter.issuer"),
            word("contact", _("Contact"), "hours.VerificationLetter.contact"),
            fact("issued_on", _("Issued on")),
            fact("paid_minutes", _("Paid minutes")),
            fact("pro_bono_minutes", _("Pro bono minutes")),
            fact("clients", _("Clients")),
        ),
        order=45,
    ),
)

withhold(
    "hours.ImportPart",
    "sealed",
    _(
        "A file of hours while it is being read: it goes into the log or is erased within days, and the coach has it."
    ),
)

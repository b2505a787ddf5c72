"""Restitutions: to the coachee they are about, in what they read and wrote; to whom they were addressed, that they were."""

import json

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, sealed, word
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import Side
from coaching.missions.holdings import seats_ever
from coaching.vault.guard import looking

from .access import ASKED, TEXT, released_for, restitutions_for
from .models import Receipt, RestitutionText

COACHEE = frozenset({Portal.COACHEE})


def _texts(viewer: Viewer):
    """The last text of each, and those the coachee wrote: what the coach tried on the way stays the coach's."""
    seen = restitutions_for(viewer).order_by().values("pk")
    rows = RestitutionText.unscoped.filter(restitution__in=seen)
    rows = rows.filter(Q(number=F("restitution__number")) | Q(by=Side.COACHEE))
    return rows.select_related("restitution__seat__mission").order_by("restitution_id", "number")


def _released(viewer: Viewer):
    with looking(viewer.user_id):
        return list(released_for(viewer).order_by("pk"))


def _receipts(viewer: Viewer):
    rows = Receipt.unscoped.filter(user_id=viewer.user_id, seat__in=seats_ever(viewer))
    return rows.select_related("restitution__seat__mission").order_by("pk")


def _read(text: str):
    """A frozen page as the structure it is."""
    return json.loads(text) if text else text


ALL_HELD = (
    Holding(
        "restitutions",
        _("Restitutions about me"),
        COACHEE,
        _texts,
        (
            fact("restitution__ref", _("Restitution")),
            fact("restitution__seat__mission__ref", _("Mission")),
            fact("restitution__addressee", _("To whom")),
            fact("restitution__state", _("State")),
            fact("by", _("Worded by")),
            fact("written_at", _("Written on")),
            sealed("sealed_ref", _("Text"), TEXT, read=_read),
        ),
        order=42,
    ),
    Holding(
        "restitutions_asked",
        _("What I asked for otherwise"),
        COACHEE,
        lambda v: restitutions_for(v).exclude(asked_ref="").order_by("pk"),
        (fact("ref", _("Restitution")), sealed("asked_ref", _("Text"), ASKED)),
        order=43,
    ),
    Holding(
        "restitutions_released",
        _("Restitutions that were released"),
        COACHEE,
        _released,
        (
            fact("ref", _("Reference")),
            fact("mission__ref", _("Mission")),
            fact("addressee", _("To whom")),
            fact("approved_at", _("Approved on")),
            fact("released_at", _("Released on")),
            word("content", _("Text"), "restitutions.ReleasedRestitution.content", read=_read),
        ),
        order=44,
    ),
    Holding(
        "receipts",
        _("Restitutions I opened"),
        frozenset({Portal.ORGANISATION}),
        _receipts,
        (
            fact("restitution__ref", _("Restitution")),
            fact("restitution__seat__mission__ref", _("Mission")),
            fact("at", _("When")),
        ),
        order=44,
    ),
)

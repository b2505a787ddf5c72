"""What consents know of article « Confidentialité » : which of them live. Withdrawing one holds the article as much as giving it."""

from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.kernel.evidence import Found, Piece, Said, Standing
from coaching.missions.conformity import begun, not_yet, number_of

from .models import Consent


def _live() -> QuerySet:
    return Consent.unscoped.filter(seat__mission=OuterRef("pk"), ended_at=None)


def _told(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet("")
    if not found.live:
        text = _("No consent is in force: nothing of the coachee is told to anybody.")
    else:
        text = ngettext("%(n)d consent is in force.", "%(n)d consents are in force.", found.live)
        text = text % {"n": found.live}
    return Said(text, reverse("coach_consents", args=[found.ref]))


PIECES = (
    Piece(
        name="consents.live",
        article="confidentialite",
        applies=begun,
        held=begun,
        facts=lambda: {"live": number_of(_live(), "seat__mission")},
        tell=_told,
    ),
)

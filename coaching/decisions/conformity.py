"""What decisions know of article « Responsabilité des décisions ». A decision its coachee keeps leaves no trace here either."""

from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.evidence import TABLE, Found, Piece, Said, Standing
from coaching.kernel.viewer import Portal
from coaching.missions.conformity import begun, not_yet, number_of

from .enums import SuggestionState
from .models import ANSWERED, Suggestion


def _suggested(**more) -> QuerySet:
    rows = Suggestion.unscoped.filter(seat__mission=OuterRef("pk"), **more)
    return rows.exclude(state=SuggestionState.WITHDRAWN)


def _decides(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("The coaching has not begun."))
    text = _(
        "Only the coachee writes or closes a decision. You suggested %(suggested)d times; they answered %(answered)d."
    )
    said = {"suggested": found.suggested, "answered": found.answered}
    return Said(text % said, reverse("coach_decisions", args=[found.ref]))


PIECES = (
    Piece(
        name="decisions.theirs",
        article="responsabilite-decisions",
        applies=begun,
        held=begun,
        facts=lambda: {
            "suggested": number_of(_suggested(), "seat__mission"),
            "answered": number_of(_suggested(state__in=ANSWERED), "seat__mission"),
        },
        tell=_decides,
        known_to=TABLE - {Portal.ORGANISATION},
    ),
)

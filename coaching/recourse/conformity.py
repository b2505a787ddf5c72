"""What the room of recourse knows of article « Respect des personnes »: that somebody is there. Never whether anybody has written."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.evidence import TABLE, Found, Piece, Said, Standing
from coaching.missions.conformity import not_yet, page_of
from coaching.missions.policy import OPEN_STATES

from .models import RecoursePerson


def _there() -> Exists:
    rows = RecoursePerson.unscoped.filter(
        practice=OuterRef("practice"), accepted_at__isnull=False, ended_at=None
    )
    return Exists(rows.order_by())


def _recourse(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet("")
    if standing == Standing.HELD:
        return Said(_("Somebody outside is there for the coachee to turn to."), page_of(found, "seats"))
    return Said(
        _("The practice has no recourse person: whoever administers it names one."),
        reverse("charter") + "#respect-personnes",
    )


PIECES = (
    Piece(
        name="recourse.person",
        article="respect-personnes",
        applies=lambda: Q(state__in=sorted(OPEN_STATES)),
        held=lambda: Q(_there()) | ~Q(practice__recourse_name=""),
        tell=_recourse,
        known_to=TABLE,
    ),
)

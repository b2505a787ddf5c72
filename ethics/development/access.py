"""Reading qualifications: the coach their own; a client those of the coach of their mission."""

from django.db.models import QuerySet

from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Viewer

from .models import Qualification
from .policy import OWN


def qualifications_for(viewer: Viewer) -> QuerySet[Qualification]:
    return Qualification.objects.visible_to(viewer, OWN).filter(removed_at=None)


def hours_in(viewer: Viewer, year: int) -> int:
    """The coach's hours of training of a year."""
    return sum(hours or 0 for hours, obtained_on in _hours(viewer) if obtained_on.year == year)


@prepared
def _hours(viewer: Viewer) -> QuerySet:
    return qualifications_for(viewer).order_by().values_list("hours", "obtained_on")


def get_qualification(viewer: Viewer, ref: str) -> Qualification:
    return get_visible(qualifications_for(viewer), ref)


def qualifications_of_coach(practice_id: int, coach_id: int) -> QuerySet[Qualification]:
    """The coach's sheet, for a caller whose own access function has just shown them a mission of this coach."""
    return Qualification.unscoped.filter(practice_id=practice_id, coach_id=coach_id, removed_at=None)

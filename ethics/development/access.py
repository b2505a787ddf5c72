"""Reading qualifications: the coach their own; a client those of the coach of their mission."""

from django.db.models import QuerySet

from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Viewer

from .models import Qualification
from .policy import OWN


def qualifications_for(viewer: Viewer) -> QuerySet[Qualification]:
    return Qualification.objects.visible_to(viewer, OWN).filter(removed_at=None)


def get_qualification(viewer: Viewer, ref: str) -> Qualification:
    return get_visible(qualifications_for(viewer), ref)


def qualifications_of_coach(practice_id: int, coach_id: int) -> QuerySet[Qualification]:
    """The coach's sheet, for a caller whose own access function has just shown them a mission of this coach."""
    return Qualification.unscoped.filter(practice_id=practice_id, coach_id=coach_id, removed_at=None)

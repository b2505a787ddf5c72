"""Reading one's own export, requests about data, holds, and what the next purge would take."""

from django.db.models import QuerySet
from django.utils import timezone

from coaching.clients.holdings import own_people
from coaching.clients.models import Person
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission

from .enums import CorrectionState, ErasureState
from .models import Correction, Erasure, Export, Hold
from .policy import DUE_RULES, HOLD_RULES, REQUEST_RULES


def export_of(viewer: Viewer) -> Export | None:
    """The viewer's own, behind this portal; none once its week is over."""
    rows = Export.unscoped.filter(
        user_id=viewer.user_id, practice_id=viewer.practice_id, portal=viewer.portal
    )
    return rows.filter(expires_at__gt=timezone.now()).defer("material").first()


def kept_of(viewer: Viewer) -> list[Person]:
    """What coaches of the practice keep of the viewer: a row for each coach."""
    return list(own_people(viewer)) if viewer.portal in (Portal.COACHEE, Portal.ORGANISATION) else []


def get_kept(viewer: Viewer, ref: str) -> Person:
    """One of them; 404 to anybody else, the coach who keeps it included: it is not their own."""
    allowed = viewer.portal in (Portal.COACHEE, Portal.ORGANISATION)
    return get_visible(own_people(viewer) if allowed else Person.unscoped.none(), ref)


def corrections_for(viewer: Viewer) -> QuerySet[Correction]:
    """One's own; for a coach those asked of them. Those that wait first."""
    rows = Correction.objects.visible_to(viewer, REQUEST_RULES)
    return rows.select_related("person", "person__keeper", "person__practice").order_by("ended_at", "-pk")


def get_correction(viewer: Viewer, ref: str) -> Correction:
    return get_visible(corrections_for(viewer), ref)


def erasures_for(viewer: Viewer) -> QuerySet[Erasure]:
    """One's own; for a coach those asked of them. Those that wait first."""
    rows = Erasure.objects.visible_to(viewer, REQUEST_RULES)
    related = ("person", "person__keeper", "person__practice", "person__user")
    return rows.select_related(*related).order_by("ended_at", "-pk")


def get_erasure(viewer: Viewer, ref: str) -> Erasure:
    return get_visible(erasures_for(viewer), ref)


def erasures_due(viewer: Viewer) -> list[Erasure]:
    """For the administrator: references and dates, the last asked first; neither who asks nor the answer."""
    rows = Erasure.objects.visible_to(viewer, DUE_RULES).defer("answer")
    return list(rows.order_by("ended_at", "answer_by")[:100])


def waiting_requests(viewer: Viewer) -> tuple[QuerySet[Correction], QuerySet[Erasure]]:
    """What people ask of a coach and still wait for, in no order: to be counted."""
    return (
        Correction.objects.visible_to(viewer, REQUEST_RULES).filter(state=CorrectionState.ASKED).order_by(),
        Erasure.objects.visible_to(viewer, REQUEST_RULES).filter(state=ErasureState.ASKED).order_by(),
    )


def hold_of(viewer: Viewer, mission: Mission) -> Hold | None:
    """The hold in force on a mission, for its coach."""
    rows = Hold.objects.visible_to(viewer, HOLD_RULES).filter(mission=mission, lifted_at=None)
    return rows.first()


def held_missions(mission_ids) -> set[int]:
    """Of these missions, those on which a hold is in force; for services."""
    rows = Hold.unscoped.filter(mission__in=list(mission_ids), lifted_at=None)
    return set(rows.values_list("mission_id", flat=True))

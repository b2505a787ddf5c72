"""The charter on the page of a mission: a way to how it is held there, which asks nothing."""

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission
from coaching.missions.web.steps import Known, Room

PORTALS = frozenset({Portal.COACH, Portal.COACHEE, Portal.ORGANISATION})


def conformity_room(viewer: Viewer, mission: Mission, _known: Known) -> Room | None:
    if viewer.portal not in PORTALS:
        return None
    return Room(f"conformity/includes/room_{viewer.portal.value}.html", {"mission": mission})

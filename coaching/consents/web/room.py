"""Consents on the page of a mission: a way to them, which asks nothing."""

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission
from coaching.missions.web.steps import Known, Room

from ..access import LISTED_IN

PORTALS = frozenset({Portal.COACH, Portal.COACHEE})


def consents_room(viewer: Viewer, mission: Mission, _known: Known) -> Room | None:
    """For the coachee and their coach, once there may be any."""
    if viewer.portal not in PORTALS or mission.state not in LISTED_IN:
        return None
    return Room(f"consents/includes/room_{viewer.portal.value}.html", {"mission": mission})

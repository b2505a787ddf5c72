"""Decisions on the pages of a mission and of a session: a link on the first, which asks nothing; the words on the second."""

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission
from coaching.missions.web.steps import Known, Room
from coaching.sessions.models import CoachingSession
from coaching.sessions.web.parts import Part

from ..access import of_session

PORTALS = frozenset({Portal.COACH, Portal.COACHEE})


def decisions_room(viewer: Viewer, mission: Mission, _known: Known) -> Room | None:
    """The way to the decisions of a mission: how many there are is nobody's business on this page."""
    if viewer.portal not in PORTALS or mission.state == MissionState.REFUSED:
        return None
    return Room(f"decisions/includes/room_{viewer.portal.value}.html", {"mission": mission})


def decisions_part(viewer: Viewer, session: CoachingSession) -> Part | None:
    """What was decided and suggested in a session, as far as the viewer may see."""
    if viewer.portal not in PORTALS:
        return None
    found = of_session(viewer, session)
    context = {"session": session, "decisions": found.decisions, "suggestions": found.suggestions}
    return Part(f"decisions/includes/part_{viewer.portal.value}.html", context)

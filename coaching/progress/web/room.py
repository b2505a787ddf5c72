"""Progress on the pages of a mission and of a session: a link on the first, which asks nothing; the means on the second."""

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission
from coaching.missions.web.steps import Known, Room
from coaching.sessions.models import CoachingSession
from coaching.sessions.web.parts import Part

from ..access import means_in, objectives_in
from ..services.means import may_say

PORTALS = frozenset({Portal.COACH, Portal.COACHEE})
EARLY = frozenset(
    {MissionState.ENQUIRY, MissionState.REFUSED}
)  # objectives are still to be agreed, or never were


def progress_room(viewer: Viewer, mission: Mission, _known: Known) -> Room | None:
    if viewer.portal not in PORTALS or mission.state in EARLY:
        return None
    return Room(f"progress/includes/room_{viewer.portal.value}.html", {"mission": mission})


def means_part(viewer: Viewer, session: CoachingSession) -> Part | None:
    """What was used, objective by objective; for the coach also what is left to say."""
    if viewer.portal not in PORTALS or not may_say(session):
        return None
    used = means_in(viewer, session)
    if viewer.portal == Portal.COACHEE:
        return Part("progress/includes/part_coachee.html", {"means": used}) if used else None
    said = {row.objective_id: row for row in used}
    lines = [(aim, said.get(aim.pk)) for aim in objectives_in(viewer, session)]
    return Part("progress/includes/part_coach.html", {"session": session, "lines": lines})

"""What notes and summaries add to the pages of a mission and of a session: ways in, never a word of them."""

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission
from coaching.missions.web.steps import Known, Room
from coaching.sessions.models import CoachingSession
from coaching.sessions.web.parts import Part

from ..access import note_of, summaries_of
from ..services.summaries import may_be_shared


def notes_room(viewer: Viewer, mission: Mission, _known: Known) -> Room | None:
    """The coach's way to their notes of a mission; asks nothing of the database."""
    if viewer.portal != Portal.COACH:
        return None
    return Room("notes/includes/room.html", {"mission": mission})


def notes_part(viewer: Viewer, session: CoachingSession) -> Part | None:
    """For the coach whether there is a note and a summary, for a coachee whether there is a summary; nobody's key is needed."""
    rows = summaries_of(viewer, session) if viewer.portal in (Portal.COACH, Portal.COACHEE) else []
    if viewer.portal == Portal.COACH:
        context = {
            "session": session,
            "note": note_of(viewer, session),
            "summary": rows[0] if rows else None,
            "shareable": may_be_shared(session),
        }
        return Part("notes/includes/part_coach.html", context)
    if rows:
        return Part("notes/includes/part_coachee.html", {"session": session, "summary": rows[0]})
    return None

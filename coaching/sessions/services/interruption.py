"""Sessions that a pause or an end has overtaken: taken out of the calendar, counted by nobody."""

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Actor, Viewer
from coaching.missions.endings import Cause
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat

from .. import letters
from ..enums import SessionState
from ..models import CoachingSession, Participant
from ..transitions import EITHER, SESSION
from .planning import release


def set_aside(viewer: Viewer | Actor, mission: Mission, cause: Cause, seat: Seat | None = None) -> None:
    """Cancel what is still to come of a mission that pauses or ends. Records ``session.cancel`` for each.

    Called in the transaction of that act, which has checked who may. Never late, whatever the notice: nothing of it counts
    (article Protection de la personne). With a seat, the sessions of that coachee alone; a team's goes on without them. One
    whose hour has come stays: what became of it is still to be recorded. Whoever takes part is written to.
    """
    gone = [row for row in _to_come(mission, seat) if _cancel(viewer, row, cause)]
    if gone:
        letters.set_aside(gone, cause=cause)


def _to_come(mission: Mission, seat: Seat | None) -> QuerySet[CoachingSession]:
    rows = CoachingSession.unscoped.filter(
        mission=mission, state=SessionState.PLANNED, starts_at__gt=timezone.now()
    )
    if seat is None:
        return rows
    coachees = Participant.unscoped.filter(session=OuterRef("pk"), seat__role=SeatRole.COACHEE)
    return rows.filter(Exists(coachees.filter(seat=seat)), ~Exists(coachees.exclude(seat=seat)))


def _cancel(viewer: Viewer | Actor, session: CoachingSession, cause: Cause) -> bool:
    """False where somebody has just recorded or cancelled it: a pause waits for nothing and fails for nothing."""
    if hold(session).state != SessionState.PLANNED:
        return False

    def effects(current: CoachingSession, _move: Move) -> None:
        CoachingSession.unscoped.filter(pk=current.pk).update(
            cancelled_by=cause.value, sequence=F("sequence") + 1
        )
        release(current)

    perform(SESSION, session, "cancel", viewer, roles=EITHER, effects=effects)
    session.refresh_from_db(fields=["state", "sequence"])  # what calendars are told
    return True

"""Who may read how far objectives have come: coach and coachee. In a team, each coachee their own measures and sessions alone."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import ObjectiveTag, SeatRole
from coaching.missions.policy import seats_held
from coaching.sessions.models import Participant


def _seats(v: Viewer):
    return seats_held(v, SeatRole.COACHEE)


def _worked_on_with(v: Viewer) -> Q:
    """Sessions they take part in; and of what was worked on there, never another coachee's own objective."""
    there = Participant.unscoped.filter(seat__in=_seats(v)).values("session_id")
    mine = ~Q(objective__tag=ObjectiveTag.COACHEE) | Q(objective__seat__in=_seats(v))
    return Q(session__mission__practice_id=v.practice_id, session__in=there) & mine


MEASURE_RULES = {
    Portal.COACH: lambda v: Q(
        objective__mission__practice_id=v.practice_id, objective__mission__coach_id=v.user_id
    ),
    Portal.COACHEE: lambda v: Q(seat__mission__practice_id=v.practice_id, seat__in=_seats(v)),
}
MEANS_RULES = {
    Portal.COACH: lambda v: Q(
        session__mission__practice_id=v.practice_id, session__mission__coach_id=v.user_id
    ),
    Portal.COACHEE: _worked_on_with,
}

BOTH = (Reader.COACH, Reader.COACHEE)

plumbing("progress.Measure", "id ref objective seat stage value revision given_at corrected_at")
declare("progress.Measure", "words", Confidence.SHARED, *BOTH)
plumbing("progress.Means", "id ref session objective kind revision written_by written_at")
declare("progress.Means", "name words", Confidence.SHARED, *BOTH)

"""Who reads what a coach writes: a note its author alone, a summary the coachee it was written for."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, plumbing
from coaching.kernel.viewer import Portal
from coaching.missions.enums import SeatRole
from coaching.missions.policy import seats_held

NOTE_PLACE = "notes.SessionNote.sealed_ref"
SUMMARY_PLACE = "notes.SharedSummary.sealed_ref"

NOTE_RULES = {
    Portal.COACH: lambda v: Q(
        author_id=v.user_id, mission__practice_id=v.practice_id, mission__coach_id=v.user_id
    )
}
SUMMARY_RULES = {
    Portal.COACH: lambda v: Q(
        session__mission__practice_id=v.practice_id, session__mission__coach_id=v.user_id
    ),
    Portal.COACHEE: lambda v: Q(
        session__mission__practice_id=v.practice_id, seat__in=seats_held(v, SeatRole.COACHEE)
    ),
}

plumbing("notes.SessionNote", "id ref mission session author number tab begun_at written_at created_at")
declare("notes.SessionNote", "sealed_ref", Confidence.SECRET, Reader.COACH)
plumbing("notes.SharedSummary", "id ref session seat number written_by shared_at changed_at")
declare("notes.SharedSummary", "sealed_ref", Confidence.SECRET, Reader.COACH, Reader.COACHEE)

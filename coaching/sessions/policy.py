"""Who may read what of a session (the table "Who sees what"): an organisation reads a count, and dates only where the contract says so."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, narrow, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.policy import AT_TABLE, seats_held

from .enums import SessionKind
from .models import Participant


def _taking_part(v: Viewer, *roles: SeatRole):
    return Participant.unscoped.filter(seat__in=seats_held(v, *roles)).values("session_id")


SESSION_RULES = {
    Portal.COACH: lambda v: Q(mission__practice_id=v.practice_id, mission__coach_id=v.user_id),
    # In a team each coachee sees the sessions they take part in, never a colleague's own.
    Portal.COACHEE: lambda v: Q(mission__practice_id=v.practice_id, pk__in=_taking_part(v, SeatRole.COACHEE)),
    # Whoever is at a three-way meeting knows of it; of the others the organisation has a count.
    Portal.ORGANISATION: lambda v: Q(
        mission__practice_id=v.practice_id, kind=SessionKind.THREE_WAY, pk__in=_taking_part(v, *AT_TABLE)
    ),
}

plumbing(
    "coaching_sessions.CoachingSession",
    "id ref mission coach kind stage state starts_at minutes zone medium private confirmed_at held_minutes excused "
    "cancelled_by sequence created_by created_at held_at missed_at cancelled_at",
)
EVERYONE_THERE = (Reader.COACH, Reader.COACHEE, Reader.SPONSOR, Reader.MANAGER)
declare(
    "coaching_sessions.CoachingSession",
    "place join_link",
    Confidence.SHARED,
    *EVERYONE_THERE,
    when="three-way meeting",
)
narrow("coaching_sessions.CoachingSession.place", "own", Reader.COACH, Reader.COACHEE)
plumbing("coaching_sessions.Participant", "id session seat present")
plumbing("coaching_sessions.Claim", "id session coach at")
declare_section("sessions.dates", Reader.COACH, Reader.COACHEE)
declare_section(
    "sessions.count", Reader.COACH, Reader.COACHEE, Reader.SPONSOR, Reader.MANAGER, Reader.ADMINISTRATOR
)

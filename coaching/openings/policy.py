"""Who may read what was opened of a mission: its coach, and each coachee what is the table's or their own."""

from django.db.models import Q

from coaching.kernel.registry import Reader, declare_section, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.policy import seats_held


def _of_coach(v: Viewer) -> Q:
    return Q(mission__practice_id=v.practice_id, mission__coach_id=v.user_id)


def _of_coachee(v: Viewer) -> Q:
    held = seats_held(v, SeatRole.COACHEE)
    here = Q(mission__practice_id=v.practice_id, mission_id__in=held.values("mission_id"))
    return here & (Q(seat=None) | Q(seat__in=held.values("pk")))


OPENING_RULES = {Portal.COACH: _of_coach, Portal.COACHEE: _of_coachee}

plumbing("openings.Opening", "id mission seat reader portal what subject at hour")
declare_section("openings.log", Reader.COACH, Reader.COACHEE)

"""Who reads a hand-over: its coach and its coachee; the colleague, once the coachee has agreed, and only what they agreed to."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.policy import AT_TABLE, seats_held

from .enums import OFFERED


def _coach_of(v: Viewer) -> Q:
    return Q(seat__mission__practice_id=v.practice_id, seat__mission__coach_id=v.user_id)


def _own(v: Viewer) -> Q:
    """A coachee's own, also once their former coaching has ended: it says what they agreed to."""
    return Q(seat__mission__practice_id=v.practice_id, seat__person__user_id=v.user_id)


HANDOVER_RULES = {Portal.COACH: _coach_of, Portal.COACHEE: _own}
OFFER_RULES = {
    Portal.COACH: lambda v: Q(
        seat__mission__practice_id=v.practice_id, to_id=v.user_id, state__in=sorted(OFFERED)
    )
}
# That it happened, with its date: for those who pay, on the page of the mission that was handed over.
RECORD_RULES = {
    Portal.COACH: lambda v: Q(former__practice_id=v.practice_id) & (Q(by_id=v.user_id) | Q(to_id=v.user_id)),
    Portal.COACHEE: lambda v: Q(former__practice_id=v.practice_id, coachee_id=v.user_id),
    Portal.ORGANISATION: lambda v: Q(
        former__practice_id=v.practice_id, former_id__in=seats_held(v, *AT_TABLE).values("mission_id")
    ),
}

BOTH = (Reader.COACH, Reader.COACHEE)

plumbing(
    "handover.HandOver",
    "id ref seat to state items proposed_by proposed_at agreed agreed_sha256 agreed_at consent ended_at",
)
declare("handover.HandOver", "proposed_ref agreed_ref", Confidence.SECRET, *BOTH)
plumbing(
    "handover.HandOverRecord",
    "id ref handover former mission by to coachee items sha256 agreed_at taken_up_at",
)
declare_section("handover.handover", *BOTH)
declare_section("handover.told", *BOTH, Reader.SPONSOR, Reader.MANAGER)

"""Who may read a restitution: coach and coachee from the first draft on; an addressee once it is released to them (I2)."""

from django.db.models import Exists, OuterRef, Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, narrow, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.policy import AT_TABLE, seats_held

from .enums import RestitutionState
from .models import Receipt


def _coach_of(v: Viewer) -> Q:
    return Q(seat__mission__practice_id=v.practice_id, seat__mission__coach_id=v.user_id)


def _own(v: Viewer) -> Q:
    return Q(seat__mission__practice_id=v.practice_id, seat__in=seats_held(v, SeatRole.COACHEE))


def _to_be_shown(v: Viewer) -> Q:
    """A coachee is shown a restitution once it is theirs to read: never a draft in the making, nor one set aside."""
    return (
        _own(v)
        & Q(proposed_at__isnull=False)
        & ~Q(state__in=[RestitutionState.DRAFT, RestitutionState.DROPPED])
    )


def _addressed(v: Viewer) -> Q:
    """To a role this person holds at that table now; one that was withdrawn, only where they had opened it before."""
    at_table = seats_held(v, *AT_TABLE).filter(mission=OuterRef("mission"), role=OuterRef("addressee"))
    opened = Receipt.unscoped.filter(restitution=OuterRef("restitution"), user_id=v.user_id)
    alive = Q(restitution__state=RestitutionState.RELEASED)
    return Q(Exists(at_table), mission__practice_id=v.practice_id) & (alive | Q(Exists(opened)))


RESTITUTION_RULES = {Portal.COACH: _coach_of, Portal.COACHEE: _to_be_shown}
RELEASED_RULES = {
    Portal.COACH: lambda v: Q(mission__practice_id=v.practice_id, mission__coach_id=v.user_id),
    Portal.COACHEE: lambda v: Q(mission__practice_id=v.practice_id, seat__in=seats_held(v, SeatRole.COACHEE)),
    Portal.ORGANISATION: _addressed,
}

BOTH = (Reader.COACH, Reader.COACHEE)

plumbing(
    "restitutions.Restitution",
    "id ref seat addressee state number written_by created_at proposed_at approved_at approved_sha256 released_at "
    "withdrawn_at ended_at",
)
declare("restitutions.Restitution", "asked_ref", Confidence.SECRET, *BOTH)
plumbing("restitutions.RestitutionText", "id ref restitution number by sha256 written_at")
declare("restitutions.RestitutionText", "sealed_ref", Confidence.SECRET, *BOTH)
plumbing(
    "restitutions.ReleasedRestitution",
    "id ref restitution mission seat addressee sha256 document approved_at released_by released_at",
)
declare(
    "restitutions.ReleasedRestitution",
    "content",
    Confidence.SHARED,
    *BOTH,
    Reader.SPONSOR,
    Reader.MANAGER,
    when="released",
)
narrow("restitutions.ReleasedRestitution.content", "sponsor", *BOTH, Reader.SPONSOR)
narrow("restitutions.ReleasedRestitution.content", "manager", *BOTH, Reader.MANAGER)
plumbing("restitutions.Receipt", "id restitution seat user at")
declare_section("restitutions.register", *BOTH)

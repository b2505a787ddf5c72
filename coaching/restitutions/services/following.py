"""What becomes of restitutions when a coachee allows less, and when a coaching ends."""

from coaching.consents.enums import ConsentKind
from coaching.kernel.transitions import hold, perform
from coaching.kernel.viewer import Actor, Viewer, system
from coaching.missions.endings import Cause
from coaching.missions.models import Mission, Seat
from coaching.vault.guard import looking

from ..enums import GONE, OPEN, RestitutionState
from ..models import ReleasedRestitution, Restitution
from ..snapshots import thaw
from ..transitions import RESTITUTION
from .texts import cleared

SYSTEM = frozenset({"system"})


def follow(by: Viewer | Actor, seat: Seat, kind: ConsentKind, addressee: str, items: tuple[str, ...]) -> None:
    """What exceeds the coachee's new limits no longer goes, and is hidden from whoever has not opened it.

    In the transaction of their choice. An approval given before counts no more; what was released and fits stays. Each
    is held first and judged as it then is, so that one which is being released at that moment does not slip through.
    Records ``restitution.lapse`` and ``restitution.withdraw``, as the product's own.
    """
    if kind != ConsentKind.RESTITUTION:
        return
    rows = Restitution.unscoped.filter(
        seat=seat, addressee=addressee, state__in=[*OPEN, RestitutionState.RELEASED]
    )
    for row in rows.order_by("pk"):
        current = hold(row)
        if current.state == RestitutionState.APPROVED:
            perform(RESTITUTION, current, "lapse", _product(by), roles=SYSTEM, effects=cleared)
        elif current.state in GONE and not _fits(by, current, items):
            perform(RESTITUTION, current, "withdraw", _product(by), roles=SYSTEM)


def _fits(by: Viewer | Actor, restitution: Restitution, items: tuple[str, ...]) -> bool:
    """Whether all that left with it is still allowed; nothing is, where nothing is allowed."""
    if not items or by.user_id is None:
        return bool(items)
    with looking(by.user_id):
        released = ReleasedRestitution.unscoped.get(restitution=restitution)
    return set(thaw(released.content).items) <= set(items)


def _product(by: Viewer | Actor) -> Actor:
    return system(by.practice_ref)


def end_with(by: Viewer | Actor, mission: Mission, cause: Cause, seat: Seat | None) -> None:
    """What was being prepared when a coaching ends is set aside; what was released stays. Records ``restitution.end``.

    In the transaction of the act that ends the mission or the coachee's seat. A pause changes nothing.
    """
    if cause != Cause.END:
        return
    rows = Restitution.unscoped.filter(seat__mission=mission, state__in=OPEN)
    for row in rows.filter(seat=seat) if seat else rows:
        perform(RESTITUTION, row, "end", _product(by), roles=SYSTEM, effects=cleared)

"""What becomes of a hand-over when the coachee takes their consent back, and when the coaching ends."""

from coaching.consents.enums import ConsentKind
from coaching.kernel.transitions import hold, perform
from coaching.kernel.viewer import Actor, Viewer, system
from coaching.missions.endings import Cause
from coaching.missions.models import Mission, Seat

from .. import letters
from ..enums import OPEN, HandOverState
from ..models import HandOver
from ..transitions import HANDOVER
from .ending import let_go

SYSTEM = frozenset({"system"})


def follow(
    by: Viewer | Actor, seat: Seat, kind: ConsentKind, _addressee: str, items: tuple[str, ...]
) -> None:
    """The coachee no longer agrees: what was offered is erased before the colleague has taken it up.

    In the transaction of their withdrawal. Records ``handover.lapse``; writes to the coach and to the colleague.
    """
    if kind != ConsentKind.HANDOVER or items:
        return
    for row in HandOver.unscoped.filter(seat=seat, state=HandOverState.AGREED):
        current = hold(row)
        if current.state == HandOverState.AGREED:
            _end(by, current, "lapse")
            letters.declined(current)
            letters.gone(current)


def end_with(by: Viewer | Actor, mission: Mission, cause: Cause, seat: Seat | None) -> None:
    """What was under way when a coaching ends is taken back; what was taken up stays. Records ``handover.end``.

    In the transaction of the act that ends the mission or the coachee's seat. A pause changes nothing.
    """
    if cause != Cause.END:
        return
    rows = HandOver.unscoped.filter(seat__mission=mission, state__in=sorted(OPEN))
    for row in rows.filter(seat=seat) if seat else rows:
        offered = row.state == HandOverState.AGREED
        _end(by, row, "end")
        if offered:
            letters.gone(row)


def _end(by: Viewer | Actor, row: HandOver, name: str) -> None:
    current = perform(HANDOVER, row, name, system(by.practice_ref), roles=SYSTEM)
    let_go(by, current)

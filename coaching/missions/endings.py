"""What rooms above do when a mission ends or pauses: each sets aside what it was planning or preparing for it.

However it ends (declined, stopped by one of the three, closed, withdrawn from), it is the same call.
"""

from collections.abc import Callable
from enum import StrEnum

from django.utils import timezone

from coaching.kernel.viewer import Actor, Viewer

from .models import Mission, Pause, Seat


class Cause(StrEnum):
    PAUSE = "pause"
    END = "end"


Interruption = Callable[[Viewer | Actor, Mission, Cause, Seat | None], None]
_interruptions: list[Interruption] = []


def register_interruption(interruption: Interruption) -> None:
    """Called from ``AppConfig.ready()`` by a room that plans something which does not take place in a pause or after an end.

    With a seat, what concerns that coachee alone; without, the whole mission.
    """
    if interruption not in _interruptions:
        _interruptions.append(interruption)


def interrupt(viewer: Viewer | Actor, mission: Mission, cause: Cause, seat: Seat | None = None) -> None:
    """For the act that pauses or ends a mission, or one coachee's part of it, in its transaction.

    A pause ends with what it paused.
    """
    if cause == Cause.END:
        rows = Pause.unscoped.filter(mission=mission, ended_at=None)
        rows = rows.filter(seat=seat) if seat else rows
        rows.update(ended_at=timezone.now())
    for interruption in _interruptions:
        interruption(viewer, mission, cause, seat)

"""What rooms above do when a mission ends or pauses: each sets aside what it was preparing for it.

A mission that is declined ends before it began (:func:`end`). One that stops, a coachee whose seat ends, a pause: what was
planned for it is not to take place (:func:`interrupt`).
"""

from collections.abc import Callable
from enum import StrEnum

from django.utils import timezone

from coaching.kernel.viewer import Actor, Viewer

from .models import Mission, Pause, Seat

Ending = Callable[[Viewer, Mission], None]
_endings: list[Ending] = []


class Cause(StrEnum):
    PAUSE = "pause"
    END = "end"


Interruption = Callable[[Viewer | Actor, Mission, Cause, Seat | None], None]
_interruptions: list[Interruption] = []


def register_ending(ending: Ending) -> None:
    """Called from ``AppConfig.ready()`` by a room that keeps something which cannot outlive the mission."""
    if ending not in _endings:
        _endings.append(ending)


def register_interruption(interruption: Interruption) -> None:
    """Called from ``AppConfig.ready()`` by a room that plans something which does not take place in a pause or after an end.

    With a seat, what concerns that coachee alone; without, the whole mission.
    """
    if interruption not in _interruptions:
        _interruptions.append(interruption)


def end(viewer: Viewer, mission: Mission) -> None:
    """For the act that ends a mission before its contract stood, in its transaction."""
    for ending in _endings:
        ending(viewer, mission)
    interrupt(viewer, mission, Cause.END)


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

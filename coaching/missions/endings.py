"""What rooms above do when a mission ends before it began: each sets aside what it was preparing for it."""

from collections.abc import Callable

from coaching.kernel.viewer import Viewer

from .models import Mission

Ending = Callable[[Viewer, Mission], None]
_endings: list[Ending] = []


def register_ending(ending: Ending) -> None:
    """Called from ``AppConfig.ready()`` by a room that keeps something which cannot outlive the mission."""
    if ending not in _endings:
        _endings.append(ending)


def end(viewer: Viewer, mission: Mission) -> None:
    """For the act that ends a mission, in its transaction."""
    for ending in _endings:
        ending(viewer, mission)

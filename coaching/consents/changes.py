"""What rooms above do when what a coachee allows becomes less, in the same transaction."""

from collections.abc import Callable

from coaching.kernel.viewer import Actor, Viewer
from coaching.missions.models import Seat

from .enums import ConsentKind

# Who acts, whose consent, of which kind, towards whom, and what is still allowed.
Change = Callable[[Viewer | Actor, Seat, ConsentKind, str, tuple[str, ...]], None]
_changes: list[Change] = []


def register_change(change: Change) -> None:
    """Called from ``AppConfig.ready()`` by a room that prepares or shows something a consent allows."""
    if change not in _changes:
        _changes.append(change)


def changed(
    by: Viewer | Actor, seat: Seat, kind: ConsentKind, addressee: str, items: tuple[str, ...]
) -> None:
    for change in _changes:
        change(by, seat, kind, addressee, items)

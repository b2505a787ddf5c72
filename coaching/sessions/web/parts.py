"""What the rooms above say of one session, on its page: a note, a summary, decisions, means."""

from collections.abc import Callable
from dataclasses import dataclass

from coaching.kernel.viewer import Viewer

from ..models import CoachingSession


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a session's page; its template reads ``part.<name>`` of the context."""

    template: str
    context: dict


PartSource = Callable[[Viewer, CoachingSession], Part | None]
_parts: list[PartSource] = []


def register_part(source: PartSource) -> None:
    """Called from ``AppConfig.ready()`` by a room that keeps something of a session; None where it has nothing to say."""
    if source not in _parts:
        _parts.append(source)


def parts_of(viewer: Viewer, session: CoachingSession) -> list[Part]:
    """For a page that has just been shown the session."""
    found = (source(viewer, session) for source in _parts)
    return [part for part in found if part is not None]

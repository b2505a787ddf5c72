"""How many sessions of each mission were held: the room that knows tells here, in constant queries whatever the list."""

from collections.abc import Callable

from coaching.kernel.viewer import Viewer

from .models import Mission

Held = Callable[[Viewer, list[Mission]], dict[int, int]]
_sources: list[Held] = []


def register_held(source: Held) -> None:
    """Called from ``AppConfig.ready()`` by a room that counts what took place."""
    if source not in _sources:
        _sources.append(source)


def held_of(viewer: Viewer, missions: list[Mission]) -> dict[int, int]:
    """By mission, for those of them the viewer may see."""
    return {pk: number for source in _sources for pk, number in source(viewer, missions).items()}

"""What lists say of each mission and the rooms above know: each tells its facts here, in one query for a page of them."""

from collections.abc import Callable, Iterable
from typing import Any

from coaching.kernel.viewer import Viewer

from .models import Mission

PAGE = 25  # missions a list shows, and a prepared question names
Source = Callable[[Viewer, list[Mission]], dict[int, Any]]
_sources: dict[str, Source] = {}


def register_fact(name: str, source: Source) -> None:
    """Called from ``AppConfig.ready()``: ``held`` sessions, ``agreed`` ones, the next ``three_way``, ``unread`` restitutions.

    A source answers by mission, and only for those the viewer may see.
    """
    _sources[name] = source


def facts_of(viewer: Viewer, missions: list[Mission], names: Iterable[str]) -> dict[int, dict[str, Any]]:
    """By mission, then by name; a fact that is not there is left out."""
    found: dict[int, dict[str, Any]] = {mission.pk: {} for mission in missions}
    for name in names:
        for pk, said in _sources[name](viewer, missions).items():
            found[pk][name] = said
    return found


def ask_of(ask: Callable[..., list], viewer: Viewer, missions: list[Mission]) -> list:
    """Ask a prepared question of these missions: it names :data:`PAGE` of them, and those that are not there are no row."""
    found = []
    for first in range(0, len(missions), PAGE):
        there = [mission.pk for mission in missions[first : first + PAGE]]
        there += [0] * (PAGE - len(there))
        found += ask(viewer, **{f"mission_{place}": pk for place, pk in enumerate(there)})
    return found

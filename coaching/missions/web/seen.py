"""The sections that rooms add to a coachee's « Qui voit quoi », mission by mission."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from coaching.kernel.viewer import Viewer

from ..models import Mission


@dataclass(frozen=True, slots=True)
class Section:
    """One of them. ``place`` orders them: consents 10, what the law obliged to say 20, who opened what 30."""

    template: str
    context: dict
    place: int


# The coachee, the mission chosen, and what the address asks for, such as a page of a list.
SectionSource = Callable[[Viewer, Mission, QueryDict], Section | None]
_sources: list[SectionSource] = []


def register_seen(source: SectionSource) -> None:
    """Called from ``AppConfig.ready()`` by a room with something to say on who sees what; None where it has nothing."""
    if source not in _sources:
        _sources.append(source)


def sections_of(viewer: Viewer, mission: Mission, asked: QueryDict) -> list[Section]:
    """For the coachee's page alone; each source reads through access functions of its own."""
    found = (source(viewer, mission, asked) for source in _sources)
    return sorted((one for one in found if one is not None), key=lambda one: one.place)

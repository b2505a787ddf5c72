"""A person leaves an organisation: what rooms above end of theirs there, in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass

from coaching.kernel.viewer import Viewer

from .models import Organisation, Person


@dataclass(frozen=True, slots=True)
class Leaving:
    """``held`` counts what would end, for the page that says so beforehand; ``end`` ends it."""

    held: Callable[[Person, Organisation], int]
    end: Callable[[Viewer, Person, Organisation], None]


_leavings: list[Leaving] = []


def register_leaving(leaving: Leaving) -> None:
    """Called from ``AppConfig.ready()`` by a room that gives people of an organisation something of it to see."""
    if leaving not in _leavings:
        _leavings.append(leaving)


def held_at(person: Person, organisation: Organisation | None) -> int:
    """How many seats a person of the coach's would leave by leaving this organisation, for the coach who keeps them."""
    return sum(one.held(person, organisation) for one in _leavings) if organisation else 0


def leave(viewer: Viewer, person: Person, organisation: Organisation) -> None:
    """For the act that changes a person's organisation, in its transaction."""
    for one in _leavings:
        one.end(viewer, person, organisation)

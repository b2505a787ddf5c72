"""Which figures may be said of a group without giving anybody away (decision 0026). Pure: no viewer, no query.

A figure is said of the people in it, and also of those who are left once a reader takes away what they know already.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Protocol


class Part(Protocol):
    """What a figure is made of. ``known``: the reader can see it by itself; ``once``: perhaps, or in part, or formerly."""

    people: frozenset[Hashable]
    known: bool
    once: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One mission: the people it is about."""

    state: str
    people: frozenset[Hashable]
    known: bool = False
    once: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """How far one person has come at one mission, from the first measure to the last. ``told``: given back to this reader."""

    people: frozenset[Hashable]
    start: Fraction
    latest: Fraction
    known: bool = False
    once: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """States whose missions are counted together; alone where that gives nobody away."""

    states: tuple[str, ...]
    missions: int


def people_in(parts: Iterable[Part]) -> int:
    return len(frozenset().union(*(part.people for part in parts)))


def may_say(parts: Sequence[Part], smallest: int) -> bool:
    """Whether a figure of these may be said: of nobody, or of enough people, whatever the reader takes away from it.

    What is only perhaps known is held to be known when the people left are counted, and unknown when asking whether any
    are left: between the two every guess leaves either nobody or enough.
    """
    if not parts:
        return True
    hidden = [part for part in parts if not part.known]
    left = people_in(part for part in hidden if not part.once)
    return people_in(parts) >= smallest and (not hidden or left >= smallest)


def by_state(lines: Sequence[Line], states: Sequence[str], smallest: int) -> list[Row] | None:
    """Missions by state, small ones counted together with others; None where not even the total may be said.

    Each line is in exactly one row, so nothing can be computed that no row says. A state without a mission is never a row
    of its own: it would tell which of those counted together are there.
    """
    if not may_say(lines, smallest):
        return None
    held = {state: [line for line in lines if line.state == state] for state in states}
    alone = [state for state in states if held[state] and may_say(held[state], smallest)]
    while not may_say(_others(held, alone), smallest):
        alone.remove(min(alone, key=lambda state: (people_in(held[state]), states.index(state))))
    rows = [Row((state,), len(held[state])) for state in alone]
    together = tuple(state for state in states if state not in alone)
    return [*rows, Row(together, len(_others(held, alone)))] if together else rows


def _others(held: dict[str, list[Line]], alone: list[str]) -> list[Line]:
    return [line for state, lines in held.items() if state not in alone for line in lines]


def average(courses: Sequence[Course], smallest: int) -> tuple[Fraction, Fraction] | None:
    """Where they were at first and where they are now, on average, each to the nearest half; None where it may not be said.

    Sitting at a mission is not yet knowing its figures: those that were not given back are enough too, or none.
    """
    untold = [one for one in courses if not one.told]
    enough = not untold or people_in(untold) >= smallest
    if not courses or not enough or not may_say(courses, smallest):
        return None
    starts, ends = [one.start for one in courses], [one.latest for one in courses]
    return to_half(Fraction(sum(starts), len(courses))), to_half(Fraction(sum(ends), len(courses)))


def to_half(value: Fraction) -> Fraction:
    return Fraction(floor(2 * value + Fraction(1, 2)), 2)

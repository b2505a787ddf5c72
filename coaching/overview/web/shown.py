"""Totals in the words of the page, and the progress as a drawing: whole figures, so that no language puts a comma in."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.missions.enums import MissionState
from coaching.progress.enums import HIGHEST

from ..access import Totals
from ..grouping import Row

ACROSS = (40, 180)  # of a width of 220
FLOOR, HALF = 80, 3  # the line of 0, and the height of half a step
ENDS = (gettext_lazy("First measure"), gettext_lazy("Last measure"))


@dataclass(frozen=True, slots=True)
class Point:
    label: Any
    value: float
    x: int
    y: int

    @property
    def above(self) -> int:
        """Where its figure is written."""
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Shown:
    """``bars`` are triples for the component of charts; what may not be said is None."""

    smallest: int
    missions: int | None
    bars: list[tuple[str, int, str]] | None
    held: int | None
    points: list[Point]
    top: int = FLOOR - 2 * HALF * HIGHEST
    floor: int = FLOOR

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def shown(totals: Totals | None) -> Shown | None:
    """None for whoever is no sponsor."""
    if totals is None:
        return None
    bars = None if totals.rows is None else [(_label(row), row.missions, "") for row in totals.rows]
    return Shown(totals.smallest, totals.missions, bars, totals.held, _points(totals.progress))


def _label(row: Row) -> str:
    names = ", ".join(str(MissionState(state).label) for state in row.states)
    return names if len(row.states) == 1 else _("Together: %(states)s") % {"states": names}


def _points(progress: tuple[Fraction, Fraction] | None) -> list[Point]:
    if progress is None:
        return []
    return [
        Point(label, float(value), x, FLOOR - int(2 * value) * HALF)
        for label, value, x in zip(ENDS, progress, ACROSS, strict=True)
    ]

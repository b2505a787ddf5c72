"""The course of an objective as a drawing: three moments across, the scale upwards. Whole figures, so that no language puts a comma in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..enums import HIGHEST, STAGES, WORDS
from ..models import Measure

ACROSS = (20, 110, 200)  # where each stage stands, of a width of 220
FLOOR, UNIT = 80, 7  # the line of 0, and the height of one step


@dataclass(frozen=True, slots=True)
class Point:
    """One stage: in the drawing, and in the table that says the same."""

    stage: Any
    measure: Measure | None
    x: int
    y: int

    @property
    def words(self):
        return WORDS[self.measure.value]

    @property
    def above(self) -> int:
        """Where its figure is written."""
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Drawing:
    points: tuple[Point, ...]
    line: str  # through those that were given
    top: int = FLOOR - UNIT * HIGHEST
    floor: int = FLOOR

    @property
    def given(self) -> list[Point]:
        return [point for point in self.points if point.measure]


def draw(measures: Mapping[str, Measure]) -> Drawing:
    """From one coachee's measures of one objective, by stage."""
    points = tuple(_point(stage, measures.get(stage), x) for stage, x in zip(STAGES, ACROSS, strict=True))
    line = " ".join(f"{point.x},{point.y}" for point in points if point.measure)
    return Drawing(points, line)


def _point(stage, measure: Measure | None, x: int) -> Point:
    return Point(stage, measure, x, FLOOR - UNIT * (measure.value if measure else 0))

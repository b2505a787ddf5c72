"""A coachee's own figures of an objective, by value: what is given back or handed over of progress is this and no more."""

from dataclasses import dataclass

from coaching.missions.models import Seat

from .access import Standing
from .enums import STAGES


@dataclass(frozen=True, slots=True)
class Figure:
    """Where the coachee saw an objective at one stage, on the scale of the product."""

    stage: str
    value: int


def figures_of(standing: Standing, seat: Seat) -> tuple[Figure, ...]:
    """Those of one coachee, in the order of the stages; the words beside them are not taken along."""
    measures = next((course.measures for course in standing.courses if course.seat.pk == seat.pk), {})
    return tuple(Figure(stage.value, measures[stage].value) for stage in STAGES if stage in measures)

"""A mission's objectives as both portals show them: each drawn, with what was used for it."""

from dataclasses import dataclass

from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission, Objective, Seat

from ..access import closed_by, standings_of
from ..enums import STAGES
from ..models import Means
from .drawing import Drawing, draw


@dataclass(frozen=True, slots=True)
class Shown:
    seat: Seat
    drawing: Drawing
    open: tuple[
        tuple[str, object, bool], ...
    ]  # stages that may still be given or corrected: code, label, given


@dataclass(frozen=True, slots=True)
class Aim:
    objective: Objective
    courses: list[Shown]
    means: list[Means]


def aims(viewer: Viewer, mission: Mission) -> list[Aim]:
    """What the viewer may read of it."""
    return [
        Aim(one.objective, [_shown(course) for course in one.courses], one.means)
        for one in standings_of(viewer, mission)
    ]


def _shown(course) -> Shown:
    given = course.measures
    free = tuple(
        (stage.value, stage.label, stage in given) for stage in STAGES if not closed_by(stage, given)
    )
    return Shown(course.seat, draw(given), free)

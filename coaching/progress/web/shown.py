"""A mission's objectives as both portals show them: each drawn, with what was used for it."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission, Objective, Seat
from coaching.missions.requests_access import get_objective

from ..access import closed_by, means_of, standings_of
from ..enums import STAGES
from ..models import Means
from .drawing import Drawing, draw

PAGE = 20


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
    used: int


def aims(viewer: Viewer, mission: Mission) -> list[Aim]:
    """What the viewer may read of it."""
    return [
        Aim(one.objective, [_shown(course) for course in one.courses], one.means, one.used)
        for one in standings_of(viewer, mission)
    ]


def used(request, mission: Mission) -> dict:
    """What was used for one objective, page by page."""
    objective = get_objective(request.viewer, mission, request.GET["means"])
    page = Paginator(means_of(request.viewer, objective), PAGE).get_page(request.GET.get("page"))
    return {"mission": mission, "objective": objective, "page": page}


def _shown(course) -> Shown:
    given = course.measures
    free = tuple(
        (stage.value, stage.label, stage in given) for stage in STAGES if not closed_by(stage, given)
    )
    return Shown(course.seat, draw(given), free)

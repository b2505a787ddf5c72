"""Objectives, measures and means in a few calls."""

from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Objective, Seat
from coaching.progress.models import Means, Measure
from coaching.progress.services import means, measures
from coaching.sessions.models import CoachingSession
from tests.world import World


def objective(mission: Mission, tag: str = "common", seat: Seat | None = None, title: str = "") -> Objective:
    """Worded in the contract, in life; here straight into its table, for missions whose contract stands already."""
    return Objective.unscoped.create(
        mission=mission, tag=tag, seat=seat, title=title or f"Un but {tag}", created_by_id=mission.coach_id
    )


def give(
    world: World,
    aim: Objective,
    stage: str = "start",
    value: int = 3,
    words: str = "",
    *,
    who: str = "coachee",
    based_on: int = 0,
) -> Measure:
    viewer = world.viewer(who, Portal.COACHEE)
    return measures.measure(viewer, aim.mission, aim, stage, value, words, based_on=based_on)


def say(world: World, session: CoachingSession, aim: Objective, kind: str = "questions", **options) -> Means:
    return means.say(world.coach, session, aim, kind=kind, based_on=options.pop("based_on", 0), **options)

"""Sessions of the missions that have begun: an exploratory meeting behind them, a series ahead, a three-way meeting."""

from datetime import datetime, timedelta

from django.utils import timezone

from coaching.kernel.acts import act
from coaching.kernel.viewer import Viewer
from coaching.missions.enums import MissionKind, MissionState, SeatRole
from coaching.missions.models import Mission, Seat
from coaching.sessions.enums import SessionKind, ThreeWayStage
from coaching.sessions.models import CoachingSession
from coaching.sessions.services import life, planning
from coaching.sessions.services.planning import Said
from contracts.access import contract_stands_for
from contracts.in_force import agreed_on

from .cast import as_coach
from .missions import mission_of
from .stories import STORIES

HOURS = (9, 11, 14, 16, 18)  # one for each mission of a coach, so that no two sessions meet


def build() -> None:
    begun = [(story, mission_of(story)) for story in STORIES]
    begun = [(story, mission) for story, mission in begun if mission.state == MissionState.ACTIVE]
    for turn, (story, mission) in enumerate(begun):
        if not CoachingSession.unscoped.filter(mission=mission).exists():
            _meet(as_coach(story.coach), mission, HOURS[turn % len(HOURS)])


@act
def _meet(coach: Viewer, mission: Mission, hour: int) -> None:
    seats = Seat.unscoped.filter(mission=mission, ended_at=None).select_related("person", "mission")
    coachees = [seat for seat in seats if seat.role == SeatRole.COACHEE and contract_stands_for(seat)]
    met = planning.plan(coach, mission, coachees[:1], said_in(-24, hour, 60), kind=SessionKind.EXPLORATORY)
    life.record_held(coach, met[0], minutes=55, present=[coachees[0].ref])
    team, medium = mission.kind == MissionKind.TEAM, agreed_on(mission).media[0]
    kind = SessionKind.TEAM if team else SessionKind.INDIVIDUAL
    planning.plan(
        coach,
        mission,
        coachees if team else coachees[:1],
        said_in(20, hour, 90, medium),
        kind=kind,
        times=3,
        every_weeks=3,
    )
    sponsors = [seat for seat in seats if seat.role == SeatRole.SPONSOR]
    if sponsors:
        both = [coachees[0], sponsors[0]]
        start = ThreeWayStage.START
        planning.plan(coach, mission, both, said_in(3, hour, 60), kind=SessionKind.THREE_WAY, stage=start)


def said_in(days: int, hour: int, minutes: int, medium: str = "on_site") -> Said:
    day = timezone.localdate() + timedelta(days=days)
    day += timedelta(
        days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0
    )  # nobody meets at the week-end
    at = datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001  an hour on the wall
    link = "https://visio.example/salle-calme" if medium == "video" else ""
    place = "" if link else "Cabinet, 14 rue des Tilleuls, Nancy"
    return Said(at, minutes, medium, place=place, join_link=link, private=True)

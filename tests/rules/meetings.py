"""The world of the rules, further on: sessions of a mission whose contract stands, to come and to record, and a three-way meeting."""

from dataclasses import dataclass, replace

from coaching.missions.models import Mission
from coaching.sessions.models import CoachingSession
from tests.sessions.helpers import SAID, begun, in_days, plan
from tests.world import World


@dataclass
class Meetings:
    coming: CoachingSession
    overdue: CoachingSession
    three_way: CoachingSession


def extend(w: World) -> Meetings:
    mission = Mission.unscoped.get(pk=w.signed.sealed.mission_id)
    both = ("coach", "coachee")
    coming = plan(w, mission, said=_said(w, 20, *both))
    overdue = begun(plan(w, mission, said=_said(w, 2, *both)))
    three = plan(
        w,
        mission,
        said=_said(w, 30, *both, "sponsor"),
        kind="three_way",
        stage="start",
        roles=("coachee", "sponsor"),
    )
    return Meetings(coming, overdue, three)


def _said(w: World, days: int, *readers: str):
    place = w.plant("coaching_sessions.CoachingSession.place", *readers)
    link = f"https://visio.test/{w.plant('coaching_sessions.CoachingSession.join_link', *readers)}"
    return replace(SAID, at=in_days(days), place=place, join_link=link)

"""The world of the rules, further on: sessions of a mission whose contract stands, to come and to record, and a three-way meeting."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from coaching.calendar.models import ClosedDays, OpeningHours
from coaching.calendar.services import opening
from coaching.missions.models import Mission
from coaching.sessions.models import CoachingSession
from tests.calendar.helpers import HOURS
from tests.sessions.helpers import SAID, begun, in_days, plan
from tests.world import World


@dataclass
class Meetings:
    coming: CoachingSession
    overdue: CoachingSession
    three_way: CoachingSession
    opening: OpeningHours
    closed: ClosedDays


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
    return Meetings(coming, overdue, three, _open(w), _close(w))


def _open(w: World) -> OpeningHours:
    """Hours far enough from the sessions above that the coachee is offered some."""
    place, link = (
        w.plant(f"calendar.OpeningHours.{name}", "coach", "coachee") for name in ("place", "join_link")
    )
    opening.set_rules(w.coach, notice_hours=24, horizon_weeks=12)
    return opening.open_hours(
        w.coach,
        None,
        {
            **HOURS,
            "valid_from": timezone.localdate(),
            "place": place,
            "join_link": f"https://visio.test/{link}",
        },
    )


def _close(w: World) -> ClosedDays:
    day = timezone.localdate() + timedelta(days=3)
    return opening.close_days(w.coach, day, day)


def _said(w: World, days: int, *readers: str):
    place = w.plant("coaching_sessions.CoachingSession.place", *readers)
    link = f"https://visio.test/{w.plant('coaching_sessions.CoachingSession.join_link', *readers)}"
    return replace(SAID, at=in_days(days), place=place, join_link=link)

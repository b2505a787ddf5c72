"""The hours the demo's coaches open, so that their coachees may book."""

from datetime import date, time

from django.utils import timezone

from coaching.calendar.access import openings_for
from coaching.calendar.enums import Weekday
from coaching.calendar.services import opening
from coaching.kernel.acts import act
from coaching.kernel.viewer import Viewer

from . import cast

PLACE = "Cabinet, 14 rue des Tilleuls, Nancy"
LINK = "https://visio.example/salle-calme"
WEEK = (
    (Weekday.TUESDAY, time(9), time(12), "on_site"),
    (Weekday.WEDNESDAY, time(14), time(18), "video"),
    (Weekday.THURSDAY, time(9), time(12), "on_site"),
)


def build() -> None:
    for player in (cast.COACH, cast.COLLEAGUE):
        coach = cast.as_coach(player)
        if not openings_for(coach).exists():
            _open(coach)


@act
def _open(coach: Viewer) -> None:
    today = timezone.localdate()
    for weekday, opens, closes, medium in WEEK:
        said = {"weekday": weekday, "opens": opens, "closes": closes, "medium": medium, "every": 30}
        where = {"place": PLACE, "join_link": ""} if medium == "on_site" else {"place": "", "join_link": LINK}
        days = {"valid_from": today, "valid_until": None, "zone": "Europe/Paris"}
        opening.open_hours(coach, None, {**said, **where, **days})
    christmas = date(today.year, 12, 24)
    opening.close_days(coach, christmas, date(today.year + 1, 1, 1))
    opening.set_rules(coach, notice_hours=48, horizon_weeks=16)

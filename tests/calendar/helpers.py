"""Open hours in a call, and what a calendar says read line by line."""

from datetime import UTC, date, datetime, time

from icalendar import Calendar

from coaching.calendar.models import OpeningHours
from coaching.calendar.services import opening
from coaching.kernel.viewer import Viewer
from tests.world import World

TUESDAY = 1
HOURS = {
    "weekday": TUESDAY,
    "opens": time(9),
    "closes": time(12),
    "every": 30,
    "medium": "on_site",
    "place": "Au cabinet",
    "join_link": "",
    "valid_from": date(2026, 11, 1),
    "valid_until": None,
    "zone": "Europe/Paris",
}


def opens(coach: Viewer, **said) -> OpeningHours:
    return opening.open_hours(coach, None, {**HOURS, **said})


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def read(text: str) -> list:
    """The events of a calendar, as the library that wrote it reads it back."""
    return list(Calendar.from_ical(text).walk("VEVENT"))


def wall_hours(slots) -> set[str]:
    return {f"{slot.local_start:%H:%M}" for slot in slots}


def settle(w: World, **rules) -> None:
    opening.set_rules(w.coach, **{"notice_hours": 24, "horizon_weeks": 8, **rules})

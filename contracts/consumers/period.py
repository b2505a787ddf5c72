"""The fourteen days of a consumer, as the law counts them. Pure: no clock, no query.

Articles L. 221-18 and L. 221-19 of the Consumer Code, after regulation (EEC) 1182/71: the day of the conclusion does not
count; the period runs to the end of the last hour of its last day; when that day is a Saturday, a Sunday or a public
holiday, to the end of the next working day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
DAYS = 14
ONE = timedelta(days=1)
# Article L. 3133-1 of the Labour Code. A table rather than a library: eleven days that the law names, one rule for Easter.
FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
# Holidays in Alsace and Moselle alone. Where the parties are is not known for sure: the consumer has the day.
LOCAL_FIXED, LOCAL_AFTER_EASTER = {(12, 26)}, (-2,)


@dataclass(frozen=True, slots=True)
class Period:
    """From the conclusion to the end of the last day on which the consumer may withdraw."""

    concluded_at: datetime
    last_day: date

    @property
    def ends_at(self) -> datetime:
        """The first moment that is too late: midnight in Paris after the last day."""
        return datetime.combine(self.last_day + ONE, time(), PARIS)

    @property
    def sessions_from(self) -> date:
        """The first day on which a session may be held without an express request."""
        return self.last_day + ONE

    def is_open(self, at: datetime) -> bool:
        return at < self.ends_at


def period_from(concluded_at: datetime) -> Period:
    """The period of a contract concluded at this moment."""
    day = concluded_at.astimezone(PARIS).date()
    return Period(concluded_at, first_working_day(day + DAYS * ONE))


def first_working_day(day: date) -> date:
    """This day, or the next that is neither Saturday, Sunday nor a public holiday."""
    while day.weekday() >= 5 or is_holiday(day):
        day += ONE
    return day


def is_holiday(day: date) -> bool:
    """A public holiday in France, in any of its regions of Europe."""
    moved = (day - easter(day.year)).days
    return (day.month, day.day) in FIXED | LOCAL_FIXED or moved in (*AFTER_EASTER, *LOCAL_AFTER_EASTER)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Oudin's computation)."""
    century, golden = year // 100, year % 19
    skipped = (century - 17) // 25
    moon = (century - century // 4 - (century - skipped) // 3 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    shift = moon - weekday
    month = 3 + (shift + 40) // 44
    return date(year, month, shift + 28 - 31 * (month // 4))

"""Fourteen days, as the law counts them."""

from datetime import UTC, date, datetime

import pytest

from contracts.consumers.period import PARIS, easter, first_working_day, is_holiday, period_from


def _concluded(day: date, hour: int = 15) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("concluded", "last"),
    [
        (date(2026, 11, 24), date(2026, 12, 8)),  # Tuesday to Tuesday
        (date(2026, 11, 20), date(2026, 12, 4)),  # the day itself does not count
        (date(2026, 11, 21), date(2026, 12, 7)),  # ends on a Saturday
        (date(2026, 11, 22), date(2026, 12, 7)),  # ends on a Sunday
        (date(2026, 12, 11), date(2026, 12, 28)),  # Christmas on a Friday, its morrow, then Sunday
        (date(2026, 12, 18), date(2027, 1, 4)),  # New Year's Day on a Friday
        (date(2027, 3, 14), date(2027, 3, 30)),  # Easter Sunday, then Easter Monday
        (date(2027, 3, 12), date(2027, 3, 30)),  # Good Friday, a holiday in Alsace and Moselle
        (date(2027, 4, 22), date(2027, 5, 7)),  # Ascension on a Thursday
        (date(2027, 5, 3), date(2027, 5, 18)),  # Whit Monday
        (date(2027, 4, 30), date(2027, 5, 14)),
        (date(2027, 6, 30), date(2027, 7, 15)),  # 14 July
        (date(2027, 10, 18), date(2027, 11, 2)),  # All Saints on a Monday
        (date(2028, 2, 15), date(2028, 2, 29)),  # a leap day
    ],
)
def test_the_last_day_is_the_fourteenth_or_the_next_that_is_worked(concluded, last):
    assert period_from(_concluded(concluded)).last_day == last


def test_the_period_ends_at_midnight_in_paris_in_winter_and_in_summer():
    winter = period_from(_concluded(date(2026, 11, 24)))
    assert winter.ends_at.astimezone(UTC) == datetime(2026, 12, 8, 23, tzinfo=UTC)
    assert winter.is_open(datetime(2026, 12, 8, 22, 59, 59, 999999, tzinfo=UTC))
    assert not winter.is_open(datetime(2026, 12, 8, 23, tzinfo=UTC))
    summer = period_from(_concluded(date(2027, 6, 1)))
    assert summer.ends_at.astimezone(UTC) == datetime(2027, 6, 15, 22, tzinfo=UTC)


def test_the_day_of_conclusion_is_the_day_in_paris():
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # half past midnight, on the 25th, in Paris
    assert period_from(late).last_day == date(2026, 12, 9)


def test_sessions_may_begin_on_the_day_after_the_last():
    assert period_from(_concluded(date(2026, 11, 24))).sessions_from == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25)), (2049, (4, 18))],
)
def test_easter_is_where_the_calendar_has_it(year, day):
    assert easter(year) == date(year, *day)


def test_an_ordinary_day_is_no_holiday_and_stays():
    assert not is_holiday(date(2026, 12, 8))
    assert first_working_day(date(2026, 12, 8)) == date(2026, 12, 8)

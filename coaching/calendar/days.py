"""The days a page of the calendar shows, each with what is on it, in the reader's own time zone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .access import Entry
from .enums import Scale

WEEK = timedelta(days=7)
IN_A_CELL = 4  # sessions written out on a day of the month; the others are a link
MANY = 60  # sessions of a page of the list


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day shown to the last, and where the arrows lead."""

    scale: Scale
    day: date
    first: date
    last: date
    before: date
    after: date


@dataclass(slots=True)
class Day:
    date: date
    inside: bool = True  # of the month shown
    today: bool = False
    closed: bool = False
    entries: list[tuple[datetime, Entry]] = field(default_factory=list)  # each with its hour on the wall
    more: int = 0


def span(scale: Scale, day: date) -> Span:
    """What is shown around ``day``."""
    if scale == Scale.MONTH:
        month = day.replace(day=1)
        following = _months_on(month, 1)
        last = following - timedelta(days=1)
        return Span(
            scale,
            day,
            _monday(month),
            _monday(last) + WEEK - timedelta(days=1),
            _months_on(month, -1),
            following,
        )
    if scale == Scale.WEEK:
        monday = _monday(day)
        return Span(scale, day, monday, monday + WEEK - timedelta(days=1), monday - WEEK, monday + WEEK)
    if scale == Scale.DAY:
        return Span(scale, day, day, day, day - timedelta(days=1), day + timedelta(days=1))
    return Span(
        scale, day, day, day + timedelta(days=365), day - timedelta(days=28), day + timedelta(days=28)
    )


def moments(span: Span, zone: str) -> tuple[datetime, datetime]:
    """From the first midnight to the last, on the wall; a day of a clock change is as long as it is."""
    return _midnight(span.first, zone), _midnight(span.last + timedelta(days=1), zone)


def days(
    span: Span,
    entries: Iterable[Entry],
    zone: str,
    today: date,
    closed: Iterable[tuple[date, date]] = (),
) -> list[Day]:
    """The days of the span; of a list, those alone on which something is."""
    wall, found = ZoneInfo(zone), defaultdict(list)
    for entry in entries:
        start = entry.starts_at.astimezone(wall)
        found[start.date()].append((start, entry))
    if span.scale == Scale.LIST:
        return [Day(at, today=at == today, entries=found[at]) for at in sorted(found)]
    shown = [span.first + timedelta(days=turn) for turn in range((span.last - span.first).days + 1)]
    closed = list(closed)
    cap = IN_A_CELL if span.scale == Scale.MONTH else None
    return [
        Day(
            at,
            inside=span.scale != Scale.MONTH or at.month == span.day.month,
            today=at == today,
            closed=any(first <= at <= last for first, last in closed),
            entries=found[at][:cap],
            more=max(0, len(found[at]) - cap) if cap else 0,
        )
        for at in shown
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _months_on(month: date, count: int) -> date:
    place = month.year * 12 + month.month - 1 + count
    return date(place // 12, place % 12 + 1, 1)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC)

"""How much supervision is due, from hours of coaching and hours of supervision. Pure.

One hour of supervision covers so many hours of coaching; the last twelve months count, on both sides. So many hours a
quarter and a year are asked for besides, while one is coaching. Whichever rule is furthest used up says where a coach stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .enums import Level, Preset

GROUP_SHARE = 50  # per cent of an hour in a group that counts, unless the practice says otherwise
ATTEST_WITHIN = 30  # days during which a supervision counts on the coach's word alone
WARN, FULL = 80, 100  # per cent of what is allowed
YEAR, QUARTER = timedelta(days=365), timedelta(days=92)
HOUR = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """Hours of coaching for one of supervision; hours at the least; per cent of an hour in a group; days on one's word."""

    coaching_hours: int = 35
    hours_a_year: int = 4
    hours_a_quarter: int = 1
    group_share: int = GROUP_SHARE
    attest_within: int = ATTEST_WITHIN


PRESETS: dict[str, Rule] = {
    Preset.EMCC: Rule(35, 4, 1),
    Preset.AC_15: Rule(15, 0, 0),
    Preset.AC_30: Rule(30, 0, 0),
    Preset.AC_40: Rule(40, 0, 0),
}


@dataclass(frozen=True, slots=True)
class Practised:
    """Minutes of coaching held in the last year and in the last quarter, and the day of the first one of all."""

    year: int = 0
    quarter: int = 0
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A supervision that counts: its day, and the minutes of it that do."""

    day: date
    minutes: int


class What(StrEnum):
    RATIO = "ratio"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Part:
    """One rule: how much of what it allows is used, in per cent.

    ``minutes`` of coaching that nothing covers yet, of ``allowed`` ones (the ratio); ``due_on``, the day by which
    supervision must have taken place (the two others).
    """

    what: What
    used: int
    minutes: int = 0
    allowed: int = 0
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a coach stands: each rule that applies to them, the furthest used up first."""

    rule: Rule
    parts: tuple[Part, ...]
    coached: int  # minutes of the last year
    supervised: int  # minutes that count of the last year

    @property
    def used(self) -> int:
        return self.parts[0].used if self.parts else 0

    @property
    def level(self) -> Level:
        if self.used >= FULL:
            return Level.OVERDUE
        return Level.SOON if self.used >= WARN else Level.FINE

    @property
    def overdue(self) -> bool:
        return self.level == Level.OVERDUE

    @property
    def nearest(self) -> Part | None:
        """The rule that decides."""
        return self.parts[0] if self.parts else None


def measure(rule: Rule, practised: Practised, supervisions: Iterable[Counted], today: date) -> Standing:
    """Where a coach of this practice and these supervisions stands on that day."""
    counted = sorted(supervisions, key=lambda one: one.day, reverse=True)
    parts = [_ratio(rule, practised, counted, today)]
    if practised.quarter and rule.hours_a_quarter:
        parts.append(_at_least(What.QUARTER, rule.hours_a_quarter, QUARTER, practised, counted, today))
    if practised.year and rule.hours_a_year:
        parts.append(_at_least(What.YEAR, rule.hours_a_year, YEAR, practised, counted, today))
    parts.sort(key=lambda part: part.used, reverse=True)
    return Standing(rule, tuple(parts), practised.year, _of_the_year(counted, today))


def _of_the_year(counted: list[Counted], today: date) -> int:
    return sum(one.minutes for one in counted if today - YEAR < one.day <= today)


def _ratio(rule: Rule, practised: Practised, counted: list[Counted], today: date) -> Part:
    covered = _of_the_year(counted, today) * rule.coaching_hours
    uncovered, allowed = max(0, practised.year - covered), rule.coaching_hours * HOUR
    return Part(What.RATIO, 100 * uncovered // allowed, minutes=uncovered, allowed=allowed)


def _at_least(what: What, hours: int, window: timedelta, practised, counted: list[Counted], today) -> Part:
    """The hours asked for were last together on the day of the oldest supervision that makes them up; then the window runs."""
    began = _together(counted, hours * HOUR) or practised.since
    return Part(what, 100 * (today - began).days // window.days, due_on=began + window)


def _together(counted: list[Counted], minutes: int) -> date | None:
    for one in counted:
        minutes -= one.minutes
        if minutes <= 0:
            return one.day
    return None


def credited(minutes: int, in_group: bool, rule: Rule) -> int:
    """The minutes of a supervision that count."""
    return minutes * rule.group_share // 100 if in_group else minutes

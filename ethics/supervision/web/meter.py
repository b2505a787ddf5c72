"""A standing in words, for the meter: what decides, and each rule beside it."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..duration import hours
from ..enums import Level
from ..figures import FULL, WARN, Part, Standing, What


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: its name, what it says today, and how full its meter is."""

    what: str
    label: str
    text: str
    used: int

    @property
    def tone(self) -> str:
        """Of the meter's component."""
        if self.used >= FULL:
            return "bad"
        return "warn" if self.used >= WARN else "accent"


@dataclass(frozen=True, slots=True)
class Shown:
    level: Level
    title: Any
    lines: tuple[Line, ...]
    coached: str
    supervised: str
    mark: int = WARN

    @property
    def first(self) -> Line | None:
        return self.lines[0] if self.lines else None


def shown(standing: Standing) -> Shown:
    lines = tuple(_line(part, standing) for part in standing.parts)
    title = {
        Level.FINE: _("Your supervision is up to date"),
        Level.SOON: _("Supervision is due soon"),
        Level.OVERDUE: _("Your supervision is overdue"),
    }[standing.level]
    return Shown(standing.level, title, lines, hours(standing.coached), hours(standing.supervised))


def _line(part: Part, standing: Standing) -> Line:
    if part.what == What.RATIO:
        label = _("1 h for every %(hours)d h of coaching") % {"hours": standing.rule.coaching_hours}
        text = _("%(minutes)s of coaching not covered yet, of %(allowed)s")
        text %= {"minutes": hours(part.minutes), "allowed": hours(part.allowed)}
        return Line(part.what, label, text, part.used)
    label = _at_least(part, standing)
    day = date_format(part.due_on, "DATE_FORMAT")
    text = _("was due by %(day)s") if part.used >= FULL else _("due by %(day)s")
    return Line(part.what, label, text % {"day": day}, part.used)


def _at_least(part: Part, standing: Standing) -> str:
    if part.what == What.QUARTER:
        n = standing.rule.hours_a_quarter
        return ngettext("At least %(n)d h a quarter", "At least %(n)d h a quarter", n) % {"n": n}
    n = standing.rule.hours_a_year
    return ngettext("At least %(n)d h a year", "At least %(n)d h a year", n) % {"n": n}

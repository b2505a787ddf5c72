"""How long a practice keeps each class of data: a preset, and the least and the most the practice may set. In months."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import Kind
from .models import Retention


@dataclass(frozen=True, slots=True)
class Rule:
    """``since``: what the months are counted from; ``basis``: why they are kept at all, and why no less and no more."""

    preset: int
    least: int
    most: int
    since: Any
    basis: Any


END = _("the end of the mission")
RULES = {
    Kind.NOTES: Rule(
        12,
        1,
        36,
        END,
        _("The coach’s work on the mission, and its supervision: legitimate interest, article 6(1)(f)."),
    ),
    Kind.EXCHANGES: Rule(
        60,
        12,
        120,
        END,
        _("Performance of the contract, article 6(1)(b); then defence of claims, five years (C. civ. 2224)."),
    ),
    Kind.SIGNALS: Rule(
        24, 12, 60, END, _("Protection of the person who confides: legitimate interest, article 6(1)(f).")
    ),
    Kind.MISSIONS: Rule(
        60,
        60,
        120,
        END,
        _("Proof of the contract: five years at the least (C. civ. 2224; article 17(3)(e))."),
    ),
    Kind.LETTERS: Rule(12, 1, 60, _("the letter"), _("Proof that somebody was told: article 6(1)(f).")),
    Kind.INVITATIONS: Rule(
        12, 1, 36, _("the invitation’s end"), _("Inviting somebody to their own page: article 6(1)(b).")
    ),
    Kind.PEOPLE: Rule(
        36,
        6,
        36,
        _("the row’s making"),
        _("Relations with clients: three years at the most (CNIL, article 6(1)(f))."),
    ),
}


def months_of(practice_id: int, kind: Kind) -> int:
    return all_months(practice_id)[kind]


def all_months(practice_id: int) -> dict[Kind, int]:
    """The months of each class: the practice's own, or the preset; never outside its bounds, whatever a row says."""
    said = dict(Retention.unscoped.filter(practice_id=practice_id).values_list("kind", "months"))
    return {
        kind: min(max(said.get(kind.value, rule.preset), rule.least), rule.most)
        for kind, rule in RULES.items()
    }


def cutoff(months: int, now: datetime | None = None) -> datetime:
    """What is older than this has been kept for so many months."""
    now = timezone.localtime(now or timezone.now())
    return now - (now.date() - months_after(now.date(), -months))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

"""Letters to a coach about their own file: what expires, and a year that ends short. Each is written once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from coaching.accounts.models import Membership
from coaching.kernel.acts import one_act

from .. import letters
from ..enums import LONG, QUARTER, SHORT, Step, in_hours
from ..models import DevelopmentActivity, Notice, Qualification

MORNING = 7  # nobody is woken by it
ENDING = (11, 15)  # six weeks are left to learn something
NEWCOMER = (10, 1)  # who joined the practice in autumn is not told that the year is short


def remind_due(now: datetime | None = None) -> int:
    """For the worker, every hour, from the morning on; gives how many letters were written.

    Row and letter are one transaction: a worker that is killed has written both or neither, two never write twice.
    """
    local = timezone.localtime(now)
    if local.hour < MORNING:
        return 0
    today = local.date()
    done = [_of_qualification(row, today) for row in _expiring(today)]
    return sum(done) + sum(_of_year(*one) for one in _short_years(today))


def step_of(expires_on: date, today: date) -> Step:
    """The one whose moment has come: a worker that was away writes the nearest, not all of them."""
    if expires_on < today:
        return Step.AFTER
    return Step.SHORTLY_BEFORE if expires_on <= today + timedelta(days=SHORT) else Step.LONG_BEFORE


def _expiring(today: date) -> list[Qualification]:
    """What expires within sixty days, or did within the last sixty: nobody is told of what expired years ago."""
    window = Q(expires_on__lte=today + timedelta(days=LONG), expires_on__gte=today - timedelta(days=LONG))
    rows = Qualification.unscoped.filter(window, removed_at=None, coach__is_active=True)
    told = Notice.unscoped.filter(about=OuterRef("ref"), day=OuterRef("expires_on"))
    after = rows.filter(expires_on__lt=today).exclude(ref__in=_told(told, Step.AFTER))
    short = rows.filter(expires_on__gte=today, expires_on__lte=today + timedelta(days=SHORT))
    short = short.exclude(ref__in=_told(told, Step.SHORTLY_BEFORE))
    long = rows.filter(expires_on__gt=today + timedelta(days=SHORT)).exclude(
        ref__in=_told(told, Step.LONG_BEFORE)
    )
    found = (after | short | long).select_related("coach", "practice").order_by("expires_on", "pk")
    here = _coaching()
    return [row for row in found if (row.practice_id, row.coach_id) in here]


def _told(told, step: Step):
    return told.filter(step=step).values("about")


def _coaching() -> set[tuple[int, int]]:
    rows = Membership.unscoped.filter(left_at=None, is_coach=True)
    return set(rows.values_list("practice_id", "user_id"))


def _of_qualification(row: Qualification, today: date) -> bool:
    step = step_of(row.expires_on, today)
    with one_act():
        current = Qualification.unscoped.filter(pk=row.pk, removed_at=None, expires_on=row.expires_on)
        if not current.exists() or not _first(row.practice_id, row.coach_id, row.ref, step, row.expires_on):
            return False
        letters.expires(row, step)
    return True


def _short_years(today: date) -> Iterator[tuple[Membership, int, float, Step]]:
    """Coaches whose year is ending, or has just ended, below the practice's target."""
    if (today.month, today.day) >= ENDING:
        year, step = today.year, Step.YEAR_ENDING
    elif today.month == 1:
        year, step = today.year - 1, Step.YEAR_ENDED
    else:
        return
    told = Notice.unscoped.filter(about=str(year), step=step, practice=OuterRef("practice"))
    rows = Membership.unscoped.filter(left_at=None, is_coach=True, user__is_active=True)
    rows = rows.filter(joined_at__date__lt=date(year, *NEWCOMER)).exclude(user_id__in=told.values("coach_id"))
    rows = rows.annotate(
        quarters=_sum(DevelopmentActivity, "quarters", held_on__year=year),
        obtained=_sum(Qualification, "hours", obtained_on__year=year),
    ).annotate(missing=F("practice__development_hours") * QUARTER - F("obtained") * QUARTER - F("quarters"))
    rows = rows.filter(missing__gt=0)
    for member in rows.select_related("user", "practice").order_by("pk"):
        yield member, year, in_hours(member.obtained * QUARTER + member.quarters), step


def _sum(model, field: str, **of) -> Coalesce:
    mine = model.unscoped.filter(
        practice=OuterRef("practice"), coach=OuterRef("user"), removed_at=None, **of
    ).order_by()
    return Coalesce(Subquery(mine.values("coach").annotate(all=Sum(field)).values("all")), 0)


def _of_year(member: Membership, year: int, hours: float, step: Step) -> bool:
    with one_act():
        if not _first(member.practice_id, member.user_id, str(year), step, date(year, 12, 31)):
            return False
        letters.year_short(member, year, hours, step)
    return True


def _first(practice_id: int, coach_id: int, about: str, step: Step, day: date) -> bool:
    """Whether this letter is ours to write: the row says that it was."""
    row = Notice(practice_id=practice_id, coach_id=coach_id, about=about, step=step, day=day)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError:  # another worker was faster
        return False
    return True

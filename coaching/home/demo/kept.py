"""How the charter was held month after month: the figures of today, and some of the months before as they could have been."""

from django.utils import timezone

from ethics.conformity.models import Tally
from ethics.conformity.services import count_practice

from .cast import demo_practice

MONTHS = 5
LESS_DONE = 2  # missions that had something to do in each month before, more than today


def build() -> None:
    practice = demo_practice()
    count_practice(practice)
    month = timezone.localdate().replace(day=1)
    rows = list(Tally.unscoped.filter(practice=practice, month=month))
    for ago in range(1, MONTHS + 1):
        before = _before(month, ago)
        if not Tally.unscoped.filter(practice=practice, month=before).exists():
            Tally.unscoped.bulk_create(_as_it_was(row, before, ago) for row in rows)


def _before(month, ago: int):
    years, number = divmod(month.month - 1 - ago, 12)
    return month.replace(year=month.year + years, month=number + 1)


def _as_it_was(row: Tally, month, ago: int) -> Tally:
    """The same missions, of which some were still to be seen to."""
    undone = min(row.held, ago // LESS_DONE)
    return Tally(
        practice_id=row.practice_id,
        coach_id=row.coach_id,
        month=month,
        about=row.about,
        article=row.article,
        held=row.held - undone,
        overridden=row.overridden,
        to_do=row.to_do + undone,
        not_applicable=row.not_applicable,
        counted_at=row.counted_at,
    )

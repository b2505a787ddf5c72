"""Totals and their course: live where missions are few, from the last count where they are many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import DateField
from django.db.models.functions import Cast, Now

from coaching.kernel.evidence import About
from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer

from .access import figures_of_missions
from .judging import Count
from .models import Tally
from .policy import TALLY_RULES

LIVE = 150  # missions up to which totals are worked out at each look: about what a page itself costs
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts by article over a coach's missions; ``counted_at`` is empty where they are those of this very moment."""

    by_article: dict[str, Count]
    counted_at: datetime | None = None

    @property
    def whole(self) -> Count:
        return sum(self.by_article.values(), Count())


def totals_of_coach(viewer: Viewer, number: int) -> Totals:
    """Over the coach's missions, ``number`` of them: live where they are few, else as last counted; for the coach."""
    if number <= LIVE:
        return _live(viewer)
    rows = [row for row in tallies_for(viewer) if row.about == About.MISSION]
    if not rows:
        return _live(viewer)
    last = [row for row in rows if row.month == rows[-1].month]
    return Totals({row.article: count_of(row) for row in last}, max(row.counted_at for row in last))


def _live(viewer: Viewer) -> Totals:
    found = figures_of_missions(viewer, Portal.COACH)
    return Totals(found[viewer.user_id].counts() if viewer.user_id in found else {})


def tallies_for(viewer: Viewer) -> list[Tally]:
    """What was counted, the oldest month first: a coach's own; the practice's, for its administrator."""
    return _tallies(viewer)


@prepared
def _tallies(viewer: Viewer):
    since = Cast(Now() - timedelta(days=31 * MONTHS), DateField())
    return Tally.objects.visible_to(viewer, TALLY_RULES).filter(month__gte=since)


def count_of(row: Tally) -> Count:
    return Count(row.held, row.overridden, row.to_do, row.not_applicable)


def added(rows: Iterable[Tally], by: str) -> dict:
    """Counts of several rows added up by one of their columns, in the order in which they come."""
    found: dict = {}
    for row in rows:
        key = getattr(row, by)
        found[key] = found.get(key, Count()) + count_of(row)
    return found


@dataclass(frozen=True, slots=True)
class Column:
    """One month of the course: its figures, and where its parts stand in the drawing, in whole units."""

    month: date
    count: Count
    x: int
    held: int
    overridden: int
    to_do: int

    @property
    def top_of_held(self) -> int:
        return HEIGHT - self.held

    @property
    def top_of_overridden(self) -> int:
        return self.top_of_held - self.overridden

    @property
    def top_of_to_do(self) -> int:
        return self.top_of_overridden - self.to_do

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2


HEIGHT, WIDTH, STEP = 80, 22, 32


def course(rows: Iterable[Tally]) -> list[Column]:
    """Month by month, the last twelve, of what applied: held, overridden and to do as parts of a hundred."""
    months = list(added(rows, "month").items())[-MONTHS:]
    return [_column(month, count, place) for place, (month, count) in enumerate(months)]


def _column(month: date, count: Count, place: int) -> Column:
    whole = count.asked or 1
    overridden, to_do = (round(HEIGHT * part / whole) for part in (count.overridden, count.to_do))
    held = max(HEIGHT - overridden - to_do, 0) if count.held else 0
    return Column(month, count, 6 + STEP * place, held, overridden, to_do)

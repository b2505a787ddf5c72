"""The coach's calendar with 500 sessions in the month shown: CPU against an empty page of the same frame, and queries."""

import gc
from datetime import datetime, timedelta

from django.utils import timezone

from coaching.calendar.enums import Scale
from coaching.missions.models import Seat
from coaching.sessions.models import CoachingSession, Participant
from tests.benchmarks.pages import _browser, _cpu, _floor, _queries
from tests.benchmarks.table import ratio, show
from tests.sessions.helpers import active, another

MONTH = datetime(2027, 3, 1, 7)  # noqa: DTZ001  made aware below
FEW, MANY = 5, 500
PAGES = tuple(f"?view={scale.value}&day=2027-03-02" for scale in Scale)


def run(world) -> None:
    mission = active(world) if world.standing is None else another(world)
    gc.collect()
    gc.freeze()
    with _floor():
        browser = _browser(world, "coach")
        _fill(mission, FEW)
        few = {page: _asked(browser, page) for page in PAGES}
        _fill(mission, MANY - FEW, after=FEW)
        rows = []
        for page in PAGES:
            many = _asked(browser, page)
            cpu, empty = _cpu(browser, f"/coach/calendar/{page}", "/coach/empty/")
            same = many if many == few[page] else f"{few[page]}→{many} GROWS"
            rows.append((page, f"{cpu * 1000:.1f} ms", ratio(cpu / empty, 4), same))
        show(
            f"The calendar of a coach with {MANY} sessions in a month (queries the same with {FEW} unless said)",
            ("page", "CPU", "× an empty page", "queries (≤ 12)"),
            rows,
        )


def _asked(browser, page: str) -> int:
    browser.get(f"/coach/calendar/{page}")
    return _queries(browser, f"/coach/calendar/{page}")


def _fill(mission, count: int, *, after: int = 0) -> None:
    """Sessions one after the other, some twenty a day; as rows, since no coach could plan as many."""
    seat = Seat.unscoped.get(mission=mission, role="coachee", ended_at=None)
    first = timezone.make_aware(MONTH)
    sessions = CoachingSession.unscoped.bulk_create(
        CoachingSession(
            mission=mission,
            coach_id=mission.coach_id,
            kind="individual",
            starts_at=first + timedelta(days=turn % 28, minutes=30 * (turn // 28)),
            minutes=30,
            medium="on_site",
            created_by_id=mission.coach_id,
        )
        for turn in range(after, after + count)
    )
    Participant.unscoped.bulk_create(Participant(session=one, seat=seat) for one in sessions)

"""A mission with 200 sessions, each with a decision and the means of an objective: the pages that tell of it, as with 2."""

import gc
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from coaching.decisions.services import decisions
from coaching.kernel.viewer import Portal
from coaching.missions.models import Objective
from coaching.progress.models import Means
from coaching.progress.services import measures
from coaching.sessions.models import CoachingSession, Participant
from tests.benchmarks.pages import PORTALS, _browser, _cpu, _floor, _queries
from tests.benchmarks.table import ratio, show
from tests.sessions.helpers import active, coachee, seat_of

FEW, MANY = 2, 200
PAGES = (
    ("coach", "coach_mission"),
    ("coach", "coach_progress"),
    ("coach", "coach_decisions"),
    ("coachee", "coachee_mission"),
    ("coachee", "coachee_progress"),
    ("coachee", "coachee_decisions"),
)


def run(world) -> None:
    mission = active(world)
    aim = Objective.unscoped.filter(mission=mission).first()
    measures.measure(coachee(world), mission, aim, "start", 2, "Au début.", based_on=0)
    gc.collect()
    gc.freeze()
    with _floor():
        _fill(world, mission, aim, FEW)
        few = {page: _queries(_browser(world, page[0]), _url(mission, page[1])) for page in PAGES}
        _fill(world, mission, aim, MANY)
        rows = [_measure(world, mission, page, few[page]) for page in PAGES]
    show(
        f"A mission with {MANY} sessions, decisions and means (queries the same with {FEW} unless said)",
        ("page", "CPU", "× an empty page", "queries (≤ 12)"),
        rows,
    )


def _measure(world, mission, page, before: int) -> tuple:
    persona, name = page
    browser, url = _browser(world, persona), _url(mission, name)
    queries = _queries(browser, url)
    cpu, empty = _cpu(browser, url, f"/{PORTALS[persona].value}/empty/")
    said = queries if queries == before else f"{before}→{queries} GROWS"
    return name, f"{cpu * 1000:.1f} ms", ratio(cpu / empty, 3), said


def _url(mission, name: str) -> str:
    return reverse(name) if name == "coachee_decisions" else reverse(name, args=[mission.ref])


def _fill(world, mission, aim, wanted: int) -> None:
    """Sessions that were held, one a day, straight into the tables; decisions through their service, half of them shared."""
    there = CoachingSession.unscoped.filter(mission=mission).count()
    seat, me = seat_of(mission), world.viewer("coachee", Portal.COACHEE)
    for turn in range(there, wanted):
        at = timezone.now() - timedelta(days=turn + 1)
        session = CoachingSession.unscoped.create(
            mission=mission, coach=world.users["coach"], kind="individual", state="held", starts_at=at, minutes=60,
            held_minutes=60, held_at=at, medium="on_site", place="p", created_by=world.users["coach"],
        )  # fmt: skip
        Participant.unscoped.create(session=session, seat=seat, present=True)
        Means.unscoped.create(
            session=session,
            objective=aim,
            kind="questions",
            words="Une question.",
            written_by=world.users["coach"],
        )
        row = decisions.decide(
            me, mission, f"Décision {turn}", taken_on=timezone.localdate(), session=session
        )
        if turn % 2:
            decisions.share(me, row, based_on=1)

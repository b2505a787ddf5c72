"""How the charter is held over 2,000 missions of one coach: pages against an empty one, as with 30; and what a count costs."""

import gc
import time
from datetime import timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from coaching.clients.models import Person
from coaching.kernel.refs import new_ref
from coaching.missions.models import (
    ConflictDeclaration,
    Mission,
    Objective,
    Request,
    RequestVersion,
    Seat,
    Validation,
)
from coaching.sessions.models import CoachingSession
from ethics.conformity.services import count_practice
from tests.benchmarks.pages import PORTALS, _browser, _cpu, _floor, _queries
from tests.benchmarks.table import ratio, show
from tests.sessions.helpers import active

FEW, MANY = 30, 2_000
BY_ARTICLE = "?article=obligation-moyens&state=to_do"
PAGES = (
    ("coach", "coach_conformity", "", 3),
    ("coach", "coach_conformity", "?page=40", 3),
    ("coach", "coach_conformity", BY_ARTICLE, 3),
    ("coach", "coach_mission_conformity", "", 3),
    ("coach", "coach_overrides", "", 3),
    ("administrator", "practice_conformity", "", 3),
    ("administrator", "practice_conformity_missions", "", 3),
    ("administrator", "practice_conformity_missions", BY_ARTICLE, 3),
    ("coachee", "coachee_kept", "", 3),
    ("sponsor", "organisation_kept", "", 3),
)


def run(world) -> None:
    mission = active(world)
    gc.collect()
    gc.freeze()
    with _floor():
        _fill(world, FEW)
        count_practice(world.practice)
        few = {(name, query): _asked(world, mission, who, name, query) for who, name, query, _most in PAGES}
        _fill(world, MANY)
        began = time.process_time()
        count_practice(world.practice)
        counting = time.process_time() - began
        rows = [_measure(world, mission, page, few[page[1:3]]) for page in PAGES]
    show(
        f"Conformity of {MANY:,} missions of one coach (queries no more than with {FEW} unless said)",
        ("page", "CPU", "× an empty page", "queries (≤ 12)"),
        [*rows, ("counting them all again", f"{counting * 1000:.0f} ms", "", "")],
    )


def _url(mission, name: str, query: str) -> str:
    own = [mission.ref] if "mission_" in name or name.endswith("_kept") else []
    return reverse(name, args=own) + query


def _asked(world, mission, who: str, name: str, query: str) -> int:
    return _queries(_browser(world, who), _url(mission, name, query))


def _measure(world, mission, page: tuple, before: int) -> tuple:
    who, name, query, most = page
    browser, url = _browser(world, who), _url(mission, name, query)
    queries = _queries(browser, url)
    cpu, empty = _cpu(browser, url, f"/{PORTALS[who].value}/empty/")
    return (
        f"{name} {query}",
        f"{cpu * 1000:.1f} ms",
        ratio(cpu / empty, most),
        queries if queries <= before else f"{before}→{queries} GROWS",
    )


def _fill(world, wanted: int) -> None:
    """Missions under way or closed, with requests validated, an objective, sessions held, no means yet in half of them."""
    now, coach = timezone.now(), world.users["coach"]
    missing = wanted - Mission.unscoped.filter(coach=coach).count()
    if missing <= 0:
        return
    missions = Mission.unscoped.bulk_create(
        Mission(
            practice=world.practice, coach=coach, title=f"Mesure {n}", organisation=world.organisation,
            state="closed" if n % 10 else "active", opened_at=now, activated_at=now,
            closed_at=now,
        )
        for n in range(missing)
    )  # fmt: skip
    people = Person.unscoped.bulk_create(
        Person(practice=world.practice, keeper=coach, name=f"P {n}", email=f"{new_ref('H')}@bench.test")
        for n in range(missing)
    )
    seats = Seat.unscoped.bulk_create(
        Seat(mission=one, person=person, role="coachee") for one, person in zip(missions, people, strict=True)
    )
    asked = Request.unscoped.bulk_create(
        Request(mission_id=seat.mission_id, level="coachee", seat=seat) for seat in seats
    )
    asked += Request.unscoped.bulk_create(Request(mission=one, level="organisation") for one in missions)
    versions = RequestVersion.unscoped.bulk_create(
        RequestVersion(
            request=one, number=1, text="" if one.seat_id else "Un texte.",
            sealed_ref=new_ref("X") if one.seat_id else "", written_by=coach, confirmed_at=now,
        )
        for one in asked
    )  # fmt: skip
    Validation.unscoped.bulk_create(
        Validation(version=one, wording="Entendu.", validated_by=coach) for one in versions[:missing]
    )
    ConflictDeclaration.unscoped.bulk_create(
        ConflictDeclaration(mission=one, has_conflict=False, declared_by=coach) for one in missions
    )
    Objective.unscoped.bulk_create(
        Objective(mission=one, tag="common", title="Déléguer", created_by=coach) for one in missions[::2]
    )
    CoachingSession.unscoped.bulk_create(
        CoachingSession(
            mission=one, coach=coach, kind="individual", state="held", starts_at=now - timedelta(days=turn + 1),
            minutes=60, held_minutes=60, held_at=now, medium="on_site", place="p", private=True, created_by=coach,
        )
        for one in missions
        for turn in range(4)
    )  # fmt: skip
    connection.cursor().execute("ANALYZE")

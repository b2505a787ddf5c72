"""Each main page of each portal: CPU against a signed-in empty page, and queries at 10 and at 10,000 missions."""

import gc
import statistics
import sys
import time
import types

from django.db import connection
from django.shortcuts import render
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from django.utils import timezone

from coaching.clients.models import Person
from coaching.kernel.http import reads
from coaching.kernel.refs import new_ref
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Request, RequestVersion, Seat
from coaching.urls import urlpatterns
from tests.benchmarks.table import ratio, show
from tests.sessions.helpers import SAID, active, plan
from tests.unlocking import unlock

ROUNDS = 25
MANY = 10_000
PAGES = (
    ("coach", "coach_home", ""),
    ("coach", "coach_missions", ""),
    ("coach", "coach_mission", "mission"),
    ("coach", "coach_mission", "enquiry"),
    ("coach", "coach_mission", "live"),
    ("coach", "coach_sessions", ""),
    ("coach", "coach_clients", ""),
    ("coach", "coach_contracts", ""),
    ("coachee", "coachee_home", ""),
    ("coachee", "coachee_mission", "mission"),
    ("coachee", "coachee_mission", "live"),
    ("coachee", "coachee_sessions", ""),
    ("coachee", "coachee_who_sees_what", ""),
    ("coachee", "coachee_data", ""),
    ("sponsor", "organisation_home", ""),
    ("sponsor", "organisation_mission", "mission"),
    ("sponsor", "organisation_mission", "live"),
    ("sponsor", "organisation_contracts", ""),
    ("administrator", "practice_home", ""),
    ("administrator", "practice_missions", ""),
    ("administrator", "practice_contracts", ""),
    ("administrator", "practice_journal", ""),
)
PORTALS = {
    "coach": Portal.COACH,
    "coachee": Portal.COACHEE,
    "sponsor": Portal.ORGANISATION,
    "administrator": Portal.PRACTICE,
}


def _floor():
    """The addresses of the product and, behind each portal, an empty page of the same frame."""
    floor = types.ModuleType("tests.benchmarks.floor")
    floor.urlpatterns = [*urlpatterns]
    for portal in Portal:
        view = reads(portal)(lambda request: render(request, "base.html"))
        floor.urlpatterns.append(path(f"{portal.value}/empty/", view, name=f"empty_{portal.value}"))
    sys.modules[floor.__name__] = floor
    return override_settings(ROOT_URLCONF=floor.__name__)


def _browser(world, persona) -> Client:
    browser = Client()
    browser.force_login(world.users[persona], backend="allauth.account.auth_backends.AuthenticationBackend")
    unlock(browser, world.users[persona])
    return browser


def _cpu(browser, *urls, rounds: int = ROUNDS) -> list[float]:
    """The median of each, asked in turn: what else the machine does weighs on all of them alike."""
    taken = {url: [] for url in urls}
    for url in urls:
        browser.get(url)
    gc.collect()
    for _round in range(rounds):
        for url in urls:
            began = time.process_time()
            answer = browser.get(url)
            taken[url].append(time.process_time() - began)
            assert answer.status_code in (200, 302), url
    return [statistics.median(each) for each in taken.values()]


def _queries(browser, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        browser.get(url)
    return len(captured)


def _begun(world):
    """A mission under a sealed contract, with its sessions planned."""
    mission = active(world)
    plan(world, mission, said=SAID, times=6, every_weeks=2)
    return mission


def run(world) -> None:
    world.live = _begun(world)
    gc.collect()
    gc.freeze()  # what measures made before this one is not looked through at each request of it
    with _floor():
        few = {(name, own): _measure(world, persona, name, own) for persona, name, own in PAGES}
        _fill(world, MANY)
        rows = []
        for persona, name, own in PAGES:
            browser, url = _browser(world, persona), _url(world, name, own)
            queries = _queries(browser, url)
            page, empty = _cpu(browser, url, f"/{PORTALS[persona].value}/empty/")
            before = few[name, own]
            same = before if before == queries else f"{before}→{queries} GROWS"
            rows.append(
                (
                    f"{name} {own or ''}".strip(),
                    f"{page * 1000:.1f} ms",
                    ratio(page / empty, 3),
                    same if same != queries else queries,
                )
            )
        show(
            f"Pages with {MANY:,} missions, one in a hundred open (CPU of the request, median of {ROUNDS}; queries the same at 10 missions unless said)",
            ("page", "CPU", "× an empty page", "queries (≤ 12)"),
            rows,
        )


def _url(world, name, own) -> str:
    return reverse(name, kwargs={"ref": getattr(world, own).ref} if own else {})


def _measure(world, persona, name, own) -> int:
    _fill(world, 10)
    return _queries(_browser(world, persona), _url(world, name, own))


def _fill(world, wanted: int) -> None:
    """Missions of the same coach with two people at the table, each with its two requests; one in a hundred open."""
    missing = wanted - Mission.unscoped.filter(coach=world.users["coach"]).count()
    if missing <= 0:
        return
    now = timezone.now()
    missions = Mission.unscoped.bulk_create(
        Mission(
            practice=world.practice,
            coach=world.users["coach"],
            title=f"Mission {n}",
            organisation=world.organisation,
            state="closed" if n % 100 else "enquiry",
            opened_at=now if n % 100 else None,
            activated_at=now if n % 100 else None,
            closed_at=now if n % 100 else None,
        )
        for n in range(missing)
    )
    strangers = Person.unscoped.bulk_create(
        Person(
            practice=world.practice,
            keeper=world.users["coach"],
            name=f"Personne {n}",
            email=f"{new_ref('H')}@bench.test",
        )
        for n in range(missing)
    )
    # A person is coached in a few missions; a sponsor stands behind some two hundred of them.
    seats = Seat.unscoped.bulk_create(
        Seat(mission=mission, person=person, role=role)
        for n, mission in enumerate(missions)
        for role, person in (
            ("coachee", world.people["coachee"] if n % 1000 == 1 else strangers[n]),
            ("sponsor", world.people["sponsor"] if n % 50 == 1 else strangers[(n + 1) % missing]),
        )
    )
    asked = Request.unscoped.bulk_create(
        Request(
            mission_id=seat.mission_id,
            level="coachee" if seat.role == "coachee" else "organisation",
            seat=seat if seat.role == "coachee" else None,
        )
        for seat in seats
    )
    RequestVersion.unscoped.bulk_create(
        RequestVersion(
            request=one, number=1, text="" if one.seat_id else "Un texte.", sealed_ref=new_ref("X") if one.seat_id else "",
            written_by=world.users["coach"], confirmed_at=now,
        )
        for one in asked
    )  # fmt: skip
    connection.cursor().execute("ANALYZE")

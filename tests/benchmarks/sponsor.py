"""A sponsor of 300 missions and 1,200 restitutions released to them: the pages of their portal, as with 3 missions."""

import gc
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from coaching.clients.models import Person
from coaching.consents.models import Consent
from coaching.kernel.refs import new_ref
from coaching.missions.models import Mission, Objective, Seat
from coaching.progress.models import Measure
from coaching.restitutions.models import Receipt, ReleasedRestitution, Restitution
from coaching.sessions.models import CoachingSession
from tests.benchmarks.pages import PORTALS, _browser, _cpu, _floor, _queries
from tests.benchmarks.table import ratio, show
from tests.restitutions.helpers import released
from tests.sessions.helpers import active

FEW, MANY, EACH = 3, 300, 4  # missions, and restitutions of each
PAGES = (
    "organisation_home",
    "organisation_restitutions",
    "organisation_overview",
    "organisation_mission",
    "organisation_restitution",
)


def run(world) -> None:
    mission = active(world)
    model = released(world, mission)
    gc.collect()
    gc.freeze()
    with _floor():
        _fill(world, mission, model, FEW)
        few = {name: _queries(_browser(world, "sponsor"), _url(mission, model, name)) for name in PAGES}
        _fill(world, mission, model, MANY)
        rows = [_measure(world, _url(mission, model, name), name, few[name]) for name in PAGES]
    show(
        f"A sponsor of {MANY} missions, {EACH} restitutions released in each (queries the same with {FEW} unless said)",
        ("page", "CPU", "× an empty page", "queries (≤ 12)"),
        rows,
    )


def _measure(world, url: str, name: str, before: int) -> tuple:
    browser = _browser(world, "sponsor")
    queries = _queries(browser, url)
    cpu, empty = _cpu(browser, url, f"/{PORTALS['sponsor'].value}/empty/")
    return (
        name,
        f"{cpu * 1000:.1f} ms",
        ratio(cpu / empty, 3),
        queries if queries == before else f"{before}→{queries} GROWS",
    )


def _url(mission, model, name: str) -> str:
    refs = {"organisation_mission": [mission.ref], "organisation_restitution": [model.ref]}
    return reverse(name, args=refs.get(name, []))


def _fill(world, mission, model, wanted: int) -> None:
    """Missions under way like the first one, each with a coachee of its own who has measured and consented; half are read."""
    there = Mission.unscoped.filter(organisation=world.organisation, title__startswith="Mesure").count()
    missions = Mission.unscoped.bulk_create(
        Mission(
            practice=world.practice, coach=world.users["coach"], title=f"Mesure {n}", organisation=world.organisation,
            state="active", opened_at=mission.opened_at, activated_at=mission.activated_at,
        )
        for n in range(there, wanted)
    )  # fmt: skip
    people = Person.unscoped.bulk_create(
        Person(
            practice=world.practice,
            keeper=world.users["coach"],
            name=f"Personne {one.title}",
            email=f"{new_ref('H')}@bench.test",
            organisation=world.organisation,
        )
        for one in missions
    )
    Seat.unscoped.bulk_create(
        Seat(mission=one, person=world.people["sponsor"], role="sponsor") for one in missions
    )
    seats = Seat.unscoped.bulk_create(
        Seat(mission=one, person=person, role="coachee") for one, person in zip(missions, people, strict=True)
    )
    _measured(world, seats)
    if not there:
        seats = [Seat.unscoped.get(pk=model.seat_id), *seats]
    _given_back(world, model, seats)


def _measured(world, seats) -> None:
    now = timezone.now()
    aims = Objective.unscoped.bulk_create(
        Objective(mission=seat.mission, tag="common", title="Déléguer", created_by=world.users["coach"])
        for seat in seats
    )
    Measure.unscoped.bulk_create(
        Measure(objective=aim, seat=seat, stage=stage, value=value)
        for aim, seat in zip(aims, seats, strict=True)
        for stage, value in (("start", 3), ("middle", 5))
    )
    Consent.unscoped.bulk_create(
        Consent(
            seat=seat,
            kind="restitution",
            addressee="sponsor",
            items=["attendance", "common_objectives"],
            given_at=now,
        )
        for seat in seats
    )
    CoachingSession.unscoped.bulk_create(
        CoachingSession(
            mission=seat.mission, coach=world.users["coach"], kind="individual", state="held", starts_at=now - timedelta(days=turn),
            minutes=60, held_minutes=60, held_at=now, medium="on_site", place="p", created_by=world.users["coach"],
        )
        for seat in seats
        for turn in range(4)
    )  # fmt: skip


def _given_back(world, model, seats) -> None:
    """With one stand-in document for all of them."""
    now = timezone.now()
    first = model.restitution
    rows = Restitution.unscoped.bulk_create(
        Restitution(
            seat=seat, addressee="sponsor", state="released", written_by=world.users["coach"], proposed_at=now,
            approved_at=now, approved_sha256=first.approved_sha256, released_at=now,
        )
        for seat in seats
        for _turn in range(EACH - (seat.pk == model.seat_id))
    )  # fmt: skip
    copies = ReleasedRestitution.unscoped.bulk_create(
        ReleasedRestitution(
            restitution=row, mission=row.seat.mission, seat=row.seat, addressee="sponsor", content=model.content,
            sha256=model.sha256, document=model.document, approved_at=now, released_by=world.users["coach"], released_at=now,
        )
        for row in rows
    )  # fmt: skip
    sponsor = world.users["sponsor"]
    chair = {seat.mission_id: seat for seat in Seat.unscoped.filter(person__user=sponsor, role="sponsor")}
    Receipt.unscoped.bulk_create(
        Receipt(restitution_id=copy.restitution_id, seat=chair[copy.mission_id], user=sponsor)
        for copy in copies[::2]
    )

import contextlib
import contextvars
import threading

import pytest
from django.db import connection, connections

from coaching.accounts.services import create_practice, create_user
from coaching.clients.models import Person
from coaching.clients.services import save_organisation, save_person
from coaching.documents.seal import make_seal
from contracts.services.library import install_library
from ethics.charter.services import publish_bundled
from tests.unlocking import print_code
from tests.world import PASSWORD, World


@pytest.fixture
def small(transactional_db):
    """A coach, a coachee and a sponsor, written for good: other connections see them."""
    w = World()
    for persona in ("coach", "coachee", "sponsor"):
        w.users[persona] = create_user(email=f"{persona}@race.test", name=persona, password=PASSWORD)
        print_code(w.users[persona])
    w.practice = create_practice(name="Cabinet", founder=w.users["coach"])
    publish_bundled(w.practice, w.users["coach"])
    install_library(w.practice)
    make_seal(w.practice.ref, w.practice.name)
    w.organisation = save_organisation(w.coach, None, {"name": "Acme"})
    for persona in ("coachee", "sponsor"):
        row = save_person(
            w.coach, None, {"name": persona, "email": w.users[persona].email, "organisation": w.organisation}
        )
        Person.unscoped.filter(pk=row.pk).update(user=w.users[persona])
        row.refresh_from_db()
        w.people[persona] = row
    return w


@pytest.fixture
def together():
    """Run acts at the same moment, each on a connection of its own; gives their results or refusals, in order."""

    def run(*acts):
        gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

        def one(place, act):
            try:
                gate.wait(timeout=60)
                answers[place] = act()
            except Exception as refusal:
                answers[place] = refusal
            finally:
                connections.close_all()

        threads = [
            threading.Thread(target=contextvars.copy_context().run, args=(one, place, act))
            for place, act in enumerate(acts)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        return answers

    return run


@pytest.fixture
def meet():
    """A point both sides reach before either goes on, so that a race that can happen does."""
    # Where writers come one by one, most meetings are waited for in vain; elsewhere both come, however slowly.
    patience = 30 if connection.vendor == "postgresql" else 3
    barrier = threading.Barrier(2)

    def wait():
        with contextlib.suppress(threading.BrokenBarrierError):  # held back by a lock: there is no race
            barrier.wait(timeout=patience)  # broken once, it lets the other one pass

    return wait


@pytest.fixture
def postgres():
    return connection.vendor == "postgresql"

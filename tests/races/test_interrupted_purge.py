"""A purge that is killed, for real, wherever it is: whoever comes next goes on, and nothing is half done."""

import hashlib
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from coaching.documents import store
from coaching.documents.models import Document
from coaching.journal.models import Event, Lifting
from coaching.journal.services import verify
from coaching.missions.models import Mission
from coaching.missions.services import life, seats
from coaching.personal.models import DoomedFile
from coaching.personal.services import purging
from contracts.models import SealedContract
from ethics.development.services import save_qualification
from tests import stand_ins
from tests.personal.helpers import end
from tests.races.settings import complete
from tests.sessions.helpers import active

pytestmark = pytest.mark.django_db(transaction=True)
OTHERS = 5

KILLED = """
import os, signal, sys, django
django.setup()
from coaching.personal.enums import Kind
from coaching.personal.services import purging
purging.BATCH[Kind.MISSIONS] = 2

def die(*_said, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

def then_die(do):
    def done(*said, **more):
        if do(*said, **more) != 0:
            die()
        return 0
    return done

where = sys.argv[1]
if where == "inside a batch":
    purging._tell = die
elif where == "between batches":
    purging._batch = then_die(purging._batch)
elif where == "before a file":
    purging.forget = die
elif where == "between a file and its row":
    purging.forget = then_die(purging.forget)
purging.purge()
"""


@pytest.fixture
def ended(small):
    """One mission with a sealed contract and its files, and some that were declined; all over for more than five years."""
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    missions = [end(active(small), months=63)]
    for turn in range(OTHERS):
        mission = life.begin(small.coach, title=f"Mission {turn}", organisation=small.organisation)
        seats.add_seat(small.coach, mission, small.people["coachee"], "coachee")
        stand_ins.refuse(
            small.coach, mission, ground="coach", explanation="x", orientation="", told_organisation=""
        )
        when = timezone.now() - timedelta(days=31 * (64 + turn))
        Mission.unscoped.filter(pk=mission.pk).update(refused_at=when)
        missions.append(mission)
    return missions


def _run(where: str) -> int:
    database = connection.settings_dict
    address = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        address = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "coaching.settings.dev",
        "DATABASE_URL": address,
        "COACHING_VAR": str(settings.VAR_DIR),
    }
    return subprocess.run(
        [sys.executable, "-c", KILLED, where],
        cwd=settings.BASE_DIR,
        env=environment,
        timeout=120,
        check=False,
    ).returncode


@pytest.mark.parametrize(
    "where", ["inside a batch", "between batches", "before a file", "between a file and its row"]
)
def test_a_purge_that_is_killed_is_gone_on_with_and_leaves_nothing_half_done(ended, where):
    refs = {mission.ref for mission in ended}
    contract = SealedContract.unscoped.select_related("document").get()
    hashes = set(Document.unscoped.values_list("sha256", flat=True))
    paths = [store.path_of(sha256) for sha256 in hashes]
    assert all(path.exists() for path in paths)
    assert _run(where) == -signal.SIGKILL
    _whole_so_far(refs, contract, where)
    purging.purge()
    assert not Mission.unscoped.filter(ref__in=refs).exists()
    assert not Document.unscoped.exists()
    assert not any(path.exists() for path in paths)
    assert not DoomedFile.unscoped.exists()
    assert list(verify()) == []
    told = Event.unscoped.filter(kind="purge.batch", data__class="missions")
    assert sum(event.data["count"] for event in told) == len(refs), "each of them once"
    assert purging.purge() == {}


def _whole_so_far(refs, contract, where) -> None:
    """Where it was killed, each mission is whole or gone, and the journal says of each that went."""
    left = set(Mission.unscoped.filter(ref__in=refs).values_list("ref", flat=True))
    told = list(Event.unscoped.filter(kind="purge.batch", data__class="missions"))
    assert sum(event.data["count"] for event in told) == len(refs) - len(left)
    assert not Lifting.unscoped.exists(), "guards are in force again"
    if where == "inside a batch":
        assert left == refs
        assert store.path_of(contract.document.sha256).exists()
    if where in ("before a file", "between a file and its row"):
        assert DoomedFile.unscoped.exists(), "whoever comes next knows which files are left"
    if len(told) == 1 and told[0].data["count"] == 2:
        gone = sorted(refs - left)
        assert told[0].data["digest"] == hashlib.sha256("\n".join(gone).encode()).hexdigest()

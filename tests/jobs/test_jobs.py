"""Work in the background: at least once, by one worker at a time, again when it failed, and not for ever."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from coaching.jobs import services as jobs
from coaching.jobs.access import failed_jobs, job_of
from coaching.jobs.models import Job
from coaching.jobs.services import DELAYS, LEASE, Hopeless, Lost, enqueue, run_due, try_again

pytestmark = pytest.mark.django_db
KIND = "test.work"


@pytest.fixture
def kinds(monkeypatch):
    """Only the jobs of the test are known to its worker."""
    known = {}
    monkeypatch.setattr(jobs, "_kinds", known)
    return known


@pytest.fixture
def done(kinds):
    """Subjects of the jobs that were done, in order."""
    found = []
    kinds[KIND] = jobs.Kind(lambda task: found.append(task.subject))
    return found


def _fail(_task):
    raise ValueError("non")


def test_a_job_is_done_once_and_said_to_be(done):
    enqueue(KIND, "A", practice_ref="P-1")
    assert job_of(KIND, "A").state == "queued"
    assert run_due() == 1
    assert run_due() == 0
    row = job_of(KIND, "A")
    assert (done, row.state, row.progress, row.attempts) == (["A"], "done", 100, 1)
    assert row.finished_at is not None


def test_one_subject_has_one_job_alive_of_a_kind(done):
    for _time in range(3):
        enqueue(KIND, "A")
    enqueue(KIND, "B")
    assert (run_due(), sorted(done)) == (2, ["A", "B"])
    enqueue(KIND, "A")
    assert run_due() == 1


def test_a_job_falls_with_the_transaction_that_called_for_it(done):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(KIND, "A")
        _nothing = 1 / 0
    assert run_due() == 0


def test_a_job_nobody_here_knows_how_to_do_is_left_to_others(kinds):
    enqueue("test.unknown", "A")
    assert run_due() == 0
    assert job_of("test.unknown", "A").state == "queued"


def test_a_job_that_fails_is_tried_again_after_its_delays_then_given_up(kinds):
    kinds[KIND] = jobs.Kind(_fail)
    enqueue(KIND, "A", practice_ref="P-1")
    now = timezone.now()
    for delay in (0, *DELAYS):
        now += timedelta(minutes=delay, seconds=1)
        with time_machine.travel(now, tick=False):
            assert run_due() == 0
        with time_machine.travel(now + timedelta(seconds=30), tick=False):
            before = job_of(KIND, "A").attempts
            run_due()
            assert job_of(KIND, "A").attempts == before
    row = job_of(KIND, "A")
    assert (row.state, row.attempts, row.last_error) == ("failed", len(DELAYS) + 1, "ValueError")
    assert failed_jobs("P-1") == [row]


def test_a_job_without_hope_is_given_up_at_once_and_can_be_asked_for_again(kinds):
    def hopeless(_task):
        raise Hopeless("non")

    kinds[KIND] = jobs.Kind(hopeless)
    enqueue(KIND, "A")
    run_due()
    assert job_of(KIND, "A").state == "failed"
    found = []
    kinds[KIND] = jobs.Kind(lambda task: found.append(task.subject))
    assert try_again(KIND, "A") is True
    assert try_again(KIND, "A") is False
    assert (run_due(), found) == (1, ["A"])


def test_what_a_handler_says_of_its_progress_is_read_at_once(kinds):
    seen = []

    def work(task):
        for percent in (10, 60, 400, -3):
            task.progress(percent)
            seen.append(job_of(KIND, "A").progress)

    kinds[KIND] = jobs.Kind(work)
    enqueue(KIND, "A")
    run_due()
    assert seen == [10, 60, 100, 0]


def test_a_worker_that_lost_its_lease_neither_goes_on_nor_says_it_is_done(kinds):
    def slow(task):
        with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
            jobs._reap()
            assert jobs._claim().subject == "A"  # another worker
            with pytest.raises(Lost):
                task.progress(50)
            raise Lost

    kinds[KIND] = jobs.Kind(slow)
    enqueue(KIND, "A")
    assert run_due() == 0
    assert job_of(KIND, "A").state == "running"


def test_a_job_whose_worker_dies_each_time_is_given_up_too(kinds):
    kinds[KIND] = jobs.Kind(_fail)
    enqueue(KIND, "A")
    now = timezone.now()
    for _death in range(len(DELAYS) + 1):
        with time_machine.travel(now, tick=False):
            jobs._reap()
            assert jobs._claim() is not None
        now += LEASE + timedelta(seconds=1)
    with time_machine.travel(now, tick=False):
        assert run_due() == 0
    assert (job_of(KIND, "A").state, job_of(KIND, "A").last_error) == ("failed", "worker died")


def test_periodic_work_comes_back_by_itself_and_survives_its_failures(kinds):
    ran = []
    kinds[KIND] = jobs.Kind(lambda task: ran.append(1), timedelta(hours=1))
    now = timezone.now()
    for minutes in (0, 30, 61, 62, 125):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            run_due()
    assert len(ran) == 3
    kinds[KIND] = jobs.Kind(_fail, timedelta(hours=1))
    for day in range(1, 12):
        with time_machine.travel(now + timedelta(days=day), tick=False):
            run_due()
    assert job_of(KIND, "").state == "queued"
    assert Job.unscoped.filter(kind=KIND).count() == 1


HANG = """
import sys, time, django
django.setup()
from coaching.jobs import services as jobs
jobs._kinds.clear()
jobs.register("test.work", lambda task: (task.progress(40), time.sleep(120)))
jobs.run_due()
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_job_is_taken_by_another_when_the_lease_runs_out(done, tmp_path):
    enqueue(KIND, "A")
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
    worker = subprocess.Popen([sys.executable, "-c", HANG], cwd=settings.BASE_DIR, env=environment)
    try:
        end = time.monotonic() + 60
        while job_of(KIND, "A").progress != 40 and time.monotonic() < end:
            time.sleep(0.1)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    row = job_of(KIND, "A")
    assert (row.state, row.progress) == ("running", 40)
    assert run_due() == 0, "the lease still holds"
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        assert run_due() == 1
    assert (done, job_of(KIND, "A").attempts) == (["A"], 2)

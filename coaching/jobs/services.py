"""Queueing work and doing it: each at least once, by one worker at a time, again when it failed.

A handler may be run twice for the same job (its worker died between the act and the note of it): it looks first
whether the work is done. It is registered by name, by the room that knows the work, in its ``AppConfig.ready()``.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from coaching.kernel.acts import one_act

from .enums import ALIVE, JobState
from .models import Job

log = logging.getLogger("coaching.jobs")
LEASE = timedelta(minutes=5)  # a worker that has died gives its job back after this; progress prolongs it
DELAYS = (1, 5, 30, 120, 600)  # minutes before each further try; then the job is failed


class Hopeless(Exception):
    """Raised by a handler: trying again would change nothing."""


class Lost(Exception):
    """The job is no longer this worker's: its lease ran out and another has it."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a handler is given: the subject, and a way to say how far it has come."""

    pk: int
    kind: str
    subject: str
    practice_ref: str
    attempts: int
    claim: str

    def progress(self, percent: int) -> None:
        """Note how far the work has come and keep the lease. Raises :class:`Lost` when another worker has it."""
        rows = Job.unscoped.filter(pk=self.pk, state=JobState.RUNNING, claim=self.claim)
        if rows.update(progress=min(max(percent, 0), 100), claimed_at=timezone.now()) != 1:
            raise Lost(self.subject)


Handler = Callable[[Task], None]


@dataclass(frozen=True, slots=True)
class Kind:
    handler: Handler
    every: timedelta | None = None


_kinds: dict[str, Kind] = {}


def register(kind: str, handler: Handler, *, every: timedelta | None = None) -> None:
    """Say who does the jobs of one kind; with ``every``, they come back by themselves."""
    known = _kinds.setdefault(kind, Kind(handler, every))
    if known.handler is not handler:
        raise RuntimeError(f"jobs of kind {kind!r} already have a handler")


def enqueue(kind: str, subject: str, *, practice_ref: str = "") -> None:
    """Queue one job in the caller's transaction; while one of this kind on this subject is alive, nothing is added."""
    Job.unscoped.bulk_create(
        [Job(kind=kind, subject=subject, practice_ref=practice_ref, due_at=timezone.now())],
        ignore_conflicts=True,
    )


def run_due(limit: int = 20) -> int:
    """Do up to ``limit`` jobs that are due; returns how many were done. Called by the worker."""
    _keep_periodic()
    _reap()
    done = 0
    for _turn in range(limit):
        task = _claim()
        if task is None:
            break
        done += _do(task)
    return done


def try_again(kind: str, subject: str) -> bool:
    """Put a job that was given up back in the queue; False when there is none."""
    rows = Job.unscoped.filter(kind=kind, subject=subject, state=JobState.FAILED)
    with one_act():
        if Job.unscoped.filter(kind=kind, subject=subject, state__in=ALIVE).exists():
            return False
        last = rows.order_by("-pk").values("pk")[:1]
        changes = {"state": JobState.QUEUED, "attempts": 0, "due_at": timezone.now(), "finished_at": None}
        return Job.unscoped.filter(pk__in=list(last.values_list("pk", flat=True))).update(**changes) == 1


def _keep_periodic() -> None:
    wanted = {name for name, kind in _kinds.items() if kind.every is not None}
    there = Job.unscoped.filter(kind__in=wanted, state__in=ALIVE).values_list("kind", flat=True)
    for name in sorted(wanted - set(there)):
        enqueue(name, "")


def _reap() -> None:
    """Give back what dead workers hold; a job that has ended its last try with its worker is failed."""
    lost = Job.unscoped.filter(state=JobState.RUNNING, claimed_at__lt=timezone.now() - LEASE)
    lost.filter(attempts__gt=len(DELAYS)).update(
        state=JobState.FAILED, claim="", last_error="worker died", finished_at=timezone.now()
    )
    lost.update(state=JobState.QUEUED, claim="", last_error="worker died")


def _claim() -> Task | None:
    """Take one due job by a conditional update, so that two workers never have the same."""
    now = timezone.now()
    rows = Job.unscoped.filter(state=JobState.QUEUED, due_at__lte=now, kind__in=list(_kinds))
    for job in rows.order_by("due_at", "pk")[:10]:
        claim = secrets.token_hex(16)
        mine = Job.unscoped.filter(pk=job.pk, state=JobState.QUEUED)
        # The try is counted when it begins: a job that kills its worker does not come back for ever.
        if mine.update(state=JobState.RUNNING, claim=claim, claimed_at=now, attempts=F("attempts") + 1) == 1:
            return Task(job.pk, job.kind, job.subject, job.practice_ref, job.attempts + 1, claim)
    return None


def _do(task: Task) -> bool:
    kind = _kinds[task.kind]
    try:
        kind.handler(task)
    except Lost:
        log.warning("job %s on %s: another worker has it", task.kind, task.subject)
        return False
    except Exception as failure:  # whatever went wrong, the job stays and says so
        log.exception("job %s on %s failed", task.kind, task.subject)
        _postpone(task, failure)
        return False
    if kind.every is None:
        _settle(task, state=JobState.DONE, progress=100, finished_at=timezone.now(), last_error="")
    else:
        _settle(task, state=JobState.QUEUED, attempts=0, due_at=timezone.now() + kind.every, last_error="")
    return True


def _postpone(task: Task, failure: Exception) -> None:
    last = task.attempts > len(DELAYS) or isinstance(failure, Hopeless)
    if last and _kinds[task.kind].every is None:
        changes = {"state": JobState.FAILED, "finished_at": timezone.now()}
    else:
        wait = timedelta(minutes=DELAYS[min(task.attempts, len(DELAYS)) - 1])
        changes = {"state": JobState.QUEUED, "due_at": timezone.now() + wait}
    _settle(task, **changes, last_error=type(failure).__name__)


def _settle(task: Task, **changes) -> None:
    """Only the worker that holds the claim may say what became of the job."""
    rows = Job.unscoped.filter(pk=task.pk, state=JobState.RUNNING, claim=task.claim)
    rows.update(**changes, claim="")

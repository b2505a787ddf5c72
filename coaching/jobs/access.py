"""How far a piece of work has come, for a caller whose own access function has just shown its subject."""

from .enums import JobState
from .models import Job


def job_of(kind: str, subject: str) -> Job | None:
    """The last job of this kind on this subject, or None."""
    return Job.unscoped.filter(kind=kind, subject=subject).order_by("-pk").first()


def failed_jobs(practice_ref: str) -> list[Job]:
    """Work of a practice that was given up after its last try."""
    return list(Job.unscoped.filter(practice_ref=practice_ref, state=JobState.FAILED))


def next_run(kind: str):
    """When a periodic piece of work is next due; None before the worker has run for the first time."""
    row = Job.unscoped.filter(kind=kind, state__in=[JobState.QUEUED, JobState.RUNNING]).first()
    return row.due_at if row else None

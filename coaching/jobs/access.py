"""How far a piece of work has come, for a caller whose own access function has just shown its subject."""

from .enums import JobState
from .models import Job


def job_of(kind: str, subject: str) -> Job | None:
    """The last job of this kind on this subject, or None."""
    return Job.unscoped.filter(kind=kind, subject=subject).order_by("-pk").first()


def failed_jobs(practice_ref: str) -> list[Job]:
    """Work of a practice that was given up after its last try."""
    return list(Job.unscoped.filter(practice_ref=practice_ref, state=JobState.FAILED))

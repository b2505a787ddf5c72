"""Background work other than letters: what is to be done, to what, when, and how far it has come."""

from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import ALIVE, JobState


class Job(ScopedModel):
    """One piece of work, written in the transaction of the act that calls for it. Codes and dates alone."""

    ref = RefField(prefix="J")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, blank=True)  # the reference of what it is done to
    practice_ref = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(
        max_length=32, blank=True
    )  # of the worker that has it; nobody else may settle it
    claimed_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)  # of a hundred
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="job_state", condition=models.Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="job_running_is_claimed",
                condition=~models.Q(state=JobState.RUNNING)
                | models.Q(claimed_at__isnull=False) & ~models.Q(claim=""),
            ),
            models.CheckConstraint(name="job_progress", condition=models.Q(progress__lte=100)),
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=models.Q(state__in=ALIVE), name="job_one_alive"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="job_due")]

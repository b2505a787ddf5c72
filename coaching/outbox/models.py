"""Every e-mail is a row first: written with the act that causes it, sent later by the worker."""

from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel


class LetterState(models.TextChoices):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Letter(ScopedModel):
    """One e-mail to one person. The body is sealed: it may hold a single-use link."""

    ref = RefField(prefix="L")
    practice_ref = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=60)
    to = models.EmailField()
    language = models.CharField(max_length=5)
    sealed = models.BinaryField()
    attachments = models.JSONField(default=list, blank=True)  # pairs (reference of a document, file name)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="letter_state", condition=models.Q(state__in=LetterState.values)),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="letter_due")]

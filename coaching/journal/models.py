"""The journal: what happened, by whom, when; ids, codes, dates and digests only.

No text a person wrote stands here, so erasing a person breaks nothing. Each event carries the hash of the
one before it; triggers refuse UPDATE and DELETE on both engines.
"""

from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel


class Event(ScopedModel):
    """One thing that happened. Written by :func:`coaching.journal.services.record` alone."""

    ref = RefField(prefix="E")
    chain = models.CharField(max_length=16)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor = models.CharField(max_length=16)
    subject = models.CharField(max_length=40)
    mission = models.CharField(max_length=16, blank=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta(ScopedModel.Meta):
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="event_once_in_chain")]
        indexes = [
            models.Index(fields=["mission", "number"], name="event_by_mission"),
            models.Index(fields=["subject"], name="event_by_subject"),
        ]


class Head(ScopedModel):
    """The last link of a chain: where the next event is tied on."""

    chain = models.CharField(max_length=16, unique=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)


class Lifting(ScopedModel):
    """While a row is here, a purge may delete from the tables it is let into; it goes in the same transaction.

    Nobody but that transaction ever sees it. A row that stays is a fault the verifier reports.
    """

    purpose = models.CharField(max_length=20)

    class Meta(ScopedModel.Meta):
        pass

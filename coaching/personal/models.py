"""What people do with their own data: take it away, have it corrected, have it erased; and how long a practice keeps what.

A purge leaves no row of its own: the journal says what went, in codes, numbers and digests.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from coaching.kernel.events import Told
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel
from coaching.kernel.viewer import Portal

from .enums import AskedField, CorrectionState, ErasureState, ExportState, Kind

ANSWER_WITHIN = timedelta(days=30)  # RGPD article 12(3): within a month


class Export(ScopedModel):
    """A person's own data, being packed or ready: one at a time for each of their portals, a week at most.

    ``material`` is what was gathered in their own session, for the worker that packs it: under the deployment's key, gone
    once it is packed. What is packed lies in a file, sealed to the person's own key.
    """

    ref = RefField(prefix="EX")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    portal = models.CharField(max_length=12, choices=[(portal.value, portal.value) for portal in Portal])
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.PREPARING)
    material = models.BinaryField(null=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "user", "portal"], name="export_one_at_a_time"),
            models.CheckConstraint(
                name="export_ready_keeps_no_material",
                condition=models.Q(state=ExportState.PREPARING)
                | models.Q(state=ExportState.READY, material=None, ready_at__isnull=False),
            ),
        ]


class Correction(ScopedModel):
    """A person asks the coach who keeps a row of them to put one thing right; the coach does, or says why not."""

    ref = RefField(prefix="CR")
    person = models.ForeignKey("clients.Person", models.RESTRICT, related_name="+")
    about = models.CharField(max_length=12, choices=AskedField)
    wanted = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.ASKED)
    answer = models.TextField(max_length=2000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="correction_state", condition=models.Q(state__in=CorrectionState.values)
            ),
            models.UniqueConstraint(
                fields=["person", "about"],
                condition=models.Q(state=CorrectionState.ASKED),
                name="correction_one_asked_of_each",
            ),
            models.CheckConstraint(
                name="correction_over_has_its_date",
                condition=models.Q(state=CorrectionState.ASKED) | models.Q(ended_at__isnull=False),
            ),
        ]

    def told_in(self, viewer) -> Told:
        return Told(viewer.practice_ref, viewer.user_ref)


class Erasure(ScopedModel):
    """A person asks that what a coach keeps of them be erased; what was done is said in codes and numbers."""

    ref = RefField(prefix="ER")
    person = models.ForeignKey("clients.Person", models.RESTRICT, related_name="+")
    state = models.CharField(max_length=10, choices=ErasureState, default=ErasureState.ASKED)
    answer = models.TextField(max_length=2000, blank=True)
    done = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="erasure_state", condition=models.Q(state__in=ErasureState.values)),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state=ErasureState.ASKED), name="erasure_one_asked"
            ),
            models.CheckConstraint(
                name="erasure_over_has_its_date",
                condition=models.Q(state=ErasureState.ASKED) | models.Q(ended_at__isnull=False),
            ),
        ]

    def told_in(self, viewer) -> Told:
        return Told(viewer.practice_ref, viewer.user_ref)


class Retention(ScopedModel):
    """How many months a practice keeps one class of data; without a row, the preset."""

    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    months = models.PositiveSmallIntegerField()

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "kind"], name="retention_once"),
            models.CheckConstraint(name="retention_kind", condition=models.Q(kind__in=Kind.values)),
        ]


class Hold(ScopedModel):
    """Nothing of a mission is purged or erased while a dispute about it runs. Lifted, it stays as what was."""

    ref = RefField(prefix="LH")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    reason = models.TextField(max_length=2000)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission"], condition=models.Q(lifted_at=None), name="hold_one_in_force"
            )
        ]


class Purged(ScopedModel):
    """That one class of a mission's data has gone: it is not looked for again. Goes with the mission's own rows."""

    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(default=timezone.now)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["mission", "kind"], name="purged_once")]


class DoomedFile(ScopedModel):
    """A file whose rows were purged and that is still to be taken from the disk: whoever resumes knows which."""

    sha256 = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        pass

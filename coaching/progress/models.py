"""Where objectives stand, as the coachee measures it; and the means a coach has used for each of them."""

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import HIGHEST, MeansKind, Stage


class Measure(ScopedModel):
    """Where a coachee sees an objective at the start, midway or at the end: a figure, and words of their own."""

    ref = RefField(prefix="MS")
    objective = models.ForeignKey("missions.Objective", models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    stage = models.CharField(max_length=8, choices=Stage)
    value = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=1)  # moves at each correction
    given_at = models.DateTimeField(auto_now_add=True)
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "seat", "stage"], name="measure_once"),
            models.CheckConstraint(name="measure_stage", condition=models.Q(stage__in=Stage.values)),
            models.CheckConstraint(name="measure_on_its_scale", condition=models.Q(value__lte=HIGHEST)),
        ]


class Means(ScopedModel):
    """What the coach worked with, for one objective in one session (article « Obligation de moyens »)."""

    ref = RefField(prefix="MN")
    session = models.ForeignKey("coaching_sessions.CoachingSession", models.RESTRICT, related_name="+")
    objective = models.ForeignKey("missions.Objective", models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=14, choices=MeansKind)
    name = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "objective"], name="means_once"),
            models.CheckConstraint(name="means_kind", condition=models.Q(kind__in=MeansKind.values)),
        ]
        indexes = [models.Index(fields=["objective"], name="means_of_objective")]

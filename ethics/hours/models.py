"""The hours log: what comes from elsewhere. What is held here is computed from sessions, and is no row.

Names of past clients lie in the vault, sealed to their coach alone, many lines to one text.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from coaching.kernel.events import Told
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import ImportState, PartKind, Problem

LARGEST_GROUP = 15  # preset: ICF counts groups of up to fifteen
MOST_IN_GROUP = 500


class HoursImport(ScopedModel):
    """One file of earlier hours, from its arrival to its lines in the log, or out of it again."""

    ref = RefField(prefix="HI")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.RECEIVED)
    problem = models.CharField(max_length=16, choices=Problem, blank=True)
    month_first = models.BooleanField(default=False)
    columns = models.JSONField(
        default=dict, blank=True
    )  # column → place in a line, where they had to be named
    line_count = models.PositiveIntegerField(default=0)
    good_count = models.PositiveIntegerField(default=0)
    kept_count = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # not kept, or taken back

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="import_state", condition=models.Q(state__in=ImportState.values)),
            models.CheckConstraint(
                name="import_kept_has_its_date",
                condition=~models.Q(state=ImportState.KEPT) | models.Q(kept_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_unreadable_says_why",
                condition=~models.Q(state=ImportState.UNREADABLE) | ~models.Q(problem=""),
            ),
        ]
        indexes = [models.Index(fields=["coach", "state"], name="import_of_coach")]

    def told_in(self, viewer) -> Told:
        """A chain of its coach's own: nobody else learns that there were earlier clients."""
        return Told(self.coach.ref, viewer.user_ref)


class ImportPart(ScopedModel):
    """What of a file waits for its coach: the file itself until it is read, then its lines until they are confirmed.

    The file lies under the deployment's key, for the worker reads it; its lines under the coach's own.
    """

    source = models.ForeignKey(HoursImport, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=PartKind)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta(ScopedModel.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "number"], name="import_part_once"),
            models.CheckConstraint(name="import_part_kind", condition=models.Q(kind__in=PartKind.values)),
        ]


class LogPart(ScopedModel):
    """Lines of one import that are in the log, sealed in the vault."""

    ref = RefField(prefix="HP")
    source = models.ForeignKey(HoursImport, models.RESTRICT, related_name="+")
    number = models.PositiveIntegerField()
    sealed_ref = models.CharField(max_length=16)

    class Meta(ScopedModel.Meta):
        ordering = ["source_id", "number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="log_part_once")]


class VerificationLetter(ScopedModel):
    """An organisation attests hours in the place of its clients' names. The paper itself stays with the coach."""

    ref = RefField(prefix="VF")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    issuer = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)  # none while it is still to be signed
    starts_on = models.DateField()
    ends_on = models.DateField()
    paid_minutes = models.PositiveIntegerField(default=0)
    pro_bono_minutes = models.PositiveIntegerField(default=0)
    clients = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(10_000)])
    number = models.PositiveIntegerField(default=1)  # of the wording it stands at
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="letter_period", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="letter_has_hours",
                condition=models.Q(paid_minutes__gt=0) | models.Q(pro_bono_minutes__gt=0),
            ),
        ]

    def told_in(self, viewer) -> Told:
        return Told(viewer.user_ref, viewer.user_ref)


class LetterMission(ScopedModel):
    """A mission whose clients are not listed, and whose hours a letter attests."""

    letter = models.ForeignKey(VerificationLetter, models.CASCADE, related_name="+")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["letter", "mission"], name="letter_mission_once")]


class HoursRules(ScopedModel):
    """What a practice has changed of the presets: the largest group that counts, the figures of the credentials."""

    practice = models.OneToOneField("accounts.Practice", models.RESTRICT, related_name="+")
    largest_group = models.PositiveSmallIntegerField(
        default=LARGEST_GROUP, validators=[MinValueValidator(2), MaxValueValidator(MOST_IN_GROUP)]
    )
    figures = models.JSONField(default=dict, blank=True)  # credential → figure → number
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(name="hours_group", condition=models.Q(largest_group__gte=2)),
        ]

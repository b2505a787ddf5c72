"""What a coach takes to their supervision (article Supervision). The words lie in the vault; here are references and dates.

A point names nobody: it belongs to its coach, not to a mission, and stays when a mission's texts are erased.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from coaching.kernel.events import Told
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import Form, Level, PointState, Preset, Relation, SupervisionState
from .figures import ATTEST_WITHIN, GROUP_SHARE


class SupervisionPoint(ScopedModel):
    """Something that questions a coach, in words that name nobody. Nobody but its author ever opens it.

    ``note`` says where it came from, as long as that note is there.
    """

    ref = RefField(prefix="PT")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    note = models.ForeignKey("notes.SessionNote", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=PointState, default=PointState.OPEN)
    sealed_ref = models.CharField(max_length=16)
    number = models.PositiveIntegerField(default=1)  # of the wording it stands at
    written_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    treated_at = models.DateTimeField(null=True, blank=True)  # when the coach said so
    brought_on = models.DateField(null=True, blank=True)  # the day of the supervision
    session = models.ForeignKey(
        "SupervisionSession", models.RESTRICT, null=True, blank=True, related_name="+"
    )  # where it was treated, when the coach has said so

    class Meta(ScopedModel.Meta):
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(name="point_state", condition=models.Q(state__in=PointState.values)),
            models.CheckConstraint(
                name="point_treated_has_its_date",
                condition=~models.Q(state=PointState.TREATED) | models.Q(treated_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["coach", "state"], name="point_of_coach")]

    def told_in(self, viewer) -> Told:
        """A chain of its coach's own: nobody else learns that there is a point, nor of which mission it could be."""
        return Told(viewer.user_ref, viewer.user_ref)

    @property
    def open(self) -> bool:
        return self.state == PointState.OPEN


class Supervisor(ScopedModel):
    """A peer or a third party to whom a coach brings what questions them, and what they have agreed on."""

    ref = RefField(prefix="SV")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)  # without it no attestation can be asked for
    relation = models.CharField(max_length=8, choices=Relation, default=Relation.THIRD_PARTY)
    form = models.CharField(max_length=10, choices=Form, default=Form.INDIVIDUAL)
    credentials = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="fr")
    agreed_from = models.DateField(null=True, blank=True)
    agreed_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="supervisor_relation", condition=models.Q(relation__in=Relation.values)
            ),
            models.CheckConstraint(name="supervisor_form", condition=models.Q(form__in=Form.values)),
            models.CheckConstraint(
                name="supervisor_agreement_begins_before_it_ends",
                condition=models.Q(agreed_from=None)
                | models.Q(agreed_until=None)
                | models.Q(agreed_until__gte=models.F("agreed_from")),
            ),
        ]

    def __str__(self):
        return self.name


class SupervisionSession(ScopedModel):
    """A supervision that took place: its day, how long, in what form. What the coach takes from it is sealed to them alone."""

    ref = RefField(prefix="SP")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    supervisor = models.ForeignKey(Supervisor, models.RESTRICT, related_name="+")
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=10, choices=Form)
    state = models.CharField(max_length=10, choices=SupervisionState, default=SupervisionState.RECORDED)
    learning_ref = models.CharField(max_length=16, blank=True)
    number = models.PositiveIntegerField(default=1)  # of the wording it stands at
    recorded_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    attested_at = models.DateTimeField(null=True, blank=True)
    attested_name = models.CharField(max_length=120, blank=True)  # as the supervisor typed it
    contested_at = models.DateTimeField(null=True, blank=True)
    contested_with = models.TextField(max_length=1000, blank=True)  # the supervisor's words to the coach
    dropped_at = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(
        "documents.Document", models.RESTRICT, null=True, blank=True, related_name="+"
    )  # the attestation, once it is made

    class Meta(ScopedModel.Meta):
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="supervision_state", condition=models.Q(state__in=SupervisionState.values)
            ),
            models.CheckConstraint(name="supervision_form", condition=models.Q(form__in=Form.values)),
            models.UniqueConstraint(
                fields=["supervisor", "held_on"],
                condition=~models.Q(state=SupervisionState.DROPPED),
                name="supervision_once_a_day",
            ),
            models.CheckConstraint(name="supervision_lasts", condition=models.Q(minutes__gt=0)),
            models.CheckConstraint(
                name="supervision_attested_by_somebody_on_a_day",
                condition=~models.Q(state=SupervisionState.ATTESTED)
                | (models.Q(attested_at__isnull=False) & ~models.Q(attested_name="")),
            ),
            models.CheckConstraint(
                name="supervision_asked_has_its_date",
                condition=~models.Q(state=SupervisionState.ASKED) | models.Q(asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="supervision_contested_has_its_date",
                condition=~models.Q(state=SupervisionState.CONTESTED) | models.Q(contested_at__isnull=False),
            ),
            models.CheckConstraint(
                name="supervision_dropped_has_its_date",
                condition=~models.Q(state=SupervisionState.DROPPED) | models.Q(dropped_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["coach", "held_on"], name="supervision_of_coach")]

    def told_in(self, viewer) -> Told:
        """In the practice's chain: that a supervision took place is no secret, what was said there is."""
        return Told(viewer.practice_ref, viewer.user_ref)


class AttestationLink(ScopedModel):
    """A one-purpose link to a supervisor. Only the hash of its token is kept; the token lives in one e-mail."""

    session = models.ForeignKey(SupervisionSession, models.RESTRICT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="attestation_one_live_link",
            )
        ]


FIGURE = [MinValueValidator(1), MaxValueValidator(200)]
AT_LEAST = [MaxValueValidator(200)]


class SupervisionRule(ScopedModel):
    """How much supervision a practice asks of its coaches: without a row, the first preset stands."""

    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+", unique=True)
    preset = models.CharField(max_length=6, choices=Preset, default=Preset.EMCC)
    coaching_hours = models.PositiveSmallIntegerField(default=35, validators=FIGURE)
    hours_a_year = models.PositiveSmallIntegerField(default=4, validators=AT_LEAST)
    hours_a_quarter = models.PositiveSmallIntegerField(default=1, validators=AT_LEAST)
    group_share = models.PositiveSmallIntegerField(default=GROUP_SHARE, validators=[MaxValueValidator(100)])
    attest_within = models.PositiveSmallIntegerField(
        default=ATTEST_WITHIN, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(
                name="supervision_rule_preset", condition=models.Q(preset__in=Preset.values)
            ),
            models.CheckConstraint(name="supervision_rule_hours", condition=models.Q(coaching_hours__gte=1)),
        ]


class StricterRule(ScopedModel):
    """A coach who asks more of themself than their practice does."""

    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    coaching_hours = models.PositiveSmallIntegerField(validators=FIGURE)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "coach"], name="stricter_rule_once"),
            models.CheckConstraint(name="stricter_rule_hours", condition=models.Q(coaching_hours__gte=1)),
        ]


class Notice(ScopedModel):
    """What a coach was last written to about: the level they had reached. One letter for each rise."""

    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    level = models.CharField(max_length=8, choices=Level, default=Level.FINE)
    at = models.DateTimeField(auto_now=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "coach"], name="supervision_notice_once"),
            models.CheckConstraint(
                name="supervision_notice_level", condition=models.Q(level__in=Level.values)
            ),
        ]


class YearRecord(ScopedModel):
    """The yearly record of a coach's supervision, as it was made on a day. Another one is another row."""

    ref = RefField(prefix="YR")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    year = models.PositiveSmallIntegerField()
    document = models.ForeignKey("documents.Document", models.RESTRICT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-year", "-id"]

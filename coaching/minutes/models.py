"""The minutes of a three-way meeting: what the coach writes, what each side is proposed and says of it, what all agreed on.

Each side has a table of its own. No key leads from what the organisation may read to what a coachee answered, nor back:
both only point to :class:`Minutes`, which holds no words and whose rows have no way down.
"""

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import Answer, MinutesState


class Minutes(ScopedModel):
    """Of one meeting that was held. ``revision`` moves at each draft, ``number`` and ``sha256`` at each text proposed."""

    ref = RefField(prefix="MT")
    session = models.ForeignKey("coaching_sessions.CoachingSession", models.RESTRICT, related_name="+")
    state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    draft_ref = models.CharField(max_length=16)
    revision = models.PositiveIntegerField(default=1)
    number = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    written_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=~models.Q(state=MinutesState.SET_ASIDE),
                name="minutes_of_a_session_once",
            ),
            models.CheckConstraint(name="minutes_state", condition=models.Q(state__in=MinutesState.values)),
            models.CheckConstraint(
                name="minutes_proposed_has_its_date",
                condition=~models.Q(state__in=[MinutesState.PROPOSED, MinutesState.AGREED])
                | models.Q(proposed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="minutes_agreed_has_its_text",
                condition=~models.Q(state=MinutesState.AGREED)
                | (models.Q(number__gt=0) & ~models.Q(sha256="")),
            ),
            models.CheckConstraint(
                name="minutes_agreed_has_its_date",
                condition=~models.Q(state=MinutesState.AGREED) | models.Q(agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="minutes_set_aside_has_its_date",
                condition=~models.Q(state=MinutesState.SET_ASIDE) | models.Q(set_aside_at__isnull=False),
            ),
        ]

    @property
    def mission_ref(self) -> str:
        return self.session.mission.ref


class Copy(ScopedModel):
    """A text as it was proposed to one side, and what that side says of it. ``revision`` moves at each answer.

    ``final`` once all have agreed: it is then evidence, and nothing changes it.
    """

    minutes = models.ForeignKey(Minutes, models.RESTRICT, related_name="+")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.NONE)
    revision = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    final = models.BooleanField(default=False)

    class Meta(ScopedModel.Meta):
        abstract = True


class CoacheeCopy(Copy):
    """One coachee's. Text and wording lie in the vault, for coach and coachee.

    The divergence is sealed to the product, not to people: it is read out to all at the moment they agree, and whoever
    agrees last may be somebody who opens nothing in the vault.
    """

    ref = RefField(prefix="MC")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    text_ref = models.CharField(max_length=16)
    wording_ref = models.CharField(max_length=16, blank=True)
    divergence = models.BinaryField(blank=True, default=b"")

    class Meta(Copy.Meta):
        ordering = ["-number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number", "seat"], name="coachee_copy_once"),
            models.CheckConstraint(
                name="coachee_copy_answered_has_its_date",
                condition=models.Q(answer=Answer.NONE) | models.Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="coachee_copy_final_is_approved",
                condition=models.Q(final=False) | models.Q(answer=Answer.APPROVED),
            ),
        ]
        indexes = [models.Index(fields=["seat"], name="coachee_copy_of_seat")]


class OrganisationCopy(Copy):
    """The organisation's, whose people open nothing in the vault. ``answered_by`` says who spoke for it."""

    ref = RefField(prefix="MO")
    text = models.TextField(max_length=20_000)
    wording = models.TextField(max_length=20_000, blank=True)
    divergence = models.TextField(max_length=4_000, blank=True)
    answered_by = models.ForeignKey("missions.Seat", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta(Copy.Meta):
        ordering = ["-number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="organisation_copy_once"),
            models.CheckConstraint(
                name="organisation_copy_answered_has_its_author",
                condition=models.Q(answer=Answer.NONE)
                | models.Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_copy_final_is_approved",
                condition=models.Q(final=False) | models.Q(answer=Answer.APPROVED),
            ),
        ]


class AgreedMinutes(ScopedModel):
    """The text every side approved. Written once, by the last approval; read by all of them."""

    ref = RefField(prefix="MA")
    minutes = models.ForeignKey(Minutes, models.RESTRICT, unique=True, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=20_000)
    sha256 = models.CharField(max_length=64)
    agreed_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]


class AgreedSide(ScopedModel):
    """Who approved the agreed text, when, and what they hold beside it. Written once, with it."""

    agreed = models.ForeignKey(AgreedMinutes, models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    approved_at = models.DateTimeField()
    divergence = models.TextField(max_length=4_000, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agreed", "seat"], name="agreed_side_once")]

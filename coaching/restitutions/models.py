"""What a coach gives back to an organisation: prepared with the coachee, approved by them, then released, once and for all.

Before its release its words lie in the vault, sealed to coach and coachee. :class:`ReleasedRestitution` is a copy by value
of the approved text, and all that the organisation's pages ever read.
"""

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel
from coaching.missions.enums import SeatRole, Side
from contracts.scope_words import TO

from .enums import OPEN, RestitutionState

S = RestitutionState


class Restitution(ScopedModel):
    """One restitution about one coachee to one addressee, from its first draft on.

    ``number`` is that of its last :class:`RestitutionText`. ``approved_sha256`` is the text the coachee approved, and is
    empty again whenever it is no longer that text which would go.
    """

    ref = RefField(prefix="RT")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    addressee = models.CharField(max_length=10, choices=SeatRole)
    state = models.CharField(max_length=10, choices=RestitutionState, default=S.DRAFT)
    number = models.PositiveIntegerField(default=1)
    asked_ref = models.CharField(max_length=16, blank=True)  # what the coachee would have otherwise, sealed
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_sha256 = models.CharField(max_length=64, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # refused, or set aside

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "addressee"],
                condition=models.Q(state__in=sorted(OPEN)),
                name="restitution_one_at_a_time",
            ),
            models.CheckConstraint(name="restitution_state", condition=models.Q(state__in=S.values)),
            models.CheckConstraint(
                name="restitution_approved_has_its_hash",
                condition=~models.Q(state__in=[S.APPROVED, S.RELEASED, S.WITHDRAWN])
                | (~models.Q(approved_sha256="") & models.Q(approved_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="restitution_released_has_its_date",
                condition=~models.Q(state__in=[S.RELEASED, S.WITHDRAWN])
                | models.Q(released_at__isnull=False),
            ),
            models.CheckConstraint(
                name="restitution_withdrawn_has_its_date",
                condition=~models.Q(state=S.WITHDRAWN) | models.Q(withdrawn_at__isnull=False),
            ),
        ]

    @property
    def mission_ref(self) -> str:
        return self.seat.mission.ref

    @property
    def to_label(self):
        return TO[self.addressee]


class RestitutionText(ScopedModel):
    """A restitution as one of the two worded it at one moment. Never changed: other words are another."""

    ref = RefField(prefix="RX")
    restitution = models.ForeignKey(Restitution, models.RESTRICT, related_name="+")
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=8, choices=Side)
    sealed_ref = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["restitution", "number"], name="restitution_text_once")
        ]


class ReleasedRestitution(ScopedModel):
    """The text that the coachee approved, by value, as its addressee reads it. Never changed, never deleted (I2)."""

    ref = RefField(prefix="RR")
    restitution = models.ForeignKey(Restitution, models.RESTRICT, unique=True, related_name="+")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    addressee = models.CharField(max_length=10, choices=SeatRole)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    document = models.ForeignKey("documents.Document", models.RESTRICT, related_name="+")
    approved_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    released_at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        ordering = ["-released_at", "-id"]
        indexes = [models.Index(fields=["mission", "addressee"], name="released_to")]


class Receipt(ScopedModel):
    """An addressee opened what was released to them: who, from which seat, and when. The first time counts.

    It points to the restitution, not to the copy that left: the engine shows that copy to its readers alone, and who has
    read it is asked where nobody is looking at it.
    """

    restitution = models.ForeignKey(Restitution, models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["restitution", "user"], name="receipt_once")]

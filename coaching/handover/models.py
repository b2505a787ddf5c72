"""One coachee handed over to a colleague (article « Obligation de réserve »): proposed, agreed item by item, taken up.

The words lie in the vault: as they were proposed, sealed to coach and coachee; as the coachee agreed to them, sealed to
the coachee and the colleague alone.
"""

from django.conf import settings
from django.db import models

from coaching.kernel.events import Told
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import OPEN, HandOverState

S = HandOverState
UNTOLD = (S.PROPOSED, S.DECLINED, S.WITHDRAWN)


class HandOver(ScopedModel):
    """What a coach would hand over of one coachee to one colleague. Never reworded: another proposal is another row."""

    ref = RefField(prefix="HO")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=12, choices=HandOverState, default=S.PROPOSED)
    items = models.JSONField(default=list)
    proposed_ref = models.CharField(max_length=16)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed = models.JSONField(default=list, blank=True)
    agreed_ref = models.CharField(max_length=16, blank=True)
    agreed_sha256 = models.CharField(max_length=64, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    consent = models.ForeignKey("consents.Consent", models.RESTRICT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # taken up, declined by either, taken back

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=models.Q(state__in=sorted(OPEN)),
                name="handover_one_at_a_time",
            ),
            models.CheckConstraint(name="handover_state", condition=models.Q(state__in=S.values)),
            models.CheckConstraint(
                name="handover_agreed_has_its_text_and_its_consent",
                condition=models.Q(state__in=UNTOLD)
                | (
                    ~models.Q(agreed_ref="")
                    & ~models.Q(agreed_sha256="")
                    & models.Q(agreed_at__isnull=False, consent__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="handover_over_has_its_date",
                condition=models.Q(state__in=sorted(OPEN), ended_at=None)
                | (~models.Q(state__in=sorted(OPEN)) & models.Q(ended_at__isnull=False)),
            ),
        ]

    @property
    def mission_ref(self) -> str:
        return self.seat.mission.ref

    def told_in(self, viewer) -> Told:
        """Until the coachee has agreed, in a chain of its own: a colleague who reads the practice's journal learns nothing."""
        if self.agreed_at is None:
            return Told(self.ref, viewer.user_ref)
        return Told(viewer.practice_ref, viewer.user_ref, self.mission_ref)


class HandOverRecord(ScopedModel):
    """That it took place: who handed what over to whom, agreed when, taken up when. Never changed, never deleted."""

    ref = RefField(prefix="HR")
    handover = models.ForeignKey(HandOver, models.RESTRICT, unique=True, related_name="+")
    former = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, unique=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    coachee = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    items = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    agreed_at = models.DateTimeField()
    taken_up_at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]

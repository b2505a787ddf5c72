"""What a coach has learnt and goes on learning, and what of it was shown to whom (articles Formation et transparence, Maintien)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel
from coaching.kernel.viewer import Portal

from .enums import MOST_QUARTERS, ActivityKind, Step, in_hours


class Qualification(ScopedModel):
    """A training or a credential of one coach."""

    ref = RefField(prefix="QL")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=200)
    obtained_on = models.DateField()
    hours = models.PositiveIntegerField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-obtained_on", "id"]

    @property
    def expired(self) -> bool:
        """Valid until a day means that day too."""
        return self.expires_on is not None and self.expires_on < timezone.localdate()


class DevelopmentActivity(ScopedModel):
    """Some hours of a coach's own development. What they learnt may speak of their work: its words lie in the vault."""

    ref = RefField(prefix="DA")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=10, choices=ActivityKind)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=200, blank=True)
    held_on = models.DateField()
    quarters = models.PositiveSmallIntegerField()  # of an hour
    learning_ref = models.CharField(max_length=16, blank=True)
    number = models.PositiveIntegerField(default=1)  # of the wording it stands at
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(name="activity_kind", condition=Q(kind__in=ActivityKind.values)),
            models.CheckConstraint(
                name="activity_hours", condition=Q(quarters__gte=1, quarters__lte=MOST_QUARTERS)
            ),
        ]
        indexes = [models.Index(fields=["coach", "held_on"], name="activity_of_year")]

    @property
    def hours(self) -> int | float:
        return in_hours(self.quarters)


class Proof(ScopedModel):
    """A file that proves a qualification or an activity: cleaned, sealed on disk under ``address``, never changed.

    Another one takes its place; what is removed or replaced is erased from the disk, and its row says when. No name of
    the file that was sent is kept.
    """

    ref = RefField(prefix="PF")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    qualification = models.ForeignKey(Qualification, models.RESTRICT, null=True, blank=True, related_name="+")
    activity = models.ForeignKey(
        DevelopmentActivity, models.RESTRICT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=4)
    address = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    shared = models.BooleanField(default=False)  # with the clients who read the sheet
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(name="proof_kind", condition=Q(kind__in=("pdf", "png", "jpeg"))),
            models.CheckConstraint(
                name="proof_of_one_thing",
                condition=Q(qualification__isnull=True, activity__isnull=False)
                | Q(qualification__isnull=False, activity__isnull=True),
            ),
            models.CheckConstraint(
                name="proof_shared_of_a_qualification",
                condition=Q(shared=False) | Q(qualification__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["qualification"], condition=Q(removed_at=None), name="proof_of_qualification"
            ),
            models.UniqueConstraint(
                fields=["activity"], condition=Q(removed_at=None), name="proof_of_activity"
            ),
        ]


class PublicSheet(ScopedModel):
    """A coach's sheet, open to whoever has its address while it is published. Published again, it has another address."""

    ref = RefField(prefix="FP")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "coach"], condition=Q(ended_at=None), name="public_sheet_once"
            )
        ]


class ShownSheet(ScopedModel):
    """The sheet a client asked for, as it was shown: by value, for good. A mission stands above: here is its reference."""

    ref = RefField(prefix="FM")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    shown_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    portal = models.CharField(max_length=12)
    mission_ref = models.CharField(max_length=16)
    shown_as = models.CharField(max_length=120)  # who they were at that table, by name
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    shown_at = models.DateTimeField()
    document = models.ForeignKey("documents.Document", models.RESTRICT, related_name="+")

    class Meta(ScopedModel.Meta):
        ordering = ["-shown_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="sheet_portal",
                condition=Q(portal__in=(Portal.COACHEE.value, Portal.ORGANISATION.value)),
            ),
            models.UniqueConstraint(
                fields=["coach", "shown_to", "portal", "mission_ref", "sha256"], name="sheet_shown_once_a_day"
            ),
        ]


class Notice(ScopedModel):
    """A letter that was written to a coach about ``about``, so that it is written once."""

    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    about = models.CharField(max_length=16)  # the reference of a qualification, or a year
    step = models.CharField(max_length=6, choices=Step)
    day = models.DateField()  # the one it is about: another day, another letter
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(name="notice_step", condition=Q(step__in=Step.values)),
            models.UniqueConstraint(fields=["practice", "coach", "about", "step", "day"], name="notice_once"),
        ]

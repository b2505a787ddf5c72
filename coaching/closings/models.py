"""What surrounds the end of a mission: a letter to each party and its acknowledgement, the coachee's last look, what they think of it.

Why a mission ended, and who is told what, is written in ``missions.Refusal`` and ``missions.Termination``.
"""

from django.conf import settings
from django.db import models

from coaching.kernel.events import Told
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import Through


class PartyLetter(ScopedModel):
    """What one party was told when a mission ended: the very text, by value, and its PDF. Nobody else at the table reads it.

    Never changed once its PDF is there; a renderer that fails delays the PDF, never the letter.
    """

    ref = RefField(prefix="PL")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    refusal = models.ForeignKey("missions.Refusal", models.RESTRICT, null=True, blank=True, related_name="+")
    termination = models.ForeignKey(
        "missions.Termination", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    document = models.ForeignKey(
        "documents.Document", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "refusal"], name="party_letter_of_refusal_once"),
            models.UniqueConstraint(fields=["seat", "termination"], name="party_letter_of_termination_once"),
            models.CheckConstraint(
                name="party_letter_of_one_ending",
                condition=models.Q(refusal__isnull=False, termination__isnull=True)
                | models.Q(refusal__isnull=True, termination__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["mission"], name="party_letters_of")]

    @property
    def mission_ref(self) -> str:
        return self.mission.ref


class Acknowledgement(ScopedModel):
    """A party says that they have read their letter: one click, once. Whoever has no account does so by its link."""

    letter = models.ForeignKey(PartyLetter, models.RESTRICT, unique=True, related_name="+")
    through = models.CharField(max_length=8, choices=Through)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="acknowledgement_with_an_account_names_it",
                condition=models.Q(through=Through.LINK, user=None)
                | models.Q(through=Through.ACCOUNT, user__isnull=False),
            )
        ]


class Preparation(ScopedModel):
    """The coach says that the coaching comes to its end, and asks its coachees to look at their objectives."""

    mission = models.ForeignKey("missions.Mission", models.RESTRICT, unique=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        pass


class Look(ScopedModel):
    """A coachee has looked at an objective and what was used for it, in words of their own if they like (article 9)."""

    ref = RefField(prefix="LK")
    objective = models.ForeignKey("missions.Objective", models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    words = models.TextField(max_length=2000, blank=True)
    looked_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["objective", "seat"], name="look_once")]


class Satisfaction(ScopedModel):
    """What a coachee answers when asked what the coaching brought them: theirs, in the vault, shared with their coach if they choose.

    Each row is the answer at one moment, never changed; the last one counts. ``shared`` says in which compartment it lies.
    """

    ref = RefField(prefix="SF")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    number = models.PositiveIntegerField()
    shared = models.BooleanField(default=False)
    answer_ref = models.CharField(max_length=16)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["seat", "number"], name="satisfaction_once")]

    def told_in(self, viewer) -> Told:
        """A chain of its coachee's own: nobody else learns whether they answered, unless they share it."""
        return Told(viewer.user_ref, viewer.user_ref)

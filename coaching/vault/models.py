"""The one room where secret texts lie, sealed. Nothing here can be reached by joining from elsewhere.

Other rooms keep a reference and dates. On PostgreSQL, row-level security shows a compartment and its texts
to its members alone, whatever query asks.
"""

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import Audience


class Compartment(ScopedModel):
    """One key for one mission and one audience; sealed, for now, under the deployment's key."""

    ref = RefField(prefix="K")
    practice_ref = models.CharField(max_length=16)
    mission_ref = models.CharField(max_length=16)
    audience = models.CharField(max_length=20, choices=Audience)
    about = models.CharField(max_length=16)  # the coachee's seat in a team; the mission itself otherwise
    founder = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    sealed_key = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["mission_ref", "audience", "about"], name="compartment_once"),
            models.CheckConstraint(
                name="compartment_audience", condition=models.Q(audience__in=Audience.values)
            ),
        ]


class Member(ScopedModel):
    """A person who may open a compartment."""

    compartment = models.ForeignKey(Compartment, models.RESTRICT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["compartment", "user"], name="member_once")]


class SealedText(ScopedModel):
    """A text nobody reads without its compartment. ``place`` and ``row`` say where it belongs, and bind it."""

    ref = RefField(prefix="X")
    compartment = models.ForeignKey(Compartment, models.RESTRICT, related_name="+")
    place = models.CharField(max_length=60)
    row = models.CharField(max_length=16)
    ciphertext = models.BinaryField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["place", "row"], name="one_text_per_place")]

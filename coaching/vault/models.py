"""The one room where secret texts lie, sealed. Nothing here can be reached by joining from elsewhere.

Other rooms keep a reference and dates. On PostgreSQL, row-level security shows a compartment and its texts
to its members alone, whatever query asks, and a key pair to its owner alone.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import Audience


class KeyPair(ScopedModel):
    """A person's private key, wrapped twice: by their password and by their recovery code. The last generation counts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    generation = models.PositiveIntegerField(default=1)
    by_password = models.BinaryField()
    by_code = models.BinaryField(null=True)
    new_code = models.BinaryField(null=True)  # under a code that was shown and not typed back yet
    code_confirmed_at = models.DateTimeField(null=True)
    password_opens = models.BooleanField(default=True)  # no longer once the password was reset by mail
    created_at = models.DateTimeField(default=timezone.now)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["user", "generation"], name="one_pair_per_generation")]


class PublicKey(ScopedModel):
    """The public half: whoever seals a text needs it, and nobody learns anything from it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    generation = models.PositiveIntegerField(default=1)
    key = models.BinaryField()
    mark = models.CharField(max_length=64)  # says that the product wrote it

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["user", "generation"], name="one_public_key_per_generation")
        ]


class Compartment(ScopedModel):
    """The texts of one mission for one audience, under keys that only its members hold.

    What belongs to a coach and to no mission has a compartment of the practice, about the coach.

    A new ``generation`` begins whenever somebody has left, or a member wants it so: what is written from then on lies
    under a new key. ``sealed_key`` is the key of generation 0, from before there were key pairs.
    """

    ref = RefField(prefix="K")
    practice_ref = models.CharField(max_length=16)
    mission_ref = models.CharField(max_length=16)
    audience = models.CharField(max_length=20, choices=Audience)
    about = models.CharField(
        max_length=16
    )  # the coachee's seat in a team, the coach; the mission itself otherwise
    founder = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    sealed_key = models.BinaryField(null=True)
    first = models.PositiveIntegerField(default=1)  # its first generation: 0 from before there were key pairs
    generation = models.PositiveIntegerField(default=0)  # the last one begun
    renew = models.BooleanField(default=False)  # the next text begins a new generation
    destroyed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["mission_ref", "audience", "about"], name="compartment_once"),
            models.CheckConstraint(
                name="compartment_audience", condition=models.Q(audience__in=Audience.values)
            ),
        ]


class Member(ScopedModel):
    """A person who may open a compartment. Row-level security asks this table, and shows each person their own rows."""

    compartment = models.ForeignKey(Compartment, models.RESTRICT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["compartment", "user"], name="member_once")]


class Recipient(ScopedModel):
    """A member as the others know them: somebody to whom keys are sealed, and who may be ``waiting`` for one."""

    compartment = models.ForeignKey(Compartment, models.RESTRICT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    waiting = models.BooleanField(default=True)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["compartment", "user"], name="recipient_once")]


class SealedKey(ScopedModel):
    """A compartment's key of one generation, for one generation of one member's pair."""

    compartment = models.ForeignKey(Compartment, models.RESTRICT, related_name="+")
    generation = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    pair = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["user", "compartment", "generation", "pair"], name="one_key_per_member"
            )
        ]


class SealedText(ScopedModel):
    """A text nobody reads without its compartment. ``place`` and ``row`` say where it belongs, and bind it.

    A text that is replaced stays: the new one is the next ``number`` of the same place and row.
    """

    ref = RefField(prefix="X")
    compartment = models.ForeignKey(Compartment, models.RESTRICT, related_name="+")
    generation = models.PositiveIntegerField(default=1)
    place = models.CharField(max_length=60)
    row = models.CharField(max_length=16)
    number = models.PositiveIntegerField(default=1)
    ciphertext = models.BinaryField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["place", "row", "number"], name="one_text_per_place")]

"""Signing a contract: a round, who is to sign, the codes, the signatures, and the sealed contract that comes of them."""

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import Channel, Closing, SignatoryRole, SigningOrder


class SigningRound(ScopedModel):
    """One version sent for signature: to whom, in what order, until when. Closed once, with the reason."""

    ref = RefField(prefix="SR")
    contract = models.ForeignKey("contracts.Contract", models.RESTRICT, related_name="+")
    version = models.ForeignKey("contracts.ContractVersion", models.RESTRICT, related_name="+")
    order = models.CharField(max_length=12, choices=SigningOrder, default=SigningOrder.ANY)
    message = models.TextField(max_length=1000, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=10, choices=Closing, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=models.Q(closed_at=None), name="signing_one_round_alive"
            ),
            models.CheckConstraint(
                name="signing_closed_with_its_reason",
                condition=models.Q(closed_at=None, closing="")
                | models.Q(closed_at__isnull=False, closing__in=Closing.values),
            ),
            models.CheckConstraint(name="signing_order", condition=models.Q(order__in=SigningOrder.values)),
        ]


class Signatory(ScopedModel):
    """One person who is to sign in a round, by value: as the contract names them. The coach has no seat."""

    ref = RefField(prefix="SG")
    round = models.ForeignKey(SigningRound, models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=10, choices=SignatoryRole)
    name = models.CharField(max_length=120)
    capacity = models.CharField(max_length=60)  # their role in the words of the contract
    organisation = models.CharField(max_length=160, blank=True)
    email = models.EmailField()
    language = models.CharField(max_length=5)
    position = models.PositiveSmallIntegerField()
    # The link's token is derived from the deployment's key, the reference and this number; only its hash is kept.
    link_number = models.PositiveSmallIntegerField(default=1)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    displayed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.TextField(max_length=2000, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="signatory_position_once"),
            models.UniqueConstraint(fields=["round", "seat"], name="signatory_once_per_seat"),
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(seat=None), name="signatory_one_coach"
            ),
            models.CheckConstraint(
                name="signatory_coach_has_no_seat",
                condition=models.Q(role=SignatoryRole.COACH, seat=None)
                | ~models.Q(role=SignatoryRole.COACH) & models.Q(seat__isnull=False),
            ),
            models.CheckConstraint(
                name="signatory_declines_with_a_reason",
                condition=models.Q(declined_at=None) | ~models.Q(decline_reason=""),
            ),
        ]


class Challenge(ScopedModel):
    """One code, for one signatory, one document, one browser: ten minutes, five tries, used once."""

    ref = RefField(prefix="SC")
    signatory = models.ForeignKey(Signatory, models.RESTRICT, related_name="+")
    channel = models.CharField(max_length=6, choices=Channel)
    mac = models.CharField(max_length=64)
    sent_to = models.EmailField(blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    consumed_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["signatory"],
                condition=models.Q(consumed_at=None, voided_at=None),
                name="challenge_one_alive",
            ),
            models.CheckConstraint(name="challenge_five_tries", condition=models.Q(tries__lte=5)),
        ]


class Signature(ScopedModel):
    """What one person did, once: the proof of it, by value. Never changed, never deleted."""

    ref = RefField(prefix="SN")
    signatory = models.ForeignKey(Signatory, models.RESTRICT, related_name="+", unique=True)
    document_sha256 = models.CharField(max_length=64)
    consent = models.TextField(max_length=1000)
    consent_sha256 = models.CharField(max_length=64)
    typed_name = models.CharField(max_length=120)
    channel = models.CharField(max_length=6, choices=Channel)
    challenge = models.ForeignKey(Challenge, models.RESTRICT, related_name="+", unique=True)
    address = models.EmailField()  # where the invitation, and the code, went
    ip = models.CharField(max_length=45)
    user_agent = models.CharField(max_length=400, blank=True)
    access = models.CharField(max_length=8)  # "account" or "link"
    account_ref = models.CharField(max_length=16, blank=True)
    displayed_at = models.DateTimeField()
    signed_at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        ordering = ["signed_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="signature_after_display",
                condition=models.Q(signed_at__gte=models.F("displayed_at")),
            ),
            models.CheckConstraint(
                name="signature_access",
                condition=models.Q(access="link", account_ref="")
                | models.Q(access="account") & ~models.Q(account_ref=""),
            ),
        ]


class SealedContract(ScopedModel):
    """A contract once and for all: every signature given, its PDF under the practice's seal. Never changed."""

    ref = RefField(prefix="SD")
    contract = models.ForeignKey("contracts.Contract", models.RESTRICT, related_name="+", unique=True)
    version = models.ForeignKey("contracts.ContractVersion", models.RESTRICT, related_name="+")
    document = models.ForeignKey("documents.Document", models.RESTRICT, related_name="+")
    evidence = models.TextField()
    certificate = models.CharField(max_length=64)
    timestamped = models.BooleanField(default=False)
    sealed_at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        pass

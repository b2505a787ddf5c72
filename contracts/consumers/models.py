"""What is kept of a consumer's rights: each row is written once, and never changed."""

from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

ACCESS = (("account", "account"), ("link", "link"))


def _access(name: str) -> models.CheckConstraint:
    """Through an account that is named, or through a link that names nobody's."""
    by_account = models.Q(access="account") & ~models.Q(account_ref="")
    return models.CheckConstraint(name=name, condition=models.Q(access="link", account_ref="") | by_account)


class Information(ScopedModel):
    """What the law wants a consumer told before they commit, for one version of a contract, as it was shown."""

    ref = RefField(prefix="PI")
    version = models.ForeignKey("contracts.ContractVersion", models.RESTRICT, related_name="+", unique=True)
    document = models.ForeignKey("documents.Document", models.RESTRICT, related_name="+")
    text = models.TextField()  # Markdown, by value
    wording = models.CharField(max_length=10)  # the date of the legal text it was made from
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        pass


class InformationReceipt(ScopedModel):
    """A consumer says they have received the information: what they said, when, how they had come."""

    ref = RefField(prefix="PR")
    information = models.ForeignKey(Information, models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    statement = models.TextField()
    access = models.CharField(max_length=8, choices=ACCESS)
    account_ref = models.CharField(max_length=16, blank=True)
    received_at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["information", "seat"], name="information_received_once"),
            _access("information_receipt_access"),
        ]


class EarlyStart(ScopedModel):
    """A consumer expressly asks that the sessions begin before the fourteen days are over (L. 221-25)."""

    ref = RefField(prefix="ES")
    version = models.ForeignKey("contracts.ContractVersion", models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    statement = models.TextField()
    access = models.CharField(max_length=8, choices=ACCESS)
    account_ref = models.CharField(max_length=16, blank=True)
    requested_at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "seat"], name="early_start_asked_once"),
            _access("early_start_access"),
        ]


class Withdrawal(ScopedModel):
    """A consumer withdraws from the contract: their statement, word for word, with its date and time."""

    ref = RefField(prefix="WD")
    contract = models.ForeignKey("contracts.Contract", models.RESTRICT, related_name="+", unique=True)
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()  # where the acknowledgement goes, as the consumer said
    statement = models.TextField()
    access = models.CharField(max_length=8, choices=ACCESS)
    account_ref = models.CharField(max_length=16, blank=True)
    withdrawn_at = models.DateTimeField()
    document = models.ForeignKey(
        "documents.Document", models.RESTRICT, related_name="+", null=True, blank=True
    )  # none when it could not be made at that moment: the letter says the same

    class Meta(ScopedModel.Meta):
        constraints = [_access("withdrawal_access")]

"""Contracts: the practice's clauses, a draft with its terms, and versions frozen for the parties to read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel
from coaching.missions.enums import SeatRole

from .enums import (
    ENDED,
    OVER,
    PLACE_CHOICES,
    CommentAudience,
    CommentKind,
    Condition,
    ContractKind,
    ContractState,
    Instrument,
    Language,
    Outcome,
    ScopeItem,
    Section,
)


class Clause(ScopedModel):
    """One clause of a practice's library: for a section, a language and the kinds it suits."""

    ref = RefField(prefix="CL")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    section = models.CharField(max_length=20, choices=Section)
    language = models.CharField(max_length=2, choices=Language)
    name = models.CharField(max_length=60)
    kinds = models.JSONField(default=list, blank=True)
    conditions = models.JSONField(default=list, blank=True)
    title = models.CharField(max_length=160)
    body = models.TextField()
    updated_at = models.DateTimeField(auto_now=True)
    edited = models.BooleanField(default=False)  # no longer the bundled text

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(name="clause_section", condition=models.Q(section__in=Section.values)),
            models.UniqueConstraint(fields=["practice", "language", "name"], name="clause_once"),
        ]

    @property
    def use(self) -> str:
        """Where the clause goes, in words: the kinds of contract it suits, and on what condition."""
        every = len(self.kinds) == len(ContractKind)
        kinds = [_("Every contract")] if every else [ContractKind(kind).label for kind in self.kinds]
        return " · ".join(str(word) for word in (*kinds, *(Condition(one).label for one in self.conditions)))


CONTRACT_DATES = (
    (ContractState.REVIEW, "shared_at"),
    (ContractState.SIGNING, "sent_at"),
    (ContractState.SIGNED, "signed_at"),
    (ContractState.SEALED, "sealed_at"),
    (ContractState.DECLINED, "declined_at"),
    (ContractState.WITHDRAWN, "withdrawn_at"),
)


def _dated(state: ContractState, column: str) -> models.CheckConstraint:
    """A state stands with the date it was reached, or not at all."""
    said = ~models.Q(state=state) | models.Q(**{f"{column}__isnull": False})
    return models.CheckConstraint(name=f"contract_{state.value}_has_its_date", condition=said)


def _leans(instrument: Instrument, *, base: bool, seat: bool | None, number: bool) -> models.Q:
    """What a document of this instrument names: the contract it leans on, the coachee it is of, its number."""
    said = models.Q(instrument=instrument, base__isnull=not base, number__isnull=not number)
    return said if seat is None else said & models.Q(seat__isnull=not seat)


class Contract(ScopedModel):
    """The contract of a mission, an amendment to it or an adhesion to it: one life, in its own language.

    ``kind`` is that of the contract for the documents that lean on it too. ``seat`` is the coachee whose document it is:
    nobody reads it but they and the coach; without one it is the whole table's.
    """

    ref = RefField(prefix="C")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=12, choices=ContractKind)
    instrument = models.CharField(max_length=10, choices=Instrument, default=Instrument.CONTRACT)
    base = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField(null=True, blank=True)  # of an amendment to its base
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2, choices=Language)
    state = models.CharField(max_length=12, choices=ContractState, default=ContractState.DRAFT)
    charter = models.ForeignKey("charter.CharterVersion", models.RESTRICT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now_add=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)  # for signature, last
    signed_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)  # moves at every edit: a freeze checks it has not

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="contract_state", condition=models.Q(state__in=ContractState.values)),
            models.UniqueConstraint(
                fields=["mission"],
                condition=models.Q(instrument=Instrument.CONTRACT) & ~models.Q(state__in=ENDED),
                name="contract_one_alive",
            ),
            models.UniqueConstraint(
                fields=["base"],
                condition=models.Q(instrument=Instrument.AMENDMENT) & ~models.Q(state__in=OVER),
                name="amendment_one_under_way",
            ),
            models.UniqueConstraint(
                fields=["base", "number"],
                condition=models.Q(instrument=Instrument.AMENDMENT) & ~models.Q(state__in=ENDED),
                name="amendment_number_once",
            ),
            models.UniqueConstraint(
                fields=["seat"],
                condition=models.Q(instrument=Instrument.ADHESION) & ~models.Q(state__in=ENDED),
                name="adhesion_one_alive",
            ),
            models.CheckConstraint(
                name="contract_leans_as_its_instrument",
                condition=_leans(Instrument.CONTRACT, base=False, seat=False, number=False)
                | _leans(Instrument.AMENDMENT, base=True, seat=None, number=True)
                | _leans(Instrument.ADHESION, base=True, seat=True, number=False),
            ),
            *(_dated(state, column) for state, column in CONTRACT_DATES),
        ]

    @property
    def mission_ref(self) -> str:
        return self.mission.ref

    @property
    def called(self):
        """What the document is called in front of people."""
        if self.instrument == Instrument.AMENDMENT:
            return _("Amendment no. %(number)s") % {"number": self.number}
        return self.get_kind_display() if self.instrument == Instrument.CONTRACT else _("Adhesion")


class Amendment(ScopedModel):
    """What an amendment says beside the clauses it changes: why it is made, in words the parties read."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", unique=True)
    purpose = models.TextField(max_length=4000, blank=True)

    class Meta(ScopedModel.Meta):
        pass


class Terms(ScopedModel):
    """Conditions and fees: figures and dates that clauses quote, so that they are said once."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", unique=True)
    sessions_count = models.PositiveSmallIntegerField(null=True, blank=True)
    session_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    rhythm = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    places = models.CharField(max_length=300, blank=True)
    media = models.JSONField(default=list, blank=True)
    between_sessions = models.CharField(max_length=300, blank=True)
    notice_hours = models.PositiveSmallIntegerField(default=48)
    fee_total = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    fee_schedule = models.TextField(max_length=1000, blank=True)
    payment_days = models.PositiveSmallIntegerField(default=30)
    session_dates_shared = models.BooleanField(default=False)
    is_consumer = models.BooleanField(default=False)
    at_distance = models.BooleanField(default=True)

    class Meta(ScopedModel.Meta):
        pass


class ContractClause(ScopedModel):
    """A clause as it stands in one contract's draft."""

    ref = RefField(prefix="CC")
    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+")
    section = models.CharField(max_length=20, choices=Section)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    body = models.TextField()
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["contract", "section"], name="contract_section_once")]


class ContractVersion(ScopedModel):
    """A contract as its parties read it: frozen, rendered, stored under its hash. Never changed."""

    ref = RefField(prefix="CV")
    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+")
    number = models.PositiveSmallIntegerField()
    document = models.ForeignKey("documents.Document", models.RESTRICT, related_name="+")
    revision = models.PositiveIntegerField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="contract_version_once")]


class Comment(ScopedModel):
    """What a party says of one version, of a clause or of the whole. Never edited: answered once, or withdrawn."""

    ref = RefField(prefix="CO")
    version = models.ForeignKey(ContractVersion, models.RESTRICT, related_name="+")
    section = models.CharField(max_length=20, choices=PLACE_CHOICES, blank=True)  # blank: of the whole
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=8, choices=CommentKind)
    audience = models.CharField(max_length=8, choices=CommentAudience, default=CommentAudience.COACH)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="comment_kind", condition=models.Q(kind__in=CommentKind.values)),
            models.CheckConstraint(
                name="comment_audience", condition=models.Q(audience__in=CommentAudience.values)
            ),
            models.CheckConstraint(
                name="comment_answer_is_whole",
                condition=models.Q(answered_at=None, answered_by=None, outcome="", answer="")
                | models.Q(answered_at__isnull=False, answered_by__isnull=False, outcome__in=Outcome.values),
            ),
            models.CheckConstraint(
                name="comment_answered_or_withdrawn",
                condition=models.Q(answered_at=None) | models.Q(withdrawn_at=None),
            ),
        ]

    @property
    def place(self) -> str:
        """The part of the contract it speaks of, as an address names it."""
        return self.section or "whole"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None


class Verdict(ScopedModel):
    """Everything in this version is fine with this person. Taken back by asking for a change."""

    ref = RefField(prefix="VE")
    version = models.ForeignKey(ContractVersion, models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["version", "user"],
                condition=models.Q(withdrawn_at=None),
                name="verdict_one_alive_per_person",
            ),
        ]


class RestitutionScope(ScopedModel):
    """What one coachee lets the coach give back, to whom (article 15). Set by the coachee; the default is the count."""

    ref = RefField(prefix="RS")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    addressee = models.CharField(max_length=10)
    items = models.JSONField(default=list, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    agreed_at = models.DateTimeField(auto_now=True)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["seat", "addressee"], name="scope_once_per_addressee")]

    @property
    def item_labels(self) -> list:
        return [ScopeItem(item).label for item in self.items]

    @property
    def addressee_label(self):
        return SeatRole(self.addressee).label


class Reading(ScopedModel):
    """A party opened a version of the contract: who, when. The first time counts."""

    version = models.ForeignKey(ContractVersion, models.RESTRICT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="reading_once")]


from .consumers.models import EarlyStart, Information, InformationReceipt, Withdrawal  # noqa: E402, F401
from .signing_models import Challenge, SealedContract, Signatory, Signature, SigningRound  # noqa: E402, F401

"""Contracts: the practice's clauses, a draft with its terms, and versions frozen for the parties to read."""

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel
from coaching.missions.enums import SeatRole

from .enums import ContractKind, ContractState, Language, ScopeItem, Section


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


class Contract(ScopedModel):
    """The contract of a mission, in its own language. Its clauses are its own copies of the library's."""

    ref = RefField(prefix="C")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=12, choices=ContractKind)
    language = models.CharField(max_length=2, choices=Language)
    state = models.CharField(max_length=12, choices=ContractState, default=ContractState.DRAFT)
    charter = models.ForeignKey("charter.CharterVersion", models.RESTRICT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now_add=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)  # moves at every edit: a freeze checks it has not

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="contract_state", condition=models.Q(state__in=ContractState.values)),
            models.UniqueConstraint(
                fields=["mission"],
                condition=~models.Q(state=ContractState.WITHDRAWN),
                name="contract_one_alive",
            ),
            models.CheckConstraint(
                name="contract_review_has_its_date",
                condition=~models.Q(state=ContractState.REVIEW) | models.Q(shared_at__isnull=False),
            ),
        ]

    @property
    def mission_ref(self) -> str:
        return self.mission.ref


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


class SealedContract(ScopedModel):
    """A contract once and for all: every signature given, its PDF under the practice's seal. Never changed."""

    ref = RefField(prefix="SC")
    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", unique=True)
    version = models.ForeignKey(ContractVersion, models.RESTRICT, related_name="+")
    document = models.ForeignKey("documents.Document", models.RESTRICT, related_name="+")
    evidence = models.TextField()
    certificate = models.CharField(max_length=64)
    timestamped = models.BooleanField(default=False)
    sealed_at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        pass

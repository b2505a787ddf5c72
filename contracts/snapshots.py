"""A contract frozen: every word and figure of it, by value. What is rendered, hashed and kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FrozenClause:
    """A clause with its placeholders replaced."""

    section: str
    title: str
    markdown: str
    lead: str = ""  # in an amendment: which clause of the contract these words take the place of

    @property
    def whole(self) -> str:
        """Everything that is read of it."""
        return f"{self.lead}\n\n{self.markdown}" if self.lead else self.markdown


@dataclass(frozen=True, slots=True)
class FrozenTerms:
    """Conditions and fees as figures and dates: what stands, for whoever reckons with it later."""

    sessions_count: int | None
    session_minutes: int | None
    rhythm: str
    starts_on: date | None
    ends_on: date | None
    places: str
    media: tuple[str, ...]
    between_sessions: str
    notice_hours: int
    fee_total: Decimal | None
    currency: str
    fee_schedule: str
    payment_days: int
    session_dates_shared: bool
    is_consumer: bool
    at_distance: bool


@dataclass(frozen=True, slots=True)
class FrozenScope:
    """What one coachee lets be given back, to whom."""

    seat: str  # its reference
    addressee: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrozenCharter:
    """The annexed charter, verbatim; in a contract of another language, its courtesy translation where there is one."""

    title: str
    number: int
    published_on: date
    sha256: str
    markdown: str
    translation: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    name: str
    role: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class ContractSnapshot:
    """The whole contract. Language and dates are its own, whoever reads it."""

    reference: str
    version: int
    kind: str
    language: str
    title: str
    subtitle: str
    practice: str
    issued_on: date
    place: str
    clauses: tuple[FrozenClause, ...]
    signatories: tuple[Signatory, ...]
    charter: FrozenCharter
    instrument: str = "contract"
    base: str = ""  # the reference of the contract an amendment or an adhesion leans on
    terms: FrozenTerms | None = None
    scopes: tuple[FrozenScope, ...] = ()

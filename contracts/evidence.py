"""The proof of a signing, frozen: the French "dossier de preuve" of one contract. What annex 2 prints and is hashed."""

from dataclasses import dataclass
from datetime import date, datetime

LEVEL = "simple electronic signature (eIDAS art. 25, C. civ. 1366-1367)"


@dataclass(frozen=True, slots=True)
class DocumentEvidence:
    """The document that everybody signed."""

    title: str
    reference: str
    version: int
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ProcedureEvidence:
    """How the signing went."""

    created_at: datetime
    sent_at: datetime
    expires_at: datetime
    order: str


@dataclass(frozen=True, slots=True)
class SignatoryEvidence:
    """What one signatory did, and how it is known that it was they."""

    name: str
    role: str
    organisation: str
    address: str
    access: str  # "account" or "link"
    account: str
    displayed_at: datetime
    signed_at: datetime
    ip: str
    user_agent: str
    consent: str
    consent_sha256: str
    typed_name: str
    channel: str
    event_number: int
    event_digest: str


@dataclass(frozen=True, slots=True)
class CharterEvidence:
    """The charter annexed."""

    title: str
    number: int
    published_on: date
    sha256: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that is kept of a signing."""

    document: DocumentEvidence
    procedure: ProcedureEvidence
    signatories: tuple[SignatoryEvidence, ...]
    charter: CharterEvidence
    chain: str  # of the journal
    practice: str
    level: str = LEVEL

"""The evidence of a signature, frozen: who signed what, how, when, where it stands in the journal.

By value, as the contract's snapshot: it is printed as annex 2 of the sealed contract and attached to it as JSON. What a
person is called, where they wrote from and with what is evidence about them: it goes to the parties, to nobody else.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

FORMAT = "posture.evidence/1"
SIMPLE = "simple electronic signature (eIDAS art. 25, C. civ. 1366-1367)"


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """The bytes everybody signed."""

    title: str
    reference: str
    version: int
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """The round of signatures, from the first letter to the last signature."""

    created_at: datetime
    sent_at: datetime
    completed_at: datetime
    expires_at: datetime | None
    in_order: bool


@dataclass(frozen=True, slots=True)
class SignatureEvidence:
    """One party's signature. ``access`` and ``channel`` are codes of :mod:`contracts.evidence_wording`."""

    name: str
    role: str
    organisation: str
    address: str
    access: str
    channel: str
    typed_name: str
    consent: str
    displayed_at: datetime
    signed_at: datetime
    ip: str
    user_agent: str
    journal_number: int
    journal_digest: str
    account: str = ""
    consent_sha256: str = ""


@dataclass(frozen=True, slots=True)
class EvidencedCharter:
    """The charter that is annexed to the contract."""

    title: str
    number: int
    published_on: date
    sha256: str


@dataclass(frozen=True, slots=True)
class ConsumerEvidence:
    """What a consumer had received before they signed, and whether they asked for an early start by then."""

    name: str
    information_sha256: str
    statement: str
    received_at: datetime
    journal_number: int
    journal_digest: str
    early_start: str = ""
    requested_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The whole file of evidence. ``level`` is what the signature is, never more."""

    document: SignedDocument
    procedure: Procedure
    signatures: tuple[SignatureEvidence, ...]
    charter: EvidencedCharter
    practice: str
    practice_reference: str
    journal_chain: str
    language: str
    level: str = SIMPLE
    consumers: tuple[ConsumerEvidence, ...] = ()
    format: str = FORMAT


def thaw_evidence(frozen: str) -> Evidence:
    """The evidence from its canonical JSON, by value."""
    said = json.loads(frozen)
    charter = said["charter"]
    return Evidence(
        **{
            **said,
            "document": SignedDocument(**said["document"]),
            "procedure": Procedure(**_with_moments(said["procedure"])),
            "consumers": tuple(ConsumerEvidence(**_with_moments(one)) for one in said.get("consumers", ())),
            "signatures": tuple(SignatureEvidence(**_with_moments(one)) for one in said["signatures"]),
            "charter": EvidencedCharter(
                **{**charter, "published_on": date.fromisoformat(charter["published_on"])}
            ),
        }
    )


def _with_moments(said: dict) -> dict:
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") and value else value
        for name, value in said.items()
    }

"""A contract frozen: every word and figure of it, by value. What is rendered, hashed and kept."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FrozenClause:
    """A clause with its placeholders replaced."""

    section: str
    title: str
    markdown: str


@dataclass(frozen=True, slots=True)
class FrozenCharter:
    """The annexed charter, verbatim."""

    title: str
    number: int
    published_on: date
    sha256: str
    markdown: str


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

"""Which sealed document has this SHA-256? Asked of every room that seals something; each registers its answer.

A room calls :func:`register_lookup` in its ``AppConfig.ready()`` with a function of the digest and of the account that
asks (or None): it answers with what this person may know of the document, or None when it has none with this digest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Signer:
    """A signatory as the person who asks may know them: in full, or as initials and role."""

    name: str
    role: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What may be said of a sealed document to the person who holds its very bytes."""

    title: str
    reference: str
    practice: str
    sealed_at: datetime
    timestamped: bool
    charter_title: str
    charter_number: int
    charter_published_on: date
    charter_sha256: str
    signers: tuple[Signer, ...]
    in_full: bool
    journal_number: int


Lookup = Callable[[str, int | None], SealedFile | None]
_lookups: dict[str, Lookup] = {}


def register_lookup(name: str, lookup: Lookup) -> None:
    """Name a room's answer; registering again under the same name takes its place."""
    _lookups[name] = lookup


def find(sha256: str, user_id: int | None) -> SealedFile | None:
    """The sealed document with exactly these bytes, as this person may know it."""
    for lookup in _lookups.values():
        if found := lookup(sha256, user_id):
            return found
    return None

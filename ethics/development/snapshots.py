"""A coach's sheet by value: what a client was shown, on that day and for good."""

import json
from dataclasses import dataclass
from datetime import date

from coaching.documents.canonical import canonical, digest


@dataclass(frozen=True, slots=True)
class Learnt:
    """One qualification. ``proof`` is the digest of the file that proved it, empty where none was on file."""

    title: str
    body: str
    obtained_on: date
    hours: int | None
    expires_on: date | None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class FrozenSheet:
    """The whole sheet, in the language it was asked for. Nothing of the client who asked."""

    language: str
    practice: str
    coach: str
    shown_on: date
    learnt: tuple[Learnt, ...]


def text_of(sheet: FrozenSheet) -> str:
    """Its one canonical form."""
    return canonical(sheet)


def sha256_of(sheet: FrozenSheet) -> str:
    return digest(canonical(sheet))


def thaw(text: str) -> FrozenSheet:
    """The sheet a canonical form was made from."""
    said = json.loads(text)
    learnt = tuple(_learnt(one) for one in said.pop("learnt"))
    return FrozenSheet(**{**said, "shown_on": date.fromisoformat(said["shown_on"])}, learnt=learnt)


def _learnt(said: dict) -> Learnt:
    ends = said["expires_on"]
    days = {
        "obtained_on": date.fromisoformat(said["obtained_on"]),
        "expires_on": date.fromisoformat(ends) if ends else None,
    }
    return Learnt(**{**said, **days})


@dataclass(frozen=True, slots=True)
class Kept:
    """What a stored PDF is of: no word of it stands beside the bytes, which the room alone gives out."""

    reference: str
    sha256: str

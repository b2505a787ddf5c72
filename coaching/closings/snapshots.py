"""A party's letter by value: what its page and its PDF are made from."""

import json
from dataclasses import dataclass
from datetime import date

from coaching.documents.canonical import canonical, digest


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a letter. ``own``: words that somebody wrote; otherwise a sentence of the product's."""

    heading: str
    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class FrozenLetter:
    """The whole letter."""

    reference: str
    kind: str  # refusal, stop, close
    language: str
    practice: str
    coach: str
    to: str
    role: str
    organisation: str
    mission: str
    written_on: date
    title: str
    passages: tuple[Passage, ...]


def text_of(letter: FrozenLetter) -> str:
    return canonical(letter)


def sha256_of(letter: FrozenLetter) -> str:
    return digest(canonical(letter))


def thaw(text: str) -> FrozenLetter:
    """The letter a canonical form was made from."""
    said = json.loads(text)
    passages = tuple(Passage(**one) for one in said.pop("passages"))
    return FrozenLetter(**{**said, "written_on": date.fromisoformat(said["written_on"])}, passages=passages)


@dataclass(frozen=True, slots=True)
class Written:
    """What the stored PDF is of: no word of it stands beside the bytes."""

    reference: str
    sha256: str

"""A restitution by value: what its page and its PDF are made from, and what the coachee approves the digest of."""

import json
from dataclasses import dataclass
from datetime import date

from coaching.documents.canonical import canonical, digest
from coaching.progress.figures import Figure


@dataclass(frozen=True, slots=True)
class Aim:
    """A common objective and how far it has come: figures alone, never the coachee's words."""

    title: str
    target: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """A kind of means, and in how many sessions it was used for common objectives."""

    kind: str
    sessions: int


@dataclass(frozen=True, slots=True)
class Part:
    """One item of the scope: the mission's facts it stands for, and words."""

    item: str
    words: str = ""
    held: int | None = None
    agreed: int | None = None
    aims: tuple[Aim, ...] = ()
    used: tuple[Used, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenRestitution:
    """The whole page."""

    reference: str
    language: str
    practice: str
    coach: str
    coachee: str
    organisation: str
    addressee: str
    mission: str
    written_on: date
    parts: tuple[Part, ...]

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(part.item for part in self.parts)

    def part(self, item: str) -> Part | None:
        return next((part for part in self.parts if part.item == item), None)

    @property
    def says_something(self) -> bool:
        """Whether anything would be read: a fact, or a word that is not blank."""
        return any(
            part.words.strip() or part.held is not None or part.aims or part.used for part in self.parts
        )


def text_of(page: FrozenRestitution) -> str:
    """Its one canonical form."""
    return canonical(page)


def sha256_of(page: FrozenRestitution) -> str:
    return digest(canonical(page))


def thaw(text: str) -> FrozenRestitution:
    """The page a canonical form was made from."""
    said = json.loads(text)
    parts = tuple(_part(one) for one in said.pop("parts"))
    return FrozenRestitution(**{**said, "written_on": date.fromisoformat(said["written_on"])}, parts=parts)


def _part(said: dict) -> Part:
    aims = tuple(
        Aim(one["title"], one["target"], tuple(Figure(**figure) for figure in one["figures"]))
        for one in said["aims"]
    )
    return Part(**{**said, "aims": aims, "used": tuple(Used(**one) for one in said["used"])})


@dataclass(frozen=True, slots=True)
class Released:
    """What the stored PDF is of: no word of it stands beside the bytes, which the room alone gives out."""

    reference: str
    sha256: str

"""What is handed over, by value: the page that the coachee reads before they agree is the one the colleague reads."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from coaching.consents.enums import HandOverItem
from coaching.documents.canonical import canonical, digest
from coaching.progress.figures import Figure


@dataclass(frozen=True, slots=True)
class Aim:
    tag: str
    title: str
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody at the table, as the colleague will keep them: the coachee, and those who pay."""

    seat: str
    role: str
    name: str
    email: str
    job_title: str
    language: str


@dataclass(frozen=True, slots=True)
class House:
    """The organisation that pays, as far as a contract with it needs."""

    name: str
    legal_form: str
    siret: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """One item beyond who it is about."""

    item: str
    words: str = ""
    aims: tuple[Aim, ...] = ()
    summaries: tuple[Summary, ...] = ()
    held: int | None = None
    agreed: int | None = None

    @property
    def label(self):
        return HandOverItem(self.item).label

    @property
    def says_something(self) -> bool:
        return bool(self.words.strip() or self.aims or self.summaries or self.held is not None)


@dataclass(frozen=True, slots=True)
class FrozenHandOver:
    """The whole page."""

    reference: str
    language: str
    coach: str
    to: str
    mission: str
    payer: str
    organisation: House | None
    people: tuple[Somebody, ...]
    written_on: date
    parts: tuple[Part, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """Those that are chosen one by one."""
        return tuple(part.item for part in self.parts)

    @property
    def coachee(self) -> Somebody:
        return self.people[0]

    def part(self, item: str) -> Part | None:
        return next((part for part in self.parts if part.item == item), None)

    def only(self, items: Iterable[str]) -> "FrozenHandOver":
        """The page with these items alone. Nothing is ever added."""
        kept = set(items)
        return replace(self, parts=tuple(part for part in self.parts if part.item in kept))


def text_of(page: FrozenHandOver) -> str:
    """Its one canonical form."""
    return canonical(page)


def sha256_of(page: FrozenHandOver) -> str:
    return digest(canonical(page))


def thaw(text: str) -> FrozenHandOver:
    """The page a canonical form was made from."""
    said = json.loads(text)
    house = said.pop("organisation")
    people = tuple(Somebody(**one) for one in said.pop("people"))
    parts = tuple(_part(one) for one in said.pop("parts"))
    day = date.fromisoformat(said.pop("written_on"))
    return FrozenHandOver(
        **said, organisation=House(**house) if house else None, people=people, written_on=day, parts=parts
    )


def _part(said: dict) -> Part:
    aims = tuple(
        Aim(**{**one, "figures": tuple(Figure(**figure) for figure in one["figures"])})
        for one in said["aims"]
    )
    summaries = tuple(Summary(date.fromisoformat(one["day"]), one["words"]) for one in said["summaries"])
    return Part(**{**said, "aims": aims, "summaries": summaries})

"""A dossier frozen: how each article stood on one day, by value. What is printed, and what its digest is of."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """One article; ``figures`` are counts over the missions of a coach, empty in the dossier of one."""

    number: int
    title: str
    standing: str
    said: tuple[str, ...]
    figures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenOverride:
    """A gate passed on the coach's judgement. A mission is its reference: a dossier names nobody."""

    mission: str
    article: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class FrozenDossier:
    """``mission`` is the reference it is about, empty where it is about all of a coach's."""

    practice: str
    coach: str
    mission: str
    language: str
    made_on: date
    charter: int
    charter_sha256: str
    missions: int
    lines: tuple[FrozenLine, ...]
    overrides: tuple[FrozenOverride, ...]
    more_overrides: int = 0

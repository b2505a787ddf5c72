"""From what the rooms found to how each article stands. Pure: no question, no clock."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coaching.kernel.evidence import Found, Piece, Said, Standing, together

from .articles import ArticleLine
from .words import CODES, ICONS, LABELS, TONES


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one piece found; its words are made where they are asked for, since a list asks for few of them."""

    standing: Standing
    piece: Piece
    facts: Found

    @property
    def said(self) -> Said:
        return self.piece.tell(self.facts, self.standing)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one article stands: ``spoken`` its pieces, what is missing first."""

    article: ArticleLine
    standing: Standing
    spoken: tuple[Spoken, ...] = ()

    @property
    def label(self):
        return LABELS[self.standing]

    @property
    def code(self) -> str:
        return CODES[self.standing]

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def icon(self) -> str:
        return ICONS[self.standing]

    @property
    def to_do(self) -> list[Said]:
        return [one.said for one in self.spoken if one.standing == Standing.TO_DO]

    @property
    def evidence(self) -> list[Said]:
        """What there is; a piece that does not apply may have nothing to say."""
        return [said for one in self.spoken if one.standing != Standing.TO_DO and (said := one.said).text]


Words = dict[str, list[Spoken]]  # by article


def words_of(pieces: Iterable[Piece], found: Iterable[tuple[Standing, Found]]) -> Words:
    """What each piece has to say, by article."""
    said: Words = {}
    for piece, (standing, facts) in zip(pieces, found, strict=True):
        said.setdefault(piece.article, []).append(Spoken(standing, piece, facts))
    return said


def _worth(spoken: list[Spoken]) -> list[Spoken]:
    """One that does not apply speaks only where nothing else does for its article."""
    worth = [one for one in spoken if one.standing != Standing.NOT_APPLICABLE] or spoken
    return sorted(worth, key=lambda one: -one.standing) if len(worth) > 1 else worth


def standings_of(pieces: Iterable[Piece], standings: Iterable[int]) -> dict[str, Standing]:
    """By article, from the numbers of its pieces."""
    found: dict[str, list[int]] = {}
    for piece, standing in zip(pieces, standings, strict=True):
        found.setdefault(piece.article, []).append(standing)
    return {slug: together(each) for slug, each in found.items()}


def verdicts(articles: Iterable[ArticleLine], *words: Words) -> list[Verdict]:
    """Every article of the charter in its order; one without evidence of its own is not applicable."""
    return [_verdict(article, words) for article in articles]


def _verdict(article: ArticleLine, words: Iterable[Words]) -> Verdict:
    spoken = _worth([one for each in words for one in each.get(article.slug, ())])
    return Verdict(article, together(one.standing for one in spoken), tuple(spoken))


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows stand how, for one article or for all."""

    held: int = 0
    overridden: int = 0
    to_do: int = 0
    not_applicable: int = 0

    @property
    def total(self) -> int:
        return self.held + self.overridden + self.to_do + self.not_applicable

    @property
    def asked(self) -> int:
        """Those it applies to."""
        return self.held + self.overridden + self.to_do

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.held + other.held,
            self.overridden + other.overridden,
            self.to_do + other.to_do,
            self.not_applicable + other.not_applicable,
        )


def counted(standings: Counter) -> Count:
    return Count(
        standings[Standing.HELD],
        standings[Standing.OVERRIDDEN],
        standings[Standing.TO_DO],
        standings[Standing.NOT_APPLICABLE],
    )


@dataclass(slots=True)
class Figures:
    """Counts by article."""

    by_article: dict[str, Counter] = field(default_factory=dict)

    def take(self, standings: Mapping[str, Standing]) -> None:
        for slug, standing in standings.items():
            self.by_article.setdefault(slug, Counter())[standing] += 1

    def counts(self) -> dict[str, Count]:
        return {slug: counted(found) for slug, found in self.by_article.items()}

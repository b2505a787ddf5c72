"""From what the rooms found to how each article stands. Pure: no question, no clock."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coaching.kernel.evidence import Found, Piece, Said, Standing, together

from .articles import ArticleLine
from .words import CODES, ICONS, LABELS, TONES

ORDER = (Standing.TO_DO, Standing.OVERRIDDEN, Standing.HELD, Standing.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one article stands: ``said`` the words of its pieces, what is missing first."""

    article: ArticleLine
    standing: Standing
    said: tuple[tuple[Standing, Said], ...] = ()

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
        return [said for standing, said in self.said if standing == Standing.TO_DO]

    @property
    def evidence(self) -> list[Said]:
        return [said for standing, said in self.said if standing != Standing.TO_DO]


Words = dict[str, list[tuple[Standing, Said]]]  # by article


def words_of(pieces: Iterable[Piece], found: Iterable[tuple[Standing, Found]]) -> Words:
    """What each piece says; one that does not apply speaks only where nothing else does for its article."""
    said: Words = {}
    for piece, (standing, facts) in zip(pieces, found, strict=True):
        said.setdefault(piece.article, []).append((standing, piece.tell(facts, standing)))
    return {slug: _worth(each) for slug, each in said.items()}


def _worth(said: list[tuple[Standing, Said]]) -> list[tuple[Standing, Said]]:
    spoken = [one for one in said if one[0] != Standing.NOT_APPLICABLE] or said
    return sorted((one for one in spoken if one[1].text), key=lambda one: ORDER.index(one[0]))


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
    said = _worth([one for each in words for one in each.get(article.slug, ())])
    standing = together(one for one, _said in said)
    return Verdict(article, standing, tuple(said))


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

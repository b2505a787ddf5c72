"""Which article of a new text rests on which evidence: proposed by how much titles and words resemble those known. Pure.

A new text may reorder its articles, reword them, drop some and add others. Evidence is registered under the slugs of
:mod:`.articles`; whoever publishes confirms or corrects what is proposed here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from .articles import SLUGS, ParsedArticle, parse
from .texts import bundled

ALIKE = 0.45  # below, two articles have nothing but everyday words in common
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Known:
    """An article as it stood, and the evidence it rested on."""

    slug: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """For each article in order a slug, or none; which known articles are no longer found; whether nothing is to be decided."""

    slugs: tuple[str, ...]
    dropped: tuple[Known, ...]
    certain: bool

    @property
    def added(self) -> tuple[int, ...]:
        """Numbers of the articles that rest on nothing known."""
        return tuple(number for number, slug in enumerate(self.slugs, start=1) if not slug)


@cache
def of_the_house() -> tuple[Known, ...]:
    """The seventeen, as the bundled text has them."""
    articles = parse(bundled().markdown)
    return tuple(Known(slug, one.title, one.body) for slug, one in zip(SLUGS, articles, strict=True))


def propose(articles: Sequence[ParsedArticle], before: Iterable[Known]) -> Proposal:
    """The best pairs first; each article rests on one evidence at most, and each evidence bears one article."""
    stood = tuple(before)
    known = (
        *stood,
        *of_the_house(),
    )  # what a version had reworded or dropped may come back as the house knows it
    scores = [
        (_alike(one, article), place, one.slug) for place, article in enumerate(articles) for one in known
    ]
    found: dict[int, str] = {}
    exact = True
    for score, place, slug in sorted(scores, key=lambda each: (-each[0], each[1])):
        if score >= ALIKE and place not in found and slug not in found.values():
            found[place] = slug
            exact = exact and score == 1
    slugs = tuple(found.get(place, "") for place in range(len(articles)))
    dropped = tuple(one for one in stood if one.slug not in slugs)
    return Proposal(slugs, dropped, exact and not dropped and all(slugs))


def _alike(known: Known, article: ParsedArticle) -> float:
    if known.title.casefold() == article.title.casefold():
        return 1
    return min(0.99, 0.6 * _shared(known.title, article.title) + 0.4 * _shared(known.body, article.body))


def _shared(one: str, other: str) -> float:
    """Share of words in common, as many times as they come; linear, however long."""
    a, b = _counted(one), _counted(other)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0


@lru_cache(maxsize=256)
def _counted(text: str) -> Counter:
    return Counter(word for word in _WORDS.findall(text.casefold()) if len(word) > 2)


def own_name(number: int) -> str:
    """What an article without evidence is called in addresses."""
    return f"article-{number}"

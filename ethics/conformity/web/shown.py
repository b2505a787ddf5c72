"""What the pages of conformity share: filters, a table of articles by count, missions with how they stand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from coaching.kernel.evidence import About, Standing, pieces
from coaching.missions.models import Mission

from ..access import PAGE
from ..articles import ArticleLine
from ..figures import Column, Totals
from ..judging import Count, Verdict, counted
from ..words import BY_CODE, CODES, LABELS

ORDER = (Standing.TO_DO, Standing.OVERRIDDEN, Standing.HELD, Standing.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as far as it is something there is."""

    article: str
    standing: Standing | None

    @property
    def code(self) -> str:
        return CODES[self.standing] if self.standing is not None else ""


def asked_in(query: QueryDict, articles: list[ArticleLine]) -> Asked:
    """An article of the charter in force and a standing; anything else is as if nothing had been asked."""
    slug, code = query.get("article", ""), query.get("state", "")
    known = slug if any(article.slug == slug for article in articles) else ""
    standing = BY_CODE.get(code)
    if known and standing is None:
        standing = Standing.TO_DO
    return Asked(known, standing if known else None)


def choices(articles: list[ArticleLine]) -> dict[str, Any]:
    """Of the two lists of the filter."""
    return {
        "articles": [(article.slug, f"{article.number}. {article.title}") for article in articles],
        "states": [(CODES[one], LABELS[one]) for one in ORDER],
    }


@dataclass(frozen=True, slots=True)
class Cell:
    figure: int
    url: str
    label: Any


@dataclass(frozen=True, slots=True)
class Line:
    """One article of the table: how many missions stand how."""

    article: ArticleLine
    cells: tuple[Cell, ...]
    asked: int


def grid(articles: list[ArticleLine], totals: Totals, path: str) -> list[Line]:
    """Articles that missions have evidence for; the coach's own duties stand elsewhere unless a mission says something of them."""
    own = own_slugs()
    return [
        _grid_line(article, totals.by_article.get(article.slug, Count()), path)
        for article in articles
        if article.has_evidence
        and (article.slug not in own or totals.by_article.get(article.slug, Count()).asked)
    ]


def _grid_line(article: ArticleLine, count: Count, path: str) -> Line:
    figures = {
        Standing.TO_DO: count.to_do,
        Standing.OVERRIDDEN: count.overridden,
        Standing.HELD: count.held,
        Standing.NOT_APPLICABLE: count.not_applicable,
    }
    cells = tuple(
        Cell(
            figures[one],
            f"{path}?{urlencode({'article': article.slug, 'state': CODES[one]})}#missions",
            LABELS[one],
        )
        for one in ORDER
    )
    return Line(article, cells, count.asked)


def own_slugs() -> frozenset[str]:
    """Articles that are about the coach, missions or none."""
    return frozenset(piece.article for piece in pieces(About.COACH))


@dataclass(frozen=True, slots=True)
class Item:
    """Something a list says of one article of a mission: a sentence and its way; ``label`` how it stands, where that was asked for."""

    title: str
    label: Any
    text: Any
    url: str
    to_do: bool


@dataclass(frozen=True, slots=True)
class MissionLine:
    """A mission of a list, each word of it made once, for there are many on a page."""

    title: str
    path: str
    state: Any
    beside: str
    ref: str
    summary: str
    items: list[Item]


def mission_line(mission: Mission, names: list[str], found: list[Verdict], article: str) -> MissionLine:
    """With what is to do on it; of one article all that is said, where the list is of that one."""
    organisation = [mission.organisation.name] if mission.organisation_id else []
    return MissionLine(
        title=mission.title,
        path=reverse("coach_mission_conformity", args=[mission.ref]),
        state=mission.get_state_display(),
        beside=" · ".join([*names, *organisation]),
        ref=mission.ref,
        summary=summary(summed(found)),
        items=[item for one in found for item in _items(one, article)],
    )


def _items(one: Verdict, article: str) -> list[Item]:
    if article and one.article.slug != article:
        return []
    label = one.label if article else ""
    todo = [Item(one.article.title, label, said.text, said.url, True) for said in one.to_do]
    if not article:
        return todo
    return todo + [Item(one.article.title, label, said.text, said.url, False) for said in one.evidence]


def summary(counts: Count) -> str:
    """How the articles of one mission stand, in a line."""
    said = (
        _("to do: %(n)d") % {"n": counts.to_do},
        _("overridden: %(n)d") % {"n": counts.overridden},
        _("held: %(n)d") % {"n": counts.held},
        _("not applicable: %(n)d") % {"n": counts.not_applicable},
    )
    return " · ".join(said)


def summed(found: list[Verdict]) -> Count:
    return counted(Counter(one.standing for one in found))


def summed_of(standings: Mapping[str, Standing]) -> Count:
    return counted(Counter(standings.values()))


def page_of(keys: list[int], number) -> Page:
    return Paginator(keys, PAGE).get_page(number)


def drawn(columns: list[Column]) -> dict[str, Any]:
    """The course as its template takes it: columns, and how wide the drawing is."""
    return {"columns": columns, "width": 12 + 32 * max(len(columns), 1)}

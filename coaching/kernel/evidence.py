"""Evidence that an article of the charter is held: each room says what it knows, for many rows in one question.

A room registers its pieces from ``AppConfig.ready()``. A piece is about a mission or about a coach; it is made of
conditions and facts that stand in a query (an ``Exists``, a ``Subquery``, a ``Q``), never of a question of its own, so
that a page of missions, or a whole practice, is judged in one. What it says in words is made from the facts found.

This module knows no table and no slug by heart: the room of conformity, above all others, asks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Greatest

from .viewer import Portal


class Standing(IntEnum):
    """How a piece, or an article, stands. The highest of its pieces is that of an article: what is missing wins."""

    NOT_APPLICABLE = 0
    HELD = 1
    OVERRIDDEN = 2
    TO_DO = 3


class About(StrEnum):
    """What a piece is judged on; its conditions are those of a row of ``missions.Mission`` or of ``accounts.Membership``."""

    MISSION = "mission"
    COACH = "coach"


@dataclass(frozen=True, slots=True)
class Said:
    """A piece in words: a sentence, and where the evidence stands or, of what is to do, where it is done."""

    text: Any
    url: str = ""


Found = SimpleNamespace  # the row's own columns and the piece's facts, by name
BOARD = frozenset({Portal.COACH, Portal.PRACTICE})
COACH_ALONE = frozenset({Portal.COACH})
TABLE = BOARD | {Portal.COACHEE, Portal.ORGANISATION}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence for one article.

    ``applies``, ``held`` and ``passed`` (overridden with a reason) give conditions on the row; ``facts`` expressions by
    name. They are functions, called when the question is made: tables are all there by then. ``known_to`` are the
    portals behind which its standing may be told; its words are the coach's alone.
    """

    name: str
    article: str
    applies: Callable[[], Any]
    held: Callable[[], Any]
    tell: Callable[[Found, Standing], Said]
    passed: Callable[[], Any] | None = None
    facts: Callable[[], Mapping[str, Any]] = dict
    about: About = About.MISSION
    known_to: frozenset[Portal] = BOARD

    def standing(self) -> Case:
        """Its standing as a number in the query."""
        whens = [When(~Q(self.applies()), then=Value(Standing.NOT_APPLICABLE.value))]
        whens.append(When(self.held(), then=Value(Standing.HELD.value)))
        if self.passed is not None:
            whens.append(When(self.passed(), then=Value(Standing.OVERRIDDEN.value)))
        return Case(*whens, default=Value(Standing.TO_DO.value), output_field=IntegerField())


@cache
def fact_names(piece: Piece) -> tuple[str, ...]:
    """The names of its facts, in order: known once, since making the expressions costs more than reading them."""
    return tuple(piece.facts())


_pieces: dict[str, Piece] = {}


def register_evidence(*pieces: Piece) -> None:
    """Called from ``AppConfig.ready()``. A second piece of the same name is a mistake."""
    for piece in pieces:
        if _pieces.setdefault(piece.name, piece) is not piece:
            raise RuntimeError(f"evidence {piece.name!r} is registered twice")


def pieces(about: About, portal: Portal | None = None, article: str = "") -> list[Piece]:
    """Those registered, in a constant order; of one article alone, and of those a portal may be told of, where asked for."""
    found = (_pieces[name] for name in sorted(_pieces))
    return [
        one
        for one in found
        if one.about == about
        and (portal is None or portal in one.known_to)
        and (not article or one.article == article)
    ]


def article_standing(some: list[Piece]) -> Any:
    """The standing of an article with these pieces, as a number in the query."""
    each = [piece.standing() for piece in some]
    return Greatest(*each) if len(each) > 1 else each[0]


def together(standings) -> Standing:
    """The same of numbers already found; nothing at all is not applicable."""
    return Standing(max(standings, default=Standing.NOT_APPLICABLE))

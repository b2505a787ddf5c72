"""What the house holds about a person: told by each room when it starts, so that no table is forgotten (RGPD, articles 15 to 20).

A :class:`Holding` is one kind of row, as the person it is about receives it behind one of their portals. A field of the
registry that no holding gives away is withheld with the reason why; ``tests/personal/test_holdings.py`` fails otherwise.
Nothing is read here: the room on top (``coaching.personal``) asks, for a viewer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from .viewer import Portal, Viewer

ALL = frozenset(Portal)
PARTIES = frozenset({Portal.COACHEE, Portal.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Datum:
    """One thing told of a row: where it is found, what it is called, and which field of the registry it gives away.

    ``sealed``: what is found is a reference into the vault, opened with the person's own key. ``read`` puts what was found
    into words.
    """

    name: str  # attributes, joined by "__"
    label: Any
    path: str = ""
    sealed: bool = False
    read: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A stored document that goes with the rows: its name in the archive, and its reference."""

    name: str
    document: str


Rows = Callable[[Viewer], Iterable[Any]]
Papers = Callable[[Viewer], Iterable[Paper]]


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of row about a person. ``brief``: too many and too dry to be printed; the PDF says how many."""

    key: str
    title: Any
    portals: frozenset[Portal]
    rows: Rows
    data: tuple[Datum, ...]
    order: int = 50
    brief: bool = False
    papers: Papers | None = None
    within: tuple[str, ...] = field(default=())  # fields of the registry that the papers say


_holdings: dict[str, Holding] = {}
_withheld: dict[str, Any] = {}


def register_holding(*holdings: Holding) -> None:
    """Called from ``AppConfig.ready()`` by the room the rows belong to."""
    for one in holdings:
        _holdings.setdefault(one.key, one)


def withhold(model: str, names: str, why) -> None:
    """Say of fields of ``model`` (``app.Model``) why no person receives them; likewise."""
    for name in names.split():
        _withheld[f"{model}.{name}"] = why


def holdings() -> list[Holding]:
    return sorted(_holdings.values(), key=lambda one: (one.order, one.key))


def holdings_of(portal: Portal) -> list[Holding]:
    return [one for one in holdings() if portal in one.portals]


def given() -> frozenset[str]:
    """Every field of the registry that somebody receives."""
    return frozenset(
        path
        for one in _holdings.values()
        for path in (*one.within, *(datum.path for datum in one.data if datum.path))
    )


def withheld() -> dict[str, Any]:
    return dict(_withheld)


def fact(name: str, label, *, read=None) -> Datum:
    """A date, a state, a code."""
    return Datum(name, label, read=read)


def word(name: str, label, path: str, *, read=None) -> Datum:
    """A text that lies in its table."""
    return Datum(name, label, path, read=read)


def sealed(name: str, label, path: str, *, read=None) -> Datum:
    """A text that lies in the vault, under a place that is called as its field is."""
    return Datum(name, label, path, sealed=True, read=read)

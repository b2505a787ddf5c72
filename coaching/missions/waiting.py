"""Whom the coach waits for, for what and since when. A room above adds what it waits for: a contract to be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Viewer

from .enums import SeatRole
from .models import Mission
from .waiting_access import (
    SEAT_LINE,
    TAKEN_DOWN,
    UNWORDED,
    MissionLine,
    SeatLine,
    requests_unworded,
    seat_line,
)

MOST_AT_A_TABLE = 100


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing expected of one person at the table."""

    seat: SeatLine
    what: Any  # in the coach's list, after the name: "is to word their request"
    asks: Any  # in the letter, to the person: "Your request is still to be worded."
    button: Any
    path: str
    since: datetime

    @property
    def mission(self) -> MissionLine:
        return self.seat.mission

    @property
    def reminded(self) -> date | None:
        return self.seat.reminded


# Of a viewer, and perhaps one mission, the columns of :func:`awaited_lines`: one question is asked of all rooms together.
AwaitedRows = Callable[..., QuerySet]
Told = Callable[[SeatLine, str, datetime], Awaited]
_rows: list[AwaitedRows] = []
_told: dict[str, Told] = {}


def register_awaited(rows: AwaitedRows, told: Mapping[str, Told]) -> None:
    """Called from ``AppConfig.ready()`` by a room whose acts the coach waits for.

    ``rows(viewer, **conditions)`` gives :func:`awaited_lines`, each with a kind; ``told`` puts each of its kinds in words.
    """
    if rows not in _rows:
        _rows.append(rows)
        _told.update(told)


def awaited_by(viewer: Viewer, limit: int) -> list[Awaited]:
    """Everyone this coach waits for, longest first; for anybody else, what is awaited of them. In one query."""
    return [_awaited(row) for row in _all(viewer, limit)]


def awaited_on(viewer: Viewer, mission: Mission) -> list[Awaited]:
    """Everyone the coach waits for on one mission; asked when a reminder is sent."""
    return [_awaited(row) for row in _on(viewer, MOST_AT_A_TABLE, mission_id=mission.pk)]


def _awaited(row: tuple) -> Awaited:
    kind, ref, since = row[SEAT_LINE:]
    return _told[kind](seat_line(row), ref, since)


@prepared
def _all(viewer: Viewer, limit: int) -> QuerySet:
    return _together(viewer)[:limit]


@prepared
def _on(viewer: Viewer, limit: int, mission_id: int) -> QuerySet:
    return _together(viewer, mission_id=mission_id)[:limit]


def _together(viewer: Viewer, **conditions) -> QuerySet:
    first, *others = (rows(viewer, **conditions) for rows in _rows)
    return first.union(*others, all=True).order_by("since", "pk")


PAGES = {SeatRole.COACHEE: "coachee_request", SeatRole.SPONSOR: "organisation_request"}


def _request_awaited(written: bool) -> Told:
    def told(seat: SeatLine, _ref: str, since: datetime) -> Awaited:
        what, asks, button = _words(seat, written=written)
        path = reverse(PAGES[SeatRole(seat.role)], args=[seat.mission.ref])
        return Awaited(seat, what, asks, button, path, since=since)

    return told


def _words(seat: SeatLine, *, written: bool) -> tuple:
    """What is said to the coach, what is said to the person, and the letter's button."""
    if written:
        asks = _("The request your coach took down still awaits your confirmation.")
        return _("is to confirm the request you took down"), asks, _("Read and confirm")
    asks = _("Your own request is still to be worded: a few sentences are enough to begin.")
    if seat.role == SeatRole.SPONSOR:
        asks = _("What your organisation expects from this coaching is still to be worded.")
    if not seat.has_account:
        return _("is to take their seat and word their request"), asks, _("Take my seat")
    return _("is to word their request"), asks, _("Word the request")


register_awaited(
    requests_unworded,
    {UNWORDED: _request_awaited(written=False), TAKEN_DOWN: _request_awaited(written=True)},
)

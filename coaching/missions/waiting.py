"""Whom the coach waits for, for what and since when. A room above adds what it waits for: a contract to be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.viewer import Viewer

from .enums import SeatRole
from .models import Mission
from .waiting_access import MissionLine, SeatLine, Unworded, requests_unworded

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


AwaitedSource = Callable[[Viewer, int, Mission | None], list[Awaited]]
_sources: list[AwaitedSource] = []


def register_awaited(source: AwaitedSource) -> None:
    """Called from ``AppConfig.ready()`` by a room whose acts the coach waits for.

    The source takes the viewer, how many rows at most, and a mission or None for all; it asks one query.
    """
    if source not in _sources:
        _sources.append(source)


def awaited_by(viewer: Viewer, limit: int) -> list[Awaited]:
    """Everyone this coach waits for, longest first; for anybody else, what is awaited of them."""
    return sorted(_from_all(viewer, limit), key=lambda row: row.since)[:limit]


def awaited_on(viewer: Viewer, mission: Mission) -> list[Awaited]:
    """Everyone the coach waits for on one mission; asked when a reminder is sent."""
    return _from_all(viewer, MOST_AT_A_TABLE, mission)


def _from_all(viewer: Viewer, limit: int, mission: Mission | None = None) -> list[Awaited]:
    return [row for source in (requests_awaited, *_sources) for row in source(viewer, limit, mission)]


PAGES = {SeatRole.COACHEE: "coachee_request", SeatRole.SPONSOR: "organisation_request"}


def requests_awaited(viewer: Viewer, limit: int, mission: Mission | None = None) -> list[Awaited]:
    """Coachees and sponsors whose request is not worded yet, or not confirmed (article 8)."""
    return [_request_awaited(one) for one in requests_unworded(viewer, limit, mission)]


def _request_awaited(one: Unworded) -> Awaited:
    what, asks, button = _words(one.seat, written=one.written_at is not None)
    path = reverse(PAGES[SeatRole(one.seat.role)], args=[one.seat.mission.ref])
    return Awaited(one.seat, what, asks, button, path, since=one.written_at or one.seat.created_at)


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

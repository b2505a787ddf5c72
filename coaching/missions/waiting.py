"""Whom the coach waits for, for what and since when. A room above adds what it waits for: a contract to be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.viewer import Viewer

from .access import MissionLine, OpenRequest, SeatLine, requests_open, seat_lines
from .enums import RequestLevel, SeatRole
from .models import Mission


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

    The source takes the viewer, how many rows at most, and a mission or None for all; it asks two queries at most.
    """
    if source not in _sources:
        _sources.append(source)


def awaited_by(viewer: Viewer, limit: int, asked: list[OpenRequest] | None = None) -> list[Awaited]:
    """Everyone this coach waits for, longest first; for anybody else, what is awaited of them.

    ``asked`` are the open requests, where the caller has read them already.
    """
    rows = requests_awaited(viewer, requests_open(viewer) if asked is None else asked)
    rows += [row for source in _sources for row in source(viewer, limit, None)]
    return sorted(rows, key=lambda row: row.since)[:limit]


def awaited_on(viewer: Viewer, mission: Mission) -> list[Awaited]:
    """Everyone the coach waits for on one mission; asked when a reminder is sent."""
    rows = requests_awaited(viewer, requests_open(viewer, mission))
    return rows + [row for source in _sources for row in source(viewer, 100, mission)]


PAGES = {SeatRole.COACHEE: "coachee_request", SeatRole.SPONSOR: "organisation_request"}


def requests_awaited(viewer: Viewer, asked: list[OpenRequest]) -> list[Awaited]:
    """Coachees and sponsors whose request is not worded yet, or not confirmed (article 8)."""
    unconfirmed = [one for one in asked if not one.confirmed]
    organisations = {one.mission.pk: one for one in unconfirmed if one.level == RequestLevel.ORGANISATION}
    missions = {pk: one.mission for pk, one in organisations.items()}
    sponsors = seat_lines(viewer, missions, Q(role=SeatRole.SPONSOR)) if missions else []
    awaited = [(one.seat, one.written_at) for one in unconfirmed if one.seat]
    awaited += [(seat, organisations[seat.mission.pk].written_at) for seat in sponsors]
    return [_request_awaited(seat, written_at) for seat, written_at in awaited]


def _request_awaited(seat: SeatLine, written_at: datetime | None) -> Awaited:
    what, asks, button = _words(seat, written=written_at is not None)
    path = reverse(PAGES[SeatRole(seat.role)], args=[seat.mission.ref])
    return Awaited(seat, what, asks, button, path, since=written_at or seat.created_at)


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

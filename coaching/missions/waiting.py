"""Whom the coach waits for, for what and since when. A room above adds what it waits for: a contract to be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.viewer import Viewer

from .access import seats_awaited
from .enums import MissionState, RequestLevel, SeatRole
from .models import Mission, RequestVersion, Seat


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing expected of one person at the table."""

    seat: Seat
    what: Any  # in the coach's list: "formulates their request"
    asks: Any  # in the letter, to the person: "Your request is still to be worded."
    button: Any
    path: str
    since: datetime
    reminded: date | None

    @property
    def mission(self) -> Mission:
        return self.seat.mission


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
    rows = [row for source in _sources for row in source(viewer, limit, None)]
    return sorted(rows, key=lambda row: row.since)[:limit]


def awaited_on(viewer: Viewer, mission: Mission) -> list[Awaited]:
    """Everyone the coach waits for on one mission; asked when a reminder is sent."""
    return [row for source in _sources for row in source(viewer, 100, mission)]


PAGES = {SeatRole.COACHEE: "coachee_request", SeatRole.SPONSOR: "organisation_request"}


def requests_awaited(viewer: Viewer, limit: int, mission: Mission | None = None) -> list[Awaited]:
    """Coachees and sponsors whose request is not worded yet, or not confirmed (article 8)."""
    return [_request_awaited(seat) for seat in _without_request(viewer, mission)[:limit]]


def _without_request(viewer: Viewer, mission: Mission | None) -> QuerySet[Seat]:
    versions = RequestVersion.unscoped.filter(
        Q(request__seat=OuterRef("pk")) | Q(request__seat=None),
        request__mission=OuterRef("mission"),
        request__level=OuterRef("level"),
    ).order_by("-number")
    level = Case(
        When(role=SeatRole.COACHEE, then=Value(RequestLevel.COACHEE)),
        default=Value(RequestLevel.ORGANISATION),
    )
    rows = seats_awaited(viewer, mission).filter(
        role__in=list(PAGES), mission__state__in=[MissionState.ENQUIRY, MissionState.CONTRACTING]
    )
    rows = rows.annotate(level=level).annotate(
        written_at=Subquery(versions.values("written_at")[:1]),
        confirmed_at=Subquery(versions.values("confirmed_at")[:1]),
    )
    return rows.filter(confirmed_at=None).order_by(F("written_at").asc(nulls_first=True), "pk")


def _request_awaited(seat) -> Awaited:
    what, asks, button = _words(seat)
    return Awaited(
        seat=seat,
        what=what,
        asks=asks,
        button=button,
        path=reverse(PAGES[SeatRole(seat.role)], args=[seat.mission.ref]),
        since=seat.written_at or seat.created_at,
        reminded=seat.reminded,
    )


def _words(seat) -> tuple:
    """What is said to the coach, what is said to the person, and the letter's button."""
    if seat.written_at is not None:
        asks = _("The request your coach took down still awaits your confirmation.")
        return _("is to confirm the request you took down"), asks, _("Read and confirm")
    asks = _("Your own request is still to be worded: a few sentences are enough to begin.")
    if seat.role == SeatRole.SPONSOR:
        asks = _("What your organisation expects from this coaching is still to be worded.")
    if seat.person.user_id is None:
        return _("is to take their seat and word their request"), asks, _("Take my seat")
    return _("is to word their request"), asks, _("Word the request")


register_awaited(requests_awaited)

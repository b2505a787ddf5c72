"""Reading who opened what of a mission."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import missions_for
from coaching.missions.models import Mission, Seat

from .models import Opening
from .policy import OPENING_RULES

PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One opening as it is shown: whose, from which seat, of what, when."""

    name: str
    roles: tuple[Any, ...]
    what: Any
    subject: str
    at: datetime


def openings_of(viewer: Viewer, mission: Mission, number) -> Page:
    """A page of what was opened of a mission, newest first; for its coach, and a coachee what is the table's or their own.

    In two queries where they fit one page, in four otherwise, however many there are.
    """
    page = _page(viewer, mission, number)
    found = list(page.object_list)
    seats = _seats(viewer, mission, found)
    page.object_list = [_line(row, seats.get(row.reader_id, ())) for row in found]
    return page


def _page(viewer: Viewer, mission: Mission, number) -> Page:
    first = _first(viewer, PAGE + 1, mission_id=mission.pk)
    if len(first) <= PAGE:
        return Paginator(first, PAGE).get_page(1)
    return Paginator(_openings(viewer, mission.pk), PAGE).get_page(number)


def _openings(viewer: Viewer, mission_id: int) -> QuerySet[Opening]:
    rows = Opening.objects.visible_to(viewer, OPENING_RULES).filter(mission_id=mission_id)
    return rows.select_related("reader")


@prepared
def _first(viewer: Viewer, limit: int, mission_id: int) -> QuerySet[Opening]:
    return _openings(viewer, mission_id)[:limit]


def _seats(viewer: Viewer, mission: Mission, rows: list[Opening]) -> dict[int, list[Seat]]:
    """The seats of those who opened something, ended ones too: they sat there when they did."""
    by_reader: dict[int, list[Seat]] = {}
    for seat in _ever(viewer, mission_id=mission.pk) if rows else ():
        by_reader.setdefault(seat.person.user_id, []).append(seat)
    return by_reader


@prepared
def _ever(viewer: Viewer, mission_id: int) -> QuerySet[Seat]:
    """Who ever had a seat at the table of a mission the viewer may see."""
    seen = missions_for(viewer).filter(pk=mission_id).values("pk")
    return Seat.unscoped.filter(mission__in=seen).select_related("person")


def _line(row: Opening, seats) -> Line:
    """The seat they sat on at that moment; somebody without one, such as another coach, under the name of their account."""
    there = [seat for seat in seats if seat.role in ROLES[row.portal] and _held_at(seat, row.at)]
    name = there[0].person.name if there else row.reader.name
    roles = tuple(seat.get_role_display() for seat in there)
    return Line(name, roles, row.get_what_display(), row.subject, row.at)


def _held_at(seat: Seat, moment: datetime) -> bool:
    return seat.created_at <= moment and (seat.ended_at is None or moment <= seat.ended_at)


ROLES = {
    Portal.COACH.value: (),
    Portal.COACHEE.value: ("coachee",),
    Portal.ORGANISATION.value: ("sponsor", "manager"),
    Portal.PRACTICE.value: (),
    Portal.RECOURSE.value: (),
}

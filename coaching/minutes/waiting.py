"""The minutes' part of whom the coach waits for: sides that have not answered what they were proposed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.waiting import Awaited
from coaching.missions.waiting_access import SeatLine, awaitable_seats, seat_line, seat_lines

from .enums import Answer, MinutesState
from .letters import PAGES
from .models import CoacheeCopy, OrganisationCopy


@dataclass(frozen=True, slots=True)
class Unanswered:
    seat: SeatLine
    minutes_ref: str
    sent_at: datetime


def answers_awaited(viewer: Viewer, limit: int, mission: Mission | None = None) -> list[Awaited]:
    """Coachees, and whoever speaks for the organisation, whose answer is awaited (article 16). No words are read."""
    rows = _on(viewer, limit, mission_id=mission.pk) if mission else _all(viewer, limit)
    return [_awaited(Unanswered(seat_line(row), *row[-2:])) for row in rows]


def _awaited(one: Unanswered) -> Awaited:
    return Awaited(
        seat=one.seat,
        what=_("is to answer on the minutes of a three-way meeting"),
        asks=_(
            "The minutes of a three-way meeting are still there for you to read and answer, at your own pace."
        ),
        button=_("Read the minutes"),
        path=reverse(PAGES[SeatRole(one.seat.role)], args=[one.minutes_ref]),
        since=one.sent_at,
    )


@prepared
def _all(viewer: Viewer, limit: int) -> QuerySet:
    return _rows(viewer)[:limit]


@prepared
def _on(viewer: Viewer, limit: int, mission_id: int) -> QuerySet:
    return _rows(viewer, mission_id=mission_id)[:limit]


def _rows(viewer: Viewer, **conditions) -> QuerySet:
    live = {
        "answer": Answer.NONE,
        "minutes__state": MinutesState.PROPOSED,
        "minutes__number": F("number"),
    }
    own = CoacheeCopy.unscoped.filter(seat=OuterRef("pk"), **live).order_by("pk")
    theirs = OrganisationCopy.unscoped.filter(minutes__session__mission=OuterRef("mission"), **live).order_by(
        "pk"
    )
    sponsors = Seat.unscoped.filter(
        mission=OuterRef("mission"), role=SeatRole.SPONSOR, ended_at=None, person__user__isnull=False
    )
    speaks = Q(role=SeatRole.SPONSOR) | (Q(role=SeatRole.MANAGER) & ~Exists(sponsors))
    rows = awaitable_seats(viewer).filter(person__user__isnull=False, **conditions)
    rows = rows.filter((Q(role=SeatRole.COACHEE) & Exists(own)) | (speaks & Exists(theirs)))
    rows = rows.annotate(
        asked=Coalesce(Subquery(own.values("minutes__ref")[:1]), Subquery(theirs.values("minutes__ref")[:1])),
        asked_at=Coalesce(Subquery(own.values("sent_at")[:1]), Subquery(theirs.values("sent_at")[:1])),
    )
    return seat_lines(rows.order_by("asked_at", "pk"), "asked", "asked_at")

"""The minutes' part of whom the coach waits for: sides that have not answered what they were proposed."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.viewer import Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.models import Seat
from coaching.missions.waiting import Awaited
from coaching.missions.waiting_access import SeatLine, awaitable_seats, awaited_lines

from .enums import Answer, MinutesState
from .letters import PAGES
from .models import CoacheeCopy, OrganisationCopy

ANSWER = "minutes.answer"


def to_answer(seat: SeatLine, minutes_ref: str, since: datetime) -> Awaited:
    """A side that has not answered what it was proposed (article 16)."""
    return Awaited(
        seat=seat,
        what=_("is to answer on the minutes of a three-way meeting"),
        asks=_(
            "The minutes of a three-way meeting are still there for you to read and answer, at your own pace."
        ),
        button=_("Read the minutes"),
        path=reverse(PAGES[SeatRole(seat.role)], args=[minutes_ref]),
        since=since,
    )


def answers_awaited(viewer: Viewer, **conditions) -> QuerySet:
    """Coachees, and whoever speaks for the organisation, whose answer is awaited: as ``awaited_lines``. No words are read."""
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
    return awaited_lines(rows, kind=Value(ANSWER), ref=F("asked"), since=F("asked_at"))

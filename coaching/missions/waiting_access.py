"""What is still to be done on missions and by whom: for first pages, for reminders, and for the rooms above.

The database picks the few rows that a list shows, and gives their columns: nothing is built for the hundreds behind.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from coaching.kernel.aggregates import Names
from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer

from .access import PORTAL_OF, missions_for, with_last_reminder
from .enums import MissionState, RequestLevel, SeatRole
from .models import Request, RequestVersion, Seat, Validation
from .policy import COACH_ALONE, WRITABLE, seats_held


@dataclass(frozen=True, slots=True)
class MissionLine:
    """A mission as a list names it; with its coachees where the list says them."""

    pk: int
    ref: str
    title: str
    organisation: str
    state: str
    coachees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat of whom something may be awaited, and the day its person was last reminded."""

    mission: MissionLine
    pk: int
    ref: str
    role: str
    name: str
    user_id: int | None
    created_at: datetime
    reminded: date | None

    @property
    def has_account(self) -> bool:
        return self.user_id is not None


LINE = ("pk", "ref", "title", "organisation__name", "state")
SEAT = ("pk", "ref", "role", "person__name", "person__user_id", "created_at", "reminded")
SEAT_LINE = len(LINE) + len(SEAT)
MISSION_LINE = len(LINE) + 1


def mission_lines(rows: QuerySet, *more: str, through: str = "") -> QuerySet:
    """The columns of a :func:`mission_line` with its coachees, reached through a foreign key, and ``more``."""
    seats = Seat.unscoped.filter(mission=OuterRef(f"{through}pk"), role=SeatRole.COACHEE, ended_at=None)
    names = seats.order_by().values("mission").annotate(names=Names("person__name")).values("names")
    columns = (f"{through}{name}" for name in LINE)
    return rows.annotate(coachees=Subquery(names)).values_list(*columns, "coachees", *more)


def mission_line(row: tuple) -> MissionLine:
    *line, coachees = row[:MISSION_LINE]
    return MissionLine(*line, coachees=tuple(sorted(coachees or ())))


def awaited_lines(rows: QuerySet[Seat], *, kind, ref, since) -> QuerySet:
    """Of :func:`awaitable_seats`, the columns of a :func:`seat_line`, then what is awaited: its kind, of which thing, since when.

    Each is an expression; the same for every room, so that one question is asked of them all.
    """
    rows = rows.annotate(
        kind=Cast(kind, CharField()),
        about=Cast(ref, CharField()),
        since=ExpressionWrapper(since, DateTimeField()),
    )
    return rows.order_by().values_list(
        *(f"mission__{name}" for name in LINE), *SEAT, "kind", "about", "since"
    )


def seat_line(row: tuple) -> SeatLine:
    return SeatLine(MissionLine(*row[: len(LINE)]), *row[len(LINE) : SEAT_LINE])


def awaitable_seats(viewer: Viewer) -> QuerySet[Seat]:
    """Seats of whom something may be awaited, with the day their person was last reminded (``reminded``).

    For a coach those of their missions; for anybody else their own, of the portal they stand behind.
    """
    if viewer.portal == Portal.COACH:
        rows = Seat.objects.visible_to(viewer, COACH_ALONE).filter(ended_at=None)
    else:
        rows = seats_held(viewer, *[role for role, portal in PORTAL_OF.items() if portal == viewer.portal])
        rows = rows.filter(mission__practice_id=viewer.practice_id)
    return with_last_reminder(rows)


def with_progress(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Requests with when the last version of each was confirmed, and whether it is validated."""
    last = RequestVersion.unscoped.filter(request=OuterRef("pk")).order_by("-number")
    validation = Validation.unscoped.filter(version=OuterRef("last"))
    rows = rows.annotate(
        last=Subquery(last.values("pk")[:1]), confirmed=Subquery(last.values("confirmed_at")[:1])
    )
    return rows.annotate(validated=Exists(validation))


UNWORDED, TAKEN_DOWN = "requests.unworded", "requests.taken_down"


def requests_unworded(viewer: Viewer, **conditions) -> QuerySet:
    """Coachees and sponsors whose request is awaited before the contract (article 8): as :func:`awaited_lines`.

    Never worded, since their seat was given; or taken down by the coach, since then, and not confirmed. For a coach
    those at the tables of their missions; for anybody else themselves. No words are read.
    """
    words = Case(
        When(role=SeatRole.COACHEE, then=Value(RequestLevel.COACHEE)),
        When(role=SeatRole.SPONSOR, then=Value(RequestLevel.ORGANISATION)),
    )
    own = Request.unscoped.filter(Q(seat=None) | Q(seat=OuterRef("pk")))
    own = own.filter(mission=OuterRef("mission"), level=OuterRef("words"))
    written = RequestVersion.unscoped.filter(request=OuterRef("request")).order_by("-number")
    rows = awaitable_seats(viewer).filter(mission__state__in=WRITABLE, **conditions)
    rows = rows.annotate(words=words).filter(Exists(with_progress(own).filter(confirmed=None)))
    rows = rows.annotate(request=Subquery(own.values("pk")[:1]))
    rows = rows.annotate(written_at=Subquery(written.values("written_at")[:1]))
    kind = Case(When(written_at=None, then=Value(UNWORDED)), default=Value(TAKEN_DOWN))
    return awaited_lines(rows, kind=kind, ref=Value(""), since=Coalesce("written_at", "created_at"))


@dataclass(frozen=True, slots=True)
class ToValidate:
    """A coachee's request that waits for the coach's validation."""

    mission: MissionLine
    ref: str


def requests_to_validate(viewer: Viewer, limit: int) -> list[ToValidate]:
    """Confirmed by their coachee and not validated yet, oldest mission first."""
    return [ToValidate(mission_line(row), row[-1]) for row in _to_validate(viewer, limit)]


@prepared
def _to_validate(viewer: Viewer, limit: int) -> QuerySet:
    rows = with_progress(Request.objects.visible_to(viewer, COACH_ALONE))
    rows = rows.filter(level=RequestLevel.COACHEE, seat__ended_at=None, mission__state__in=WRITABLE)
    rows = rows.filter(confirmed__isnull=False, validated=False).order_by("mission_id", "pk")
    first = Request.unscoped.filter(pk__in=rows.values("pk")[:limit]).order_by("mission_id", "pk")
    return mission_lines(first, "ref", through="mission__")


def missions_ready(viewer: Viewer, limit: int) -> list[MissionLine]:
    """Enquiries whose requests are all there and validated, oldest first: what is left is the coach's."""
    return [mission_line(row) for row in _ready(viewer, limit)]


@prepared
def _ready(viewer: Viewer, limit: int) -> QuerySet:
    asked = Request.unscoped.filter(mission=OuterRef("pk"), seat__ended_at=None)
    coachees = asked.filter(level=RequestLevel.COACHEE)
    missing = Q(level=RequestLevel.COACHEE, validated=False) | Q(
        level=RequestLevel.ORGANISATION, confirmed=None
    )
    rows = missions_for(viewer).filter(Exists(coachees), state=MissionState.ENQUIRY)
    rows = rows.exclude(Exists(with_progress(asked).filter(missing)))
    return mission_lines(rows.order_by("pk"))[:limit]

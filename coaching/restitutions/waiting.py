"""The restitutions' part of who is waited for: coachees who have one to read; addressees who have not opened theirs."""

from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.waiting import Awaited
from coaching.missions.waiting_access import (
    MISSION_LINE,
    MissionLine,
    SeatLine,
    awaitable_seats,
    awaited_lines,
    mission_line,
    mission_lines,
)

from .enums import RestitutionState
from .models import Receipt, Restitution
from .policy import RESTITUTION_RULES

# What is the coach's: to release what was approved, to word anew what was sent back.
_TO_DO = Q(state=RestitutionState.APPROVED) | (Q(state=RestitutionState.DRAFT) & ~Q(asked_ref=""))
TO_READ, TO_OPEN = "restitutions.read", "restitutions.open"


def restitutions_awaited(viewer: Viewer, **conditions) -> QuerySet:
    """Coachees to whom one was sent; to themselves, addressees of one they have not opened: as ``awaited_lines``.

    Whether a sponsor reads what was released to them is not for the coach to press. No words are read.
    """
    own = Restitution.unscoped.filter(seat=OuterRef("pk"), state=RestitutionState.PROPOSED).order_by("pk")
    found = Q(role=SeatRole.COACHEE) & Exists(own)
    theirs = _unopened().order_by("pk")
    if viewer.portal == Portal.ORGANISATION:
        found = Exists(theirs)
    rows = awaitable_seats(viewer).filter(found, person__user__isnull=False, **conditions)
    since = Case(
        When(role=SeatRole.COACHEE, then=Subquery(own.values("proposed_at")[:1])),
        default=Subquery(theirs.values("released_at")[:1]),
    )
    kind = Case(When(role=SeatRole.COACHEE, then=Value(TO_READ)), default=Value(TO_OPEN))
    return awaited_lines(
        rows.annotate(asked=Subquery(own.values("ref")[:1])), kind=kind, ref=F("asked"), since=since
    )


def _unopened() -> QuerySet[Restitution]:
    opened = Receipt.unscoped.filter(
        restitution=OuterRef("pk"), user_id=OuterRef(OuterRef("person__user_id"))
    )
    rows = Restitution.unscoped.filter(
        seat__mission=OuterRef("mission"), addressee=OuterRef("role"), state=RestitutionState.RELEASED
    )
    return rows.exclude(Exists(opened))


def to_read(seat: SeatLine, ref: str, since: datetime) -> Awaited:
    """A coachee who has not said what they make of a restitution they were sent (article 15)."""
    return Awaited(
        seat=seat,
        what=_("is to read a restitution"),
        asks=_(
            "A text about your coaching is still there for you to read; nothing goes that you have not approved."
        ),
        button=_("Read it"),
        path=reverse("coachee_restitution", args=[ref]),
        since=since,
    )


def to_open(seat: SeatLine, _ref: str, since: datetime) -> Awaited:
    """An addressee who has not opened what was released to them."""
    return Awaited(
        seat=seat,
        what=_("is to open a restitution"),
        asks=_("A restitution was released to you."),
        button=_("Read the restitution"),
        path=reverse("organisation_restitutions"),
        since=since,
    )


def to_do(viewer: Viewer, limit: int) -> list[tuple[MissionLine, str, str]]:
    """For the coach's first page: restitutions approved and not released, or sent back with another wish: mission, ref, state."""
    return [(mission_line(row), *row[MISSION_LINE:]) for row in _to_do(viewer, limit)]


@prepared
def _to_do(viewer: Viewer, limit: int) -> QuerySet:
    rows = Restitution.objects.visible_to(viewer, {Portal.COACH: RESTITUTION_RULES[Portal.COACH]})
    rows = rows.filter(_TO_DO).order_by("pk")
    return mission_lines(rows, "ref", "state", through="seat__mission__")[:limit]


def next_of(viewer: Viewer):
    """On a mission's row: the restitution that waits for this viewer there, as « reference state addressee » (a mark)."""
    rows = Restitution.objects.visible_to(viewer, RESTITUTION_RULES).filter(seat__mission=OuterRef("pk"))
    if viewer.portal == Portal.COACHEE:
        rows = rows.filter(state=RestitutionState.PROPOSED)
    else:
        rows = rows.filter(_TO_DO)
    said = Concat("ref", Value(" "), "state", Value(" "), "addressee")
    return Subquery(rows.order_by("pk").annotate(said=said).values("said")[:1])

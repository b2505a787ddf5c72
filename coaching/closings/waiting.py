"""The closings' part of who is waited for: who has not said they read their letter; coachees who have objectives to look at."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState, ObjectiveTag, SeatRole
from coaching.missions.models import Objective, Termination
from coaching.missions.policy import seats_held
from coaching.missions.waiting import Awaited
from coaching.missions.waiting_access import SeatLine, awaitable_seats, awaited_lines
from coaching.progress.enums import Stage
from coaching.progress.models import Measure

from .letters import PAGES
from .models import Acknowledgement, Look, PartyLetter, Preparation

UNDER_WAY = [MissionState.ACTIVE, MissionState.PAUSED]
TO_ACKNOWLEDGE, TO_LOOK = "closings.acknowledge", "closings.look"
PATIENCE = timedelta(days=30)  # after that a mission that has ended is left in peace


def letters_unread(viewer: Viewer, **conditions) -> QuerySet:
    """Parties with an account who have not said that they read their letter: as ``awaited_lines``. No words are read."""
    said = Acknowledgement.unscoped.filter(letter=OuterRef("pk"))
    own = PartyLetter.unscoped.filter(~Exists(said), seat=OuterRef("pk"), written_at__gte=Now() - PATIENCE)
    own = own.order_by("pk")
    rows = awaitable_seats(viewer).filter(Exists(own), person__user__isnull=False, **conditions)
    return awaited_lines(
        rows,
        kind=Value(TO_ACKNOWLEDGE),
        ref=Subquery(own.values("ref")[:1]),
        since=Subquery(own.values("written_at")[:1]),
    )


def objectives_unseen(viewer: Viewer, **conditions) -> QuerySet:
    """Coachees who were asked to look at their objectives, and have some left: as ``awaited_lines``. No words are read."""
    asked = Preparation.unscoped.filter(mission=OuterRef("mission"))
    there = _unseen(OuterRef("mission"), OuterRef("pk"))
    rows = awaitable_seats(viewer).filter(
        Exists(asked),
        Exists(there),
        ~Exists(Termination.unscoped.filter(seat=OuterRef("pk"))),
        role=SeatRole.COACHEE,
        person__user__isnull=False,
        mission__state__in=UNDER_WAY,
        **conditions,
    )
    return awaited_lines(
        rows, kind=Value(TO_LOOK), ref=F("mission__ref"), since=Subquery(asked.values("asked_at")[:1])
    )


def _unseen(mission, seat) -> QuerySet[Objective]:
    """Objectives of a mission that this coachee is concerned by, and has neither looked at nor measured at the end."""
    seen = Look.unscoped.filter(objective=OuterRef("pk"), seat=OuterRef(seat))
    measured = Measure.unscoped.filter(objective=OuterRef("pk"), seat=OuterRef(seat), stage=Stage.END)
    concerned = ~Q(tag=ObjectiveTag.COACHEE) | Q(seat=seat)
    return Objective.unscoped.filter(
        concerned, ~Exists(seen), ~Exists(measured), mission=mission, removed_at=None
    )


def asked_on(viewer: Viewer):
    """On a mission's row: when its coachees were asked to look at their objectives, to the two it is between (a mark)."""
    if viewer.portal not in (Portal.COACH, Portal.COACHEE):
        return None
    return Subquery(Preparation.unscoped.filter(mission=OuterRef("pk")).values("asked_at")[:1])


def left_to_look(viewer: Viewer):
    """On a mission's row, to a coachee who was asked: an objective they have not looked at (a mark)."""
    if viewer.portal != Portal.COACHEE:
        return None
    mine = seats_held(viewer, SeatRole.COACHEE).filter(mission=OuterRef("pk"))
    mine = mine.filter(
        Exists(Preparation.unscoped.filter(mission=OuterRef("mission"))),
        Exists(_unseen(OuterRef("mission"), OuterRef("pk"))),
        ~Exists(Termination.unscoped.filter(seat=OuterRef("pk"))),
        mission__state__in=UNDER_WAY,
    )
    return Subquery(mine.values("pk")[:1])


def to_acknowledge(seat: SeatLine, ref: str, since: datetime) -> Awaited:
    """A party whose letter waits to be read (articles 6, 9 and 12)."""
    return Awaited(
        seat=seat,
        what=_("is to say that they have read their letter"),
        asks=_("A letter about the end of a coaching waits for you to say that you have read it."),
        button=_("Read the letter"),
        path=reverse(PAGES[SeatRole(seat.role)], args=[ref]),
        since=since,
    )


def to_look(seat: SeatLine, ref: str, since: datetime) -> Awaited:
    """A coachee who has objectives to look at before the close (article 9)."""
    return Awaited(
        seat=seat,
        what=_("is to look at their objectives"),
        asks=_("Your coaching comes to its end: your objectives wait for you to look at them."),
        button=_("Look at my objectives"),
        path=reverse("coachee_look", args=[ref]),
        since=since,
    )

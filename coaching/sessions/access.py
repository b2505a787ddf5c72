"""Reading sessions: the coach's, a coachee's own, and for the organisation a number."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import missions_for
from coaching.missions.enums import SeatRole
from coaching.missions.facts import ask_of
from coaching.missions.models import Mission, Seat
from coaching.missions.waiting_access import MISSION_LINE, MissionLine, mission_line, mission_lines
from contracts.enums import Medium
from contracts.in_force import Agreed, agreed_on
from contracts.models import Contract

from .enums import COUNTED_KINDS, COUNTED_STATES, KEPT_STATES, SessionKind, SessionState, ThreeWayStage
from .models import Claim, CoachingSession, Participant
from .policy import SESSION_RULES


def sessions_for(viewer: Viewer) -> QuerySet[CoachingSession]:
    """Sessions the viewer may see, earliest first, with their mission."""
    rows = CoachingSession.objects.visible_to(viewer, SESSION_RULES)
    return rows.select_related(
        "mission", "mission__organisation", "mission__coach", "mission__practice", "coach"
    )


def get_session(viewer: Viewer, ref: str) -> CoachingSession:
    """The session with this reference; 404 to whoever does not take part in it."""
    return get_visible(sessions_for(viewer), ref)


def get_planned(viewer: Viewer, ref: str) -> CoachingSession:
    """The same, while something can still be done about it; :class:`NotAllowedNow` once it was held, missed or cancelled."""
    session = get_session(viewer, ref)
    if session.state != SessionState.PLANNED:
        raise NotAllowedNow(_("This session is no longer planned: what became of it is recorded."))
    return session


def sessions_of(viewer: Viewer, mission: Mission) -> list[CoachingSession]:
    """The sessions of one mission that the viewer may see, earliest first."""
    return _sessions_of(viewer, mission_id=mission.pk)


class Shown(NamedTuple):
    """A session as the page of a mission says it: no more than that, there may be hundreds."""

    ref: str
    kind: str
    stage: str
    state: str
    starts_at: datetime
    minutes: int
    zone: str
    medium: str
    place: str
    join_link: str

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def get_kind_display(self):
        return SessionKind(self.kind).label

    @property
    def get_stage_display(self):
        return ThreeWayStage(self.stage).label

    @property
    def get_state_display(self):
        return SessionState(self.state).label

    @property
    def get_medium_display(self):
        return Medium(self.medium).label


def sessions_shown(viewer: Viewer, mission: Mission, seat: Seat | None = None) -> list[Shown]:
    """The sessions of one mission that the viewer may see, earliest first, for its page.

    With ``seat`` those alone in which that coachee takes part: shown beside the viewer, they learn of no colleague's.
    """
    shown = [Shown._make(row) for row in _sessions_shown(viewer, mission_id=mission.pk)]
    if seat is None:
        return shown
    mine = set(Participant.unscoped.filter(seat=seat).values_list("session__ref", flat=True))
    return [one for one in shown if one.ref in mine]


@prepared
def _sessions_shown(viewer: Viewer, mission_id: int) -> QuerySet:
    rows = CoachingSession.objects.visible_to(viewer, SESSION_RULES)
    return rows.filter(mission_id=mission_id).values_list(*Shown._fields)


@prepared
def _sessions_of(viewer: Viewer, mission_id: int) -> QuerySet[CoachingSession]:
    return CoachingSession.objects.visible_to(viewer, SESSION_RULES).filter(mission_id=mission_id)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A planned session as a first page names it."""

    mission: MissionLine
    ref: str
    kind: str
    starts_at: datetime
    minutes: int
    zone: str

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def called(self):
        return SessionKind(self.kind).label


def planned(viewer: Viewer, limit: int) -> list[SessionLine]:
    """What is planned, earliest first: those whose hour has passed are still to be recorded. In one query."""
    return [SessionLine(mission_line(row), *row[MISSION_LINE:]) for row in _planned(viewer, limit)]


@prepared
def _planned(viewer: Viewer, limit: int) -> QuerySet:
    rows = CoachingSession.objects.visible_to(viewer, SESSION_RULES).filter(state=SessionState.PLANNED)
    rows = rows.order_by("starts_at", "pk")
    return mission_lines(rows, "ref", "kind", "starts_at", "minutes", "zone", through="mission__")[:limit]


def participants_of(viewer: Viewer, session: CoachingSession) -> list[Participant]:
    """Who takes part, for whoever may see the session; a coachee of a team reads the names of those who were asked with them."""
    rows = Participant.unscoped.filter(session__in=sessions_for(viewer).filter(pk=session.pk))
    return list(rows.select_related("seat", "seat__person"))


def coachees_in(viewer: Viewer, sessions: list[CoachingSession]) -> dict[int, list[str]]:
    """Names of the coachees of several sessions in one query, for the coach's lists."""
    if viewer.portal != Portal.COACH:
        return {}
    rows = Participant.unscoped.filter(session__in=[one.pk for one in sessions], seat__role=SeatRole.COACHEE)
    names = defaultdict(list)
    for pk, name in rows.values_list("session_id", "seat__person__name"):
        names[pk].append(name)
    return names


@dataclass(frozen=True, slots=True)
class Account:
    """Sessions of a mission, held against the number its contract agrees."""

    agreed: int | None
    held: int
    owed: int  # missed, or cancelled after the notice: they count although nothing took place
    planned: int

    @property
    def counted(self) -> int:
        return self.held + self.owed

    @property
    def remaining(self) -> int | None:
        """Those still to be planned; None where no number is agreed."""
        return None if self.agreed is None else max(0, self.agreed - self.counted - self.planned)


def account_of(mission: Mission, agreed: Agreed | None = None) -> Account:
    """The count itself, for whoever has just been shown the mission: it is the one thing everybody at the table may read."""
    agreed = agreed or agreed_on(mission)
    return account(agreed.count if agreed else None, states_of(mission))


def states_of(mission: Mission) -> dict[str, int]:
    """How many of the sessions that count are in each state."""
    rows = CoachingSession.unscoped.filter(mission=mission, kind__in=COUNTED_KINDS).order_by()
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def account(agreed: int | None, states: Mapping[str, int]) -> Account:
    """From how many of the sessions that count are in each state."""
    owed = sum(states.get(state, 0) for state in COUNTED_STATES - {SessionState.HELD})
    return Account(agreed, states.get(SessionState.HELD, 0), owed, states.get(SessionState.PLANNED, 0))


@dataclass(frozen=True, slots=True)
class Told:
    """All that an organisation or an administrator learns of a mission's sessions."""

    held: int
    agreed: int | None
    dates: tuple[datetime, ...] | None  # None: the contract does not say that dates are shared


def told_of(viewer: Viewer, mission: Mission, seat: Seat | None = None) -> Told:
    """The number of sessions held; to the organisation their dates too, only where the contract in force says so (article 15).

    With ``seat`` the dates of that coachee's own sessions alone, as above.
    """
    held = CoachingSession.unscoped.filter(kind__in=COUNTED_KINDS, state=SessionState.HELD)
    number = mission.mark_held if hasattr(mission, "mark_held") else _number_held(viewer, mission)
    agreed = agreed_on(mission)
    told = agreed is not None and agreed.sealed and agreed.dates_shared
    shared = told and viewer.portal == Portal.ORGANISATION
    days = held.filter(mission=mission).order_by("starts_at").values_list("starts_at", flat=True)
    days = days.filter(pk__in=Participant.unscoped.filter(seat=seat).values("session_id")) if seat else days
    return Told(number or 0, agreed.count if agreed else None, tuple(days) if shared else None)


def _number_held(viewer: Viewer, mission: Mission) -> int | None:
    seen = missions_for(viewer).filter(pk=mission.pk).annotate(n=number_held(viewer))
    return seen.values_list("n", flat=True).get()


def number_held(viewer: Viewer):
    """On a mission's row, for the organisation: how many of the sessions that count were held (a mark)."""
    if viewer.portal in (Portal.COACH, Portal.COACHEE):
        return None  # they read the sessions themselves
    held = CoachingSession.unscoped.filter(kind__in=COUNTED_KINDS, state=SessionState.HELD)
    counted = held.filter(mission=OuterRef("pk")).order_by().values("mission").annotate(n=Count("pk"))
    return Subquery(counted.values("n"))


def held_of(viewer: Viewer, missions: list[Mission]) -> dict[int, int]:
    """The number of sessions held of each of these missions, those the viewer may see: for a list, in one query."""
    return dict(ask_of(_held_of, viewer, missions))


@prepared
def _held_of(viewer: Viewer, **missions: int) -> QuerySet:
    seen = missions_for(viewer).filter(pk__in=missions.values()).values("pk")
    rows = CoachingSession.unscoped.filter(kind__in=COUNTED_KINDS, state=SessionState.HELD, mission__in=seen)
    return rows.order_by().values_list("mission").annotate(n=Count("pk"))


def next_three_ways(viewer: Viewer, missions: list[Mission]) -> dict[int, datetime]:
    """When the next three-way meeting of each of these missions is that the viewer takes part in, as a clock there says it.

    For a list, in one query.
    """
    now = timezone.now()
    rows = [row for row in ask_of(_three_ways, viewer, missions) if row[1] >= now]
    return {pk: at.astimezone(ZoneInfo(zone)) for pk, at, zone in rows}  # the earliest comes last, and stays


@prepared
def _three_ways(viewer: Viewer, **missions: int) -> QuerySet:
    rows = CoachingSession.objects.visible_to(viewer, SESSION_RULES)
    rows = rows.filter(mission__in=missions.values(), kind=SessionKind.THREE_WAY, state=SessionState.PLANNED)
    return rows.order_by("-starts_at").values_list("mission_id", "starts_at", "zone")


def practised(practice_id: int, coach_ids: list[int], today: date, *windows: timedelta) -> Iterator[tuple]:
    """Hours of coaching of several coaches: who, the day of their first session, minutes held in each window up to today.

    What counts is what the clause on the number of sessions counts, as long as it really lasted. For rooms above that
    measure a coach's own duties: no mission is named.
    """
    rows = CoachingSession.unscoped.filter(
        mission__practice_id=practice_id,
        coach_id__in=coach_ids,
        state=SessionState.HELD,
        kind__in=COUNTED_KINDS,
    )
    held = {
        f"held_{n}": Sum("held_minutes", filter=Q(starts_at__date__gt=today - window), default=0)
        for n, window in enumerate(windows)
    }
    for pk, first, *minutes in (
        rows.order_by()
        .values("coach_id")
        .annotate(first=Min("starts_at"), **held)
        .values_list("coach_id", "first", *held)
    ):
        yield pk, timezone.localdate(first), *minutes


def minutes_between(viewer: Viewer, first: date, last: date) -> int:
    """Minutes of coaching a coach has held from one day to another, both included; what counts as above."""
    rows = CoachingSession.objects.visible_to(viewer, {Portal.COACH: SESSION_RULES[Portal.COACH]})
    rows = rows.filter(state=SessionState.HELD, kind__in=COUNTED_KINDS, starts_at__date__range=(first, last))
    return rows.aggregate(held=Sum("held_minutes", default=0))["held"]


def sessions_with(seat: Seat) -> QuerySet:
    """Sub-query: the sessions a coachee took part in, those of a team in which they were present; for facts about them."""
    rows = Participant.unscoped.filter(seat=seat).exclude(present=False)
    return rows.order_by().values("session_id")


def held_with(seat: Seat) -> int:
    """How many sessions that count were held with one coachee: what a restitution says of their attendance."""
    rows = CoachingSession.unscoped.filter(pk__in=sessions_with(seat), kind__in=COUNTED_KINDS)
    return rows.filter(state=SessionState.HELD).count()


def held_under(contract: Contract) -> int:
    """How many sessions were provided under a contract: what a consumer who withdraws owes is in proportion to them."""
    rows = CoachingSession.unscoped.filter(mission_id=contract.mission_id, kind__in=COUNTED_KINDS)
    return rows.filter(state=SessionState.HELD).count()


def pace_of(agreed: Agreed | None) -> timedelta | None:
    """Half the interval that the contract's period and number make (decision 0017): what is closer takes both."""
    return timedelta(days=agreed.days_between / 2) if agreed and agreed.days_between else None


def beside(session: CoachingSession) -> QuerySet[CoachingSession]:
    """The other counted sessions of the same coachees that are planned or were held."""
    mine = Participant.unscoped.filter(session=session).values("seat_id")
    return _counted_of(mine, session.mission_id).exclude(pk=session.pk)


def _counted_of(seats, mission_id: int) -> QuerySet[CoachingSession]:
    together = Participant.unscoped.filter(seat_id__in=seats).values("session_id")
    rows = CoachingSession.unscoped.filter(pk__in=together, mission_id=mission_id)
    return rows.filter(kind__in=COUNTED_KINDS, state__in=KEPT_STATES)


def kept_hours(seat: Seat) -> list[datetime]:
    """When the counted sessions of one coachee are that are planned or were held; for their own page."""
    return list(_counted_of([seat.pk], seat.mission_id).values_list("starts_at", flat=True))


def neighbours(session: CoachingSession) -> list[CoachingSession]:
    """The counted sessions just before and just after, of the same coachees, for the gate on pace."""
    rows = beside(session)
    before = rows.filter(starts_at__lte=session.starts_at).order_by("-starts_at").first()
    after = rows.filter(starts_at__gt=session.starts_at).order_by("starts_at").first()
    return [one for one in (before, after) if one]


def taken(coach_id: int, after: datetime, before: datetime) -> frozenset[datetime]:
    """The moments, five minutes each, that a coach's sessions take between two others: for the hours that may still be booked."""
    rows = Claim.unscoped.filter(coach_id=coach_id, at__gte=after, at__lt=before)
    return frozenset(rows.values_list("at", flat=True))


def coachee_seats(session: CoachingSession) -> list[int]:
    """Who is coached in a session, by seat; for a gate."""
    rows = Participant.unscoped.filter(session=session, seat__role=SeatRole.COACHEE)
    return list(rows.values_list("seat_id", flat=True))


def exploratory_done(mission: Mission) -> bool:
    """Whether the one meeting that may come before the contract was planned or held (I5)."""
    rows = CoachingSession.unscoped.filter(mission=mission, kind=SessionKind.EXPLORATORY)
    return rows.filter(state__in=KEPT_STATES).exists()

"""Planning sessions, one or a series; moving them; the coachee's agreement to what the contract does not say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import hold
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_seats, roles_at
from coaching.missions.enums import MissionKind, MissionState, SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.pace_access import paused_seats, stopped_seats
from coaching.missions.policy import OPEN_STATES
from coaching.missions.services.life import record
from contracts.access import standing_among
from contracts.in_force import agreed_on

from .. import gates, letters
from ..access import account_of, beside, exploratory_done
from ..enums import COUNTED_KINDS, SessionKind, SessionState
from ..models import Claim, CoachingSession, Participant

GRAIN = timedelta(minutes=5)
LONGEST = 8 * 60  # minutes
MOST = 60  # sessions in one series
MEETING = frozenset({SeatRole.SPONSOR, SeatRole.MANAGER})


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a session when it is planned or moved; ``at`` is the hour on the wall, in ``zone``."""

    at: datetime
    minutes: int
    medium: str
    zone: str = "Europe/Paris"
    place: str = ""
    join_link: str = ""
    private: bool = False


@act
def plan(
    viewer: Viewer,
    mission: Mission,
    seats: Sequence[Seat],
    said: Said,
    *,
    kind: str,
    stage: str = "",
    times: int = 1,
    every_weeks: int = 1,
) -> list[CoachingSession]:
    """Plan a session, or ``times`` of them, each at the same hour on the wall. Records ``session.plan`` for each.

    Who may: the mission's coach. Only an exploratory meeting, and one, comes before the contract is sealed (I5); those
    that count never exceed the number the contract agrees. Those who take part are written to. Raises :class:`Invalid`
    beside the field at fault, :class:`NotAllowedNow` when the mission is not active.
    """
    if "coach" not in roles_at(viewer, mission):
        raise NotAllowedNow(_("Only the mission’s coach plans its sessions."))
    mission = hold(mission)
    _refuse_too_soon(mission, kind)
    _refuse_table(mission, seats, kind)
    _refuse_too_many(mission, kind, times)
    moments = [said.at + timedelta(weeks=every_weeks * turn) for turn in range(times)]
    rows = [_planned(viewer, mission, seats, said, moment, kind, stage) for moment in moments]
    for row in rows:
        _ask_neighbours_anew(row)
    letters.planned(rows)
    return rows


@act
def book(viewer: Viewer, seat: Seat, said: Said) -> CoachingSession:
    """A coachee takes an individual session for themselves at an hour their coach has opened. Records ``session.book``.

    Who may: the coachee who holds ``seat``. The caller has made sure that the hour is open; the rest is judged here, on
    the mission as it is held: contract, number, medium, pace. Booking is the coachee's agreement to the hour, never the
    coach's to a closer pace: closer than agreed takes both (article 10), so that it is refused. Coach and coachee are
    written to. Raises :class:`Invalid` when the hour was taken meanwhile, :class:`NotAllowedNow` otherwise.
    """
    mission = hold(seat.mission)
    if seat.pk not in {own.pk for own in own_seats(viewer, mission) if own.role == SeatRole.COACHEE}:
        raise NotAllowedNow(_("Only a coachee of the mission books a session of theirs."))
    kind = SessionKind.INDIVIDUAL
    _refuse_too_soon(mission, kind)
    _refuse_table(mission, [seat], kind)
    _refuse_too_many(mission, kind, 1)
    row = _planned(viewer, mission, [seat], said, said.at, kind, "", event="session.book")
    agreed = agreed_on(mission)
    if gates.unusual_medium(row, agreed):
        raise NotAllowedNow(
            _("Your contract does not name this medium: plan such a session with your coach.")
        )
    if gates.too_close(row, agreed):
        raise NotAllowedNow(
            _("This is closer to another session than your contract’s pace: plan such a one with your coach.")
        )
    letters.booked(row)
    return row


def _planned(
    viewer, mission, seats, said: Said, at: datetime, kind: str, stage: str, event: str = "session.plan"
) -> CoachingSession:
    row = CoachingSession(
        mission=mission,
        coach_id=mission.coach_id,
        kind=kind,
        stage=stage,
        created_by_id=viewer.user_id,
        **_columns(said, at),
    )
    _refuse_before_contract(mission, row)
    row.full_clean()
    row.save(force_insert=True)
    Participant.unscoped.bulk_create([Participant(session=row, seat=seat) for seat in seats])
    claim(row)
    record(viewer, mission, event, row.ref, {"kind": kind})
    return row


def _columns(said: Said, at: datetime) -> dict:
    if not 0 < said.minutes <= LONGEST:
        raise Invalid(_("A session lasts between five minutes and eight hours."), field="minutes")
    return {
        "starts_at": moment(at, said.zone),
        "minutes": said.minutes,
        "zone": said.zone,
        "medium": said.medium,
        "place": said.place.strip(),
        "join_link": said.join_link.strip(),
        "private": said.private,
    }


def moment(at: datetime, zone: str) -> datetime:
    """The moment of an hour on the wall; refuses an hour that the clock change skips. One that comes twice is the first."""
    moment = at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != at:
        day = date_format(at, "DATE_FORMAT")
        raise Invalid(
            _("This hour does not exist on %(day)s: the clocks go forward.") % {"day": day}, field="time"
        )
    return moment


def claim(session: CoachingSession) -> None:
    """Take the coach's time for this session, five minutes by five; the table refuses what is taken already."""
    start = session.starts_at - timedelta(
        minutes=session.starts_at.minute % 5, seconds=session.starts_at.second
    )
    count = -(-(session.ends_at - start) // GRAIN)
    rows = [
        Claim(session=session, coach_id=session.coach_id, at=start + GRAIN * turn) for turn in range(count)
    ]
    try:
        with one_act():
            Claim.unscoped.bulk_create(rows)
    except IntegrityError as taken:
        day = date_format(session.local_start, "SHORT_DATETIME_FORMAT")
        message = _("There is another session at that time: %(day)s.") % {"day": day}
        raise Invalid(message, field="time") from taken


def release(session: CoachingSession) -> None:
    """Give the coach's time back."""
    Claim.unscoped.filter(session=session).delete()


def _refuse_too_soon(mission: Mission, kind: str) -> None:
    if kind == SessionKind.EXPLORATORY:
        if mission.state not in OPEN_STATES:
            raise NotAllowedNow(_("This mission is over: nothing is planned in it any more."))
        if mission.state == MissionState.PAUSED:
            raise NotAllowedNow(_("The mission pauses: sessions are planned again when it resumes."))
        if exploratory_done(mission):
            raise Invalid(
                _("There is one exploratory meeting, and it is planned or was held already."), field="kind"
            )
    elif mission.state == MissionState.PAUSED:
        raise NotAllowedNow(_("The mission pauses: sessions are planned again when it resumes."))
    elif mission.state != MissionState.ACTIVE:
        raise NotAllowedNow(
            _("No session is planned before the contract is sealed, beyond one exploratory meeting.")
        )


def _refuse_before_contract(mission: Mission, row: CoachingSession) -> None:
    if row.kind != SessionKind.EXPLORATORY and row.starts_at < mission.activated_at:
        raise Invalid(_("The contract was not sealed yet on that day."), field="day")


def _refuse_table(mission: Mission, seats: Sequence[Seat], kind: str) -> None:
    roles = [seat.role for seat in seats]
    coachees = roles.count(SeatRole.COACHEE)
    if kind == SessionKind.TEAM and mission.kind != MissionKind.TEAM:
        raise Invalid(_("This mission is with one person: there is no team session in it."), field="kind")
    if not coachees:
        raise Invalid(_("Say which coachee takes part."), field="seats")
    if kind == SessionKind.INDIVIDUAL and coachees > 1:
        raise Invalid(_("An individual session is with one coachee."), field="seats")
    if kind == SessionKind.THREE_WAY and not MEETING & set(roles):
        raise Invalid(_("A three-way meeting is also with the sponsor or the manager."), field="seats")
    if kind != SessionKind.THREE_WAY and MEETING & set(roles):
        raise Invalid(_("The organisation takes part in three-way meetings alone."), field="seats")
    there = [seat.pk for seat in seats]
    pauses, stops = paused_seats(there), stopped_seats(there)
    for seat in seats:
        if seat.pk in stops:
            message = _("%(name)s has stopped their coaching: nothing is planned with them any more.")
            raise Invalid(message % {"name": seat.person.name}, field="seats")
        if seat.pk in pauses:
            message = _("%(name)s’s coaching pauses: sessions are planned with them again once it goes on.")
            raise Invalid(message % {"name": seat.person.name}, field="seats")
    if kind != SessionKind.EXPLORATORY:
        _refuse_unsigned(mission, [seat for seat in seats if seat.role == SeatRole.COACHEE])


def _refuse_unsigned(mission: Mission, coachees: Sequence[Seat]) -> None:
    stands = standing_among(mission.pk, coachees)
    for seat in coachees:
        if seat.pk not in stands:
            message = _("%(name)s has not signed their adhesion yet.") % {"name": seat.person.name}
            raise Invalid(message, field="seats")


def _refuse_too_many(mission: Mission, kind: str, times: int) -> None:
    if not 0 < times <= MOST:
        raise Invalid(_("A series has between 1 and %(most)d sessions.") % {"most": MOST}, field="times")
    if kind not in COUNTED_KINDS:
        return
    account = account_of(mission, agreed_on(mission))
    if account.remaining is not None and times > account.remaining:
        message = _(
            "The contract agrees on %(agreed)d sessions: %(left)d can still be planned. More need an amendment."
        )
        raise Invalid(message % {"agreed": account.agreed, "left": account.remaining}, field="times")


@act
def move(viewer: Viewer, session: CoachingSession, said: Said, *, based_on: int) -> CoachingSession:
    """Say something else of a planned session: its hour, its place, its medium. Records ``session.move``.

    Who may: the mission's coach. What the coachee had confirmed is to be confirmed anew when hour or medium change;
    those who take part are written to. ``based_on`` is the sequence the coach saw; :class:`Stale` when it has moved.
    """
    if "coach" not in roles_at(viewer, session.mission):
        raise NotAllowedNow(_("Only the mission’s coach plans its sessions."))
    current = hold(session)
    if current.state != SessionState.PLANNED:
        raise NotAllowedNow(_("This session is no longer planned: it cannot be moved."))
    columns, before = _columns(said, said.at), current.starts_at
    told = any(
        columns[name] != getattr(current, name)
        for name in ("starts_at", "minutes", "medium", "place", "join_link")
    )
    if any(columns[name] != getattr(current, name) for name in ("starts_at", "medium")):
        columns["confirmed_at"] = None
    rows = CoachingSession.unscoped.filter(pk=current.pk, state=SessionState.PLANNED, sequence=based_on)
    if rows.update(**columns, sequence=based_on + 1) != 1:
        raise Stale(_("This session was changed while you were typing. Look at it again before you save."))
    current = CoachingSession.unscoped.select_related("mission__practice", "mission__coach").get(
        pk=current.pk
    )
    current.full_clean()
    _refuse_before_contract(current.mission, current)
    release(current)
    claim(current)
    record(viewer, current.mission, "session.move", current.ref, {"sequence": current.sequence})
    _ask_neighbours_anew(current, before)
    if told:
        letters.moved(current)
    return current


def _ask_neighbours_anew(session: CoachingSession, before: datetime | None = None) -> None:
    """What a coachee confirmed of another session was said before this one came as close: that is to be asked again."""
    least = gates.least_apart(session, agreed_on(session.mission))
    if least is None:
        return
    for one in beside(session):
        was_close = before is not None and abs(one.starts_at - before) < least
        if one.confirmed_at and not was_close and abs(one.starts_at - session.starts_at) < least:
            CoachingSession.unscoped.filter(pk=one.pk, state=SessionState.PLANNED).update(confirmed_at=None)


@act
def confirm(viewer: Viewer, session: CoachingSession) -> None:
    """A coachee agrees to a medium the contract does not name, or to a closer pace (articles 7 and 10). Records ``session.confirm``.

    Who may: a coachee who takes part, while it is planned and something is asked of them; an agreement given to nothing
    would be taken for one to whatever comes later.
    """
    mine = [seat.pk for seat in own_seats(viewer, session.mission) if seat.role == SeatRole.COACHEE]
    if not Participant.unscoped.filter(session=session, seat_id__in=mine).exists():
        raise NotAllowedNow(_("Only a coachee who takes part confirms it."))
    current, agreed = hold(session), agreed_on(session.mission)
    if not (gates.unusual_medium(current, agreed) or gates.too_close(current, agreed)):
        raise NotAllowedNow(_("Nothing is asked of you about this session: it is as your contract says."))
    rows = CoachingSession.unscoped.filter(pk=session.pk, state=SessionState.PLANNED, confirmed_at=None)
    if rows.update(confirmed_at=timezone.now()) != 1:
        raise Stale(_("There is nothing to confirm on this session any more."))
    record(viewer, session.mission, "session.confirm", session.ref)

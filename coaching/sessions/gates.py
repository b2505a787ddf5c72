"""Answers to the gates of a session (articles 7, 10 and 14)."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.gates import GateResult, register
from coaching.missions.enums import MissionKind, MissionState
from coaching.missions.pace_access import paused_seats, stopped_seats
from contracts.consumers.access import may_begin
from contracts.enums import Medium
from contracts.in_force import Agreed, agreed_on

from .access import coachee_seats, neighbours, pace_of
from .enums import COUNTED_KINDS, SessionKind
from .models import CoachingSession

OVER = frozenset({MissionState.STOPPED, MissionState.CLOSED, MissionState.REFUSED})
EARLY = timedelta(minutes=15)  # a session may be recorded from a little before its hour


def _page(session: CoachingSession) -> str:
    return reverse("coach_session_edit", args=[session.ref])


def stands(session: CoachingSession) -> GateResult:
    """No session before the contract is sealed (I5), beyond the one exploratory meeting; none in a pause (article 10).

    One whose hour came before the pause, or before the end, is recorded as what it was.
    """
    mission = session.mission
    if session.kind == SessionKind.EXPLORATORY:
        return GateResult(True)
    since = _pauses_since(session)
    if since is not None:
        message = _("The coaching was paused before this session.")
    elif mission.state in (MissionState.ACTIVE, MissionState.PAUSED) or _before_the_end(session):
        return GateResult(True)
    elif mission.state in OVER:
        message = _("The mission is over.")
    else:
        message = _("The contract is not sealed yet.")
    return GateResult(False, message, reverse("coach_mission", args=[mission.ref]))


def _before_the_end(session: CoachingSession) -> bool:
    mission = session.mission
    over = mission.stopped_at or mission.closed_at
    return bool(mission.activated_at and over and session.starts_at < over)


def _pauses_since(session: CoachingSession) -> datetime | None:
    """When the pause began that keeps a session from taking place: the mission's; in a team that of all who are coached in it."""
    mission = session.mission
    if mission.state == MissionState.PAUSED:
        return mission.paused_at if session.starts_at >= mission.paused_at else None
    if mission.kind != MissionKind.TEAM:
        return None
    seats = coachee_seats(session)
    pauses = {**paused_seats(seats), **stopped_seats(seats)}
    since = max(pauses.values()) if seats and len(pauses) == len(seats) else None
    return since if since and session.starts_at >= since else None


def early_start(session: CoachingSession) -> GateResult:
    """A consumer's fourteen days, unless they expressly asked to begin."""
    agreed = agreed_on(session.mission)
    if session.kind == SessionKind.EXPLORATORY or agreed is None:
        return GateResult(True)
    if may_begin(agreed.contract, session.local_start.date()):
        return GateResult(True)
    return GateResult(
        False,
        _(
            "The coachee may still withdraw and has not asked for an early start: sessions begin after the period."
        ),
        reverse("coach_consumer", args=[agreed.contract.ref]),
    )


def reached(session: CoachingSession) -> GateResult:
    if session.starts_at <= timezone.now() + EARLY:
        return GateResult(True)
    return GateResult(False, _("This session is still to come."), _page(session))


def placed(session: CoachingSession) -> GateResult:
    """Where it takes place is written down, and nobody can listen in (article 7)."""
    if session.medium == Medium.ON_SITE and not session.place.strip():
        return GateResult(False, _("Write down the place of the session."), _page(session))
    if not session.private:
        return GateResult(False, _("Make sure that nobody can listen in, and record it."), _page(session))
    return GateResult(True)


def unusual_medium(session: CoachingSession, agreed: Agreed | None) -> bool:
    """Not one of the contract's; an exploratory meeting stands outside it."""
    if session.kind == SessionKind.EXPLORATORY:
        return False
    return agreed is not None and agreed.sealed and session.medium not in agreed.media


def too_close(session: CoachingSession, agreed: Agreed | None) -> bool:
    """Closer to another session than half the pace the contract makes (decision 0017)."""
    least = least_apart(session, agreed)
    if least is None:
        return False
    return any(abs(one.starts_at - session.starts_at) < least for one in neighbours(session))


def least_apart(session: CoachingSession, agreed: Agreed | None) -> timedelta | None:
    """How far from the next one a session is without being closer than agreed; None where no pace is."""
    return pace_of(agreed) if session.kind in COUNTED_KINDS else None


def medium_agreed(session: CoachingSession) -> GateResult:
    if session.confirmed_at or not unusual_medium(session, agreed_on(session.mission)):
        return GateResult(True)
    return GateResult(
        False,
        _("The contract does not name this medium, and the coachee has not confirmed it."),
        _page(session),
    )


def pace_agreed(session: CoachingSession) -> GateResult:
    """Sessions closer than agreed need both (article 10)."""
    if session.confirmed_at or not too_close(session, agreed_on(session.mission)):
        return GateResult(True)
    return GateResult(
        False,
        _(
            "This session is closer to another than the contract’s pace, and the coachee has not confirmed it."
        ),
        _page(session),
    )


register("sessions.stands", stands)
register("sessions.early_start", early_start)
register("sessions.reached", reached)
register("sessions.place", placed)
register("sessions.medium", medium_agreed)
register("sessions.pace", pace_agreed)

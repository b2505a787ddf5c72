"""Letters about sessions: when and how. Subjects are neutral; nothing that is said in a session travels by mail."""

from collections import defaultdict

from django.urls import reverse

from coaching.missions.enums import SeatRole
from coaching.outbox.services import queue

from .models import CoachingSession, Participant

PAGES = {
    SeatRole.COACHEE: "coachee_session",
    SeatRole.SPONSOR: "organisation_mission",
    SeatRole.MANAGER: "organisation_mission",
}
MISSION_PAGES = {**PAGES, SeatRole.COACHEE: "coachee_mission"}


def planned(rows: list[CoachingSession]) -> None:
    """To those who take part: one session, or a series, is planned."""
    _write("sessions/planned", rows[0], {"sessions": [_facts(row) for row in rows], "series": len(rows) > 1})


def moved(session: CoachingSession) -> None:
    """To those who take part: another hour, another place."""
    _write("sessions/moved", session, {"sessions": [_facts(session)]})


def cancelled(session: CoachingSession) -> None:
    """To those who take part, the coach included when a coachee cancels: it is out of the calendar. No reason is given."""
    facts = {"sessions": [_facts(session)]}
    _write("sessions/cancelled", session, facts)
    if session.cancelled_by == "coachee":
        _to_coach("sessions/cancelled", session, facts)


def set_aside(rows: list[CoachingSession], *, by: int | None, cause: str) -> None:
    """To those who take part, one letter each: what does not take place, because the coaching pauses or has ended.

    Neither who wanted it nor why; whoever did (``by``) is not written to.
    """
    sessions = {row.pk: row for row in rows}
    seats = Participant.unscoped.filter(session__in=sessions, seat__person__user__isnull=False)
    told = defaultdict(list)
    for row in (
        seats.exclude(seat__person__user_id=by)
        .select_related("seat__person__user")
        .order_by("session__starts_at")
    ):
        told[row.seat].append(sessions[row.session_id])
    for seat, theirs in told.items():
        to, language = seat.person.reached_at
        facts = {"sessions": [_facts(one) for one in theirs], "pause": cause == "pause"}
        mission = theirs[0].mission
        path = reverse(MISSION_PAGES[SeatRole(seat.role)], args=[mission.ref])
        _queue(
            "sessions/set_aside", theirs[0], to, language, {**facts, "name": seat.person.name, "path": path}
        )


def _facts(session: CoachingSession) -> dict:
    return {
        "starts": session.local_start,
        "ends": session.local_end,
        "minutes": session.minutes,
        "medium": session.get_medium_display(),
        "kind": session.get_kind_display(),
        "place": session.place,
        "join_link": session.join_link,
        "zone": session.zone,
    }


def _write(kind: str, session: CoachingSession, context: dict) -> None:
    rows = Participant.unscoped.filter(session=session, seat__ended_at=None).select_related(
        "seat__person__user"
    )
    for row in rows:
        person = row.seat.person
        if person.user_id is None:
            continue
        to, language = person.reached_at
        by_session = row.seat.role == SeatRole.COACHEE
        ref = session.ref if by_session else session.mission.ref
        path = reverse(PAGES[SeatRole(row.seat.role)], args=[ref])
        _queue(kind, session, to, language, {**context, "name": person.name, "path": path})


def _to_coach(kind: str, session: CoachingSession, context: dict) -> None:
    coach = session.mission.coach
    path = reverse("coach_session", args=[session.ref])
    _queue(kind, session, coach.email, coach.language, {**context, "name": coach.name, "path": path})


def _queue(kind: str, session: CoachingSession, to: str, language: str, context: dict) -> None:
    mission = session.mission
    queue(
        kind=kind,
        to=to,
        language=language,
        practice_ref=mission.practice.ref,
        context={**context, "coach": mission.coach.name, "practice": mission.practice.name},
    )

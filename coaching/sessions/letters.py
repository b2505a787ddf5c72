"""Letters about sessions: when and how, each with what the reader's calendar takes.

Subjects are neutral; nothing that is said in a session travels by mail.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from coaching.missions.enums import SeatRole
from coaching.outbox.services import queue
from contracts.enums import Medium

from .enums import SessionKind
from .invitations import invitation
from .models import CoachingSession, Participant

PAGES = {
    SeatRole.COACHEE: "coachee_session",
    SeatRole.SPONSOR: "organisation_mission",
    SeatRole.MANAGER: "organisation_mission",
}
NOTHING = ("", "")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who takes part and has an account, and the page where they see the session."""

    user_id: int
    name: str
    to: str
    language: str
    page: str  # of the session for coach and coachee, of the mission for the others

    def path(self, session: CoachingSession) -> str:
        ref = session.mission.ref if self.page == "organisation_mission" else session.ref
        return reverse(self.page, args=[ref])

    def mission_path(self, session: CoachingSession) -> str:
        page = "coachee_mission" if self.page == "coachee_session" else self.page
        return reverse(page, args=[session.mission.ref])


def planned(rows: list[CoachingSession]) -> None:
    """To those who take part. A series has a letter for each session, since a calendar takes one invitation at a time; the first lists them all."""
    facts, people = [_facts(row) for row in rows], taking_part(rows[0])
    for turn, row in enumerate(rows):
        said = {"sessions": facts if turn == 0 else [facts[turn]], "turn": turn + 1, "count": len(rows)}
        _write("sessions/planned", row, {**said, "series": len(rows) > 1}, people)


def booked(session: CoachingSession) -> None:
    """To the coachee, who chose its hour, and to the coach, who opened it."""
    facts = {"sessions": [_facts(session)]}
    _write("sessions/booked", session, facts, taking_part(session))
    _to_coach("sessions/booked_coach", session, facts)


def moved(session: CoachingSession) -> None:
    """To those who take part: another hour, another place."""
    _write("sessions/moved", session, {"sessions": [_facts(session)]}, taking_part(session))


def cancelled(session: CoachingSession) -> None:
    """To those who take part, the coach included when a coachee cancels: it is out of the calendar. No reason is given."""
    facts = {"sessions": [_facts(session)]}
    _write("sessions/cancelled", session, facts, taking_part(session))
    if session.cancelled_by == "coachee":
        _to_coach("sessions/cancelled", session, facts)


def reminder(session: CoachingSession, one: Addressee) -> None:
    """To one of those who take part, as long before as they wish."""
    facts = {"sessions": [_facts(session)], "name": one.name, "path": one.path(session)}
    _queue("sessions/reminder", session, one, facts, NOTHING)


def taking_part(session: CoachingSession) -> list[Addressee]:
    """Those who take part and have an account, but the coach."""
    return parties([session])[session.pk]


def parties(sessions: list[CoachingSession]) -> dict[int, list[Addressee]]:
    """The same for several sessions, by their keys, in one query."""
    found = defaultdict(list)
    rows = Participant.unscoped.filter(session__in=[one.pk for one in sessions], seat__ended_at=None)
    rows = rows.filter(seat__person__user__isnull=False).select_related("seat__person__user")
    for row in rows:
        person, page = row.seat.person, PAGES[SeatRole(row.seat.role)]
        found[row.session_id].append(Addressee(person.user_id, person.name, *person.reached_at, page))
    return found


def its_coach(session: CoachingSession) -> Addressee:
    coach = session.mission.coach
    return Addressee(coach.pk, coach.name, coach.email, coach.language, "coach_session")


def set_aside(rows: list[CoachingSession], *, cause: str) -> None:
    """To those who take part: what does not take place, because the coaching pauses or has ended.

    Neither who wanted it nor why; whoever did is written to as well, since their calendar has the invitation. A letter
    for each, since a calendar takes one cancellation at a time; the first lists them all.
    """
    told, people = defaultdict(list), parties(rows)
    for row in sorted(rows, key=lambda row: row.starts_at):
        for one in people[row.pk]:
            told[one].append(row)
    for one, theirs in told.items():
        facts = [_facts(row) for row in theirs]
        for turn, row in enumerate(theirs):
            said = {"sessions": facts if turn == 0 else [facts[turn]], "pause": cause == "pause"}
            said |= {"name": one.name, "path": one.mission_path(row), "turn": turn + 1, "count": len(theirs)}
            _queue("sessions/set_aside", row, one, said, invitation(row, one.to, one.language))


def _facts(session: CoachingSession) -> dict:
    return {
        "starts": session.local_start,
        "ends": session.local_end,
        "minutes": session.minutes,
        "medium": Medium(session.medium).label,  # said in the language of each letter
        "kind": SessionKind(session.kind).label,
        "place": session.place,
        "join_link": session.join_link,
        "zone": session.zone,
    }


def _write(kind: str, session: CoachingSession, context: dict, people: Iterable[Addressee]) -> None:
    for one in people:
        said = {**context, "name": one.name, "path": one.path(session)}
        _queue(kind, session, one, said, invitation(session, one.to, one.language))


def _to_coach(kind: str, session: CoachingSession, context: dict) -> None:
    """Without an invitation: the coach's own calendar has the feed, and most sessions never came to it by mail."""
    coach = its_coach(session)
    _queue(kind, session, coach, {**context, "name": coach.name, "path": coach.path(session)}, NOTHING)


def _queue(
    kind: str, session: CoachingSession, one: Addressee, context: dict, calendar: tuple[str, str]
) -> None:
    mission = session.mission
    queue(
        kind=kind,
        to=one.to,
        language=one.language,
        practice_ref=mission.practice.ref,
        context={**context, "coach": mission.coach.name, "practice": mission.practice.name},
        calendar=calendar,
    )

"""Letters of a mission. One function per occasion; subjects are neutral, no words of a request travel by mail."""

from django.urls import reverse

from coaching.outbox.services import queue

from .enums import MissionKind, RequestLevel, SeatRole, Side
from .models import Mission, Pause, Referral, RequestVersion, Seat

HOME = {
    SeatRole.COACHEE: "coachee_request",
    SeatRole.SPONSOR: "organisation_request",
    SeatRole.MANAGER: "organisation_mission",
}


def request_written(mission: Mission, version: RequestVersion) -> None:
    """To the coach: an author has worded or confirmed a request."""
    to_coach("missions/request_written", mission, {"level": version.request.level})


def confirm_request(mission: Mission, version: RequestVersion) -> None:
    """To the author: the coach has taken their request down and asks them to make it theirs."""
    request = version.request
    seats = Seat.unscoped.filter(mission=mission, ended_at=None).select_related("person__user")
    if request.level == RequestLevel.COACHEE:
        seats = seats.filter(pk=request.seat_id)
    else:
        seats = seats.filter(role=SeatRole.SPONSOR)
    for seat in seats:
        to_seat("missions/confirm_request", mission, seat)


def request_validated(mission: Mission, version: RequestVersion) -> None:
    """To the coachee: the coach has validated their request."""
    to_seat("missions/request_validated", mission, version.request.seat)


def reminder(mission: Mission, seat: Seat, *, asks, button, path: str) -> None:
    """To somebody the coach waits for: what is still theirs to do, and the page to do it on."""
    to_seat("missions/reminder", mission, seat, {"asks": asks, "button": button, "path": path})


def paused(mission: Mission, pause: Pause) -> None:
    """To the other of the two, without the reason; to the sponsor the fact and the date, neither who nor why."""
    if pause.by == Side.COACH:
        to_seat("missions/paused", mission, pause.seat, {"path": _pace("coachee_pace", mission)})
    else:
        to_coach("missions/paused_coach", mission, {"path": _pace("coach_pace", mission)})
    sponsors = Seat.unscoped.filter(mission=mission, role=SeatRole.SPONSOR, ended_at=None)
    said = {
        "since": pause.begun_at,
        "team": mission.kind == MissionKind.TEAM,
        "path": _pace("organisation_mission", mission),
    }
    for seat in sponsors.select_related("person__user"):
        to_seat("missions/paused_organisation", mission, seat, said)


def ready(mission: Mission, pause: Pause, side: str) -> None:
    """To the other of the two: this one is ready to go on."""
    if side == Side.COACH:
        to_seat("missions/ready", mission, pause.seat, {"path": _pace("coachee_pace", mission)})
    else:
        to_coach("missions/ready_coach", mission, {"path": _pace("coach_pace", mission)})


def resumed(mission: Mission, pause: Pause) -> None:
    """To both: the coaching goes on. The organisation reads it on its page."""
    to_seat("missions/resumed", mission, pause.seat, {"path": _pace("coachee_mission", mission)})
    to_coach("missions/resumed_coach", mission, {})


def other_help(mission: Mission, referral: Referral) -> None:
    """To the coachee: something their coach told them is on their page. Not a word of what."""
    path = reverse("coachee_referral", args=[mission.ref, referral.ref])
    to_seat("missions/other_help", mission, referral.seat, {"path": path})


def _pace(page: str, mission: Mission) -> str:
    return reverse(page, args=[mission.ref])


def to_seat(
    kind: str, mission: Mission, seat: Seat, context: dict | None = None, *, anybody: bool = False
) -> None:
    """To a person at the table, once they have an account to act from. For the letters of this room and of those above.

    ``anybody``: also to somebody without one, where the letter itself holds what opens its page.
    """
    person = seat.person
    if person.user_id is None and not anybody:
        return
    to, language = person.reached_at
    queue(
        kind=kind,
        to=to,
        language=language,
        practice_ref=mission.practice.ref,
        context={
            "name": person.name,
            "coach": mission.coach.name,
            "practice": mission.practice.name,
            "path": reverse(HOME[seat.role], args=[mission.ref]),
            **(context or {}),
            "has_account": person.user_id is not None,
        },
    )


def to_coach(kind: str, mission: Mission, context: dict) -> None:
    """To the coach of a mission. For the letters of this room and of those above."""
    queue(
        kind=kind,
        to=mission.coach.email,
        language=mission.coach.language,
        practice_ref=mission.practice.ref,
        context={
            "name": mission.coach.name,
            "coach": mission.coach.name,
            "practice": mission.practice.name,
            "reference": mission.ref,
            "path": reverse("coach_mission", args=[mission.ref]),
            **context,
        },
    )

"""Letters about a hand-over: that there is something to read or that it is settled; never a word of it.

The colleague's says neither who is handed over nor for which organisation: they read that behind their sign-in.
"""

from django.urls import reverse

from coaching.accounts.models import User
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from coaching.outbox.services import queue

from .models import HandOver


def proposed(handover: HandOver) -> None:
    """To the coachee: something waits to be read by them."""
    _to_coachee("handover/proposed", handover)


def offered(handover: HandOver) -> None:
    """To the colleague: something is offered to them, by whom."""
    _to_colleague("handover/offered", handover, reverse("coach_offer", args=[handover.ref]))


def declined(handover: HandOver) -> None:
    """To the coach: the coachee does not want it, or no longer."""
    _to_coach("handover/declined", handover)


def withdrawn(handover: HandOver, *, offered: bool) -> None:
    """To the coachee, and to the colleague where it had been offered to them."""
    _to_coachee("handover/withdrawn", handover)
    if offered:
        gone(handover)


def gone(handover: HandOver) -> None:
    """To the colleague: it is no longer offered."""
    _to_colleague("handover/gone", handover, reverse("coach_home"))


def turned_down(handover: HandOver) -> None:
    """To the coachee and to their coach: the colleague does not take it up."""
    _to_coachee("handover/turned_down", handover)
    _to_coach("handover/turned_down", handover)


def taken_up(handover: HandOver, mission: Mission) -> None:
    """To the coachee, on their new page; to the former coach; to those who pay, who have a contract to sign."""
    _to_coachee("handover/taken_up", handover, reverse("coachee_mission", args=[mission.ref]))
    _to_coach("handover/taken_up_coach", handover)
    former = handover.seat.mission
    rows = Seat.unscoped.filter(mission=former, role=SeatRole.SPONSOR, ended_at=None)
    path = reverse("organisation_mission", args=[former.ref])
    for seat in rows.filter(person__user__isnull=False).select_related("person__user"):
        to, language = seat.person.reached_at
        _queue("handover/taken_up_organisation", handover, to, language, seat.person.name, path)


def _to_coachee(kind: str, handover: HandOver, path: str = "") -> None:
    person = handover.seat.person
    to, language = person.reached_at
    path = path or reverse("coachee_handover", args=[handover.ref])
    _queue(kind, handover, to, language, person.name, path)


def _to_coach(kind: str, handover: HandOver) -> None:
    _to_user(kind, handover, handover.seat.mission.coach, reverse("coach_handover", args=[handover.ref]))


def _to_colleague(kind: str, handover: HandOver, path: str) -> None:
    _to_user(kind, handover, handover.to, path)


def _to_user(kind: str, handover: HandOver, user: User, path: str) -> None:
    _queue(kind, handover, user.email, user.language, user.name, path)


def _queue(kind: str, handover: HandOver, to: str, language: str, name: str, path: str) -> None:
    mission = handover.seat.mission
    queue(
        kind=kind,
        to=to,
        language=language,
        practice_ref=mission.practice.ref,
        context={"name": name, "coach": mission.coach.name, "colleague": handover.to.name, "path": path},
    )

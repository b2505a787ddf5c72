"""Letters about minutes: that they wait for an answer, that they are agreed. No word of them, and nobody's answer, travels by mail."""

from django.urls import reverse

from coaching.missions.enums import SeatRole
from coaching.missions.letters import to_coach, to_seat

from .access import Sides
from .models import Minutes

PAGES = {
    SeatRole.COACHEE: "coachee_minutes",
    SeatRole.SPONSOR: "organisation_minutes",
    SeatRole.MANAGER: "organisation_minutes",
}


def proposed(minutes: Minutes, sides: Sides, *, again: bool) -> None:
    """To each side: minutes wait for its answer; once more when another text takes the place of the first."""
    _to_sides("minutes/proposed", minutes, sides, again=again)


def set_aside(minutes: Minutes, sides: Sides) -> None:
    """To each side: nothing is expected of it any more."""
    _to_sides("minutes/set_aside", minutes, sides)


def agreed(minutes: Minutes, sides: Sides) -> None:
    """To each side and to the coach: all approved the same text."""
    _to_sides("minutes/agreed", minutes, sides)
    _to_coach("minutes/agreed", minutes)


def answered(minutes: Minutes) -> None:
    """To the coach alone: somebody has answered. Neither who nor what."""
    _to_coach("minutes/answered", minutes)


def _to_sides(kind: str, minutes: Minutes, sides: Sides, **said) -> None:
    for seat in (*sides.coachees, *sides.organisation):
        path = reverse(PAGES[SeatRole(seat.role)], args=[minutes.ref])
        to_seat(kind, minutes.session.mission, seat, {"path": path, **said})


def _to_coach(kind: str, minutes: Minutes) -> None:
    to_coach(kind, minutes.session.mission, {"path": reverse("coach_minutes", args=[minutes.ref])})

"""Mails about the end of a mission: that there is a letter to read; never a word of it. Its own words open behind the button."""

from django.urls import reverse

from coaching.missions.enums import SeatRole
from coaching.missions.letters import to_coach, to_seat
from coaching.missions.models import Mission, Seat

from .composing import kind_of
from .links import token_of
from .models import PartyLetter

PAGES = {
    SeatRole.COACHEE: "coachee_party_letter",
    SeatRole.SPONSOR: "organisation_party_letter",
    SeatRole.MANAGER: "organisation_party_letter",
}


def parted(mission: Mission, kept: list[PartyLetter]) -> None:
    """To each party: their letter is there. Whoever has no account reads it by a link that opens it alone."""
    for letter in kept:
        _parted(mission, letter)


def _parted(mission: Mission, letter: PartyLetter) -> None:
    if letter.seat.person.user_id is None:
        path = reverse("party_letter_link", args=[token_of(letter)])
    else:
        path = reverse(PAGES[SeatRole(letter.seat.role)], args=[letter.ref])
    kind = kind_of(letter.refusal or letter.termination)
    to_seat("closings/parted", mission, letter.seat, {"path": path, "ending": kind}, anybody=True)


def ended_by_another(mission: Mission, seat: Seat | None) -> None:
    """To the coach: somebody else has stopped the coaching, or one coachee of a team theirs. Neither who nor why."""
    path = reverse("coach_mission", args=[mission.ref])
    to_coach("closings/stopped_coach", mission, {"path": path, "alone": seat is not None})


def to_look(mission: Mission, seats: list[Seat]) -> None:
    """To each coachee: the coaching comes to its end, and they are asked to look at their objectives."""
    path = reverse("coachee_look", args=[mission.ref])
    for seat in seats:
        to_seat("closings/to_look", mission, seat, {"path": path})

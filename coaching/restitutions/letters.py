"""Letters about restitutions: that there is something to read or to do; never a word of it, nor of whom it speaks."""

from django.urls import reverse

from coaching.missions.letters import to_coach, to_seat
from coaching.missions.models import Seat

from .models import ReleasedRestitution, Restitution


def proposed(restitution: Restitution) -> None:
    """To the coachee: a restitution waits to be read by them."""
    _to_coachee("restitutions/proposed", restitution)


def approved(restitution: Restitution) -> None:
    """To the coach: it may be released."""
    _to_coach("restitutions/approved", restitution)


def asked(restitution: Restitution) -> None:
    """To the coach: another text is asked for."""
    _to_coach("restitutions/asked", restitution)


def refused(restitution: Restitution) -> None:
    """To the coach: nothing will be given back by it."""
    _to_coach("restitutions/refused", restitution)


def released(restitution: Restitution, copy: ReleasedRestitution) -> None:
    """To each addressee who has an account: something was released to them. To the coachee: that it has gone."""
    mission = restitution.seat.mission
    seats = Seat.unscoped.filter(mission=mission, role=restitution.addressee, ended_at=None)
    path = reverse("organisation_restitution", args=[copy.ref])
    for seat in seats.select_related("person__user"):
        to_seat("restitutions/released", mission, seat, {"path": path})
    _to_coachee("restitutions/gone", restitution)


def _to_coachee(kind: str, restitution: Restitution) -> None:
    path = reverse("coachee_restitution", args=[restitution.ref])
    to_seat(kind, restitution.seat.mission, restitution.seat, {"path": path})


def _to_coach(kind: str, restitution: Restitution) -> None:
    path = reverse("coach_restitution", args=[restitution.ref])
    to_coach(kind, restitution.seat.mission, {"path": path})

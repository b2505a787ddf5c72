"""Letters about restitutions: that there is something to read or to do; never a word of it, nor of whom it speaks."""

from django.urls import reverse

from coaching.missions.models import Mission, Seat
from coaching.outbox.services import queue

from .models import ReleasedRestitution, Restitution


def proposed(restitution: Restitution) -> None:
    """To the coachee: a restitution waits to be read by them."""
    path = reverse("coachee_restitution", args=[restitution.ref])
    _to_person("restitutions/proposed", restitution.seat, restitution.seat.mission, path)


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
    for seat in seats.filter(person__user__isnull=False).select_related("person__user"):
        _to_person(
            "restitutions/released", seat, mission, reverse("organisation_restitution", args=[copy.ref])
        )
    path = reverse("coachee_restitution", args=[restitution.ref])
    _to_person("restitutions/gone", restitution.seat, mission, path)


def _to_person(kind: str, seat: Seat, mission: Mission, path: str) -> None:
    person = seat.person
    if person.user_id is None:
        return
    to, language = person.reached_at
    queue(
        kind=kind,
        to=to,
        language=language,
        practice_ref=mission.practice.ref,
        context={"name": person.name, "coach": mission.coach.name, "path": path},
    )


def _to_coach(kind: str, restitution: Restitution) -> None:
    coach = restitution.seat.mission.coach
    queue(
        kind=kind,
        to=coach.email,
        language=coach.language,
        practice_ref=restitution.seat.mission.practice.ref,
        context={"name": coach.name, "path": reverse("coach_restitution", args=[restitution.ref])},
    )

"""Letters about the recourse. None says what it is about: a mailbox at work is read by others."""

from django.urls import reverse

from coaching.outbox.services import queue

from .models import RecoursePerson, Signal


def news(signal: Signal) -> None:
    """To the coachee: something new in their space. Neither the subject nor the address it leads to says more."""
    person = signal.seat.person
    to, language = person.reached_at
    queue(
        kind="recourse/news",
        to=to,
        language=language,
        practice_ref=signal.practice.ref,
        context={
            "name": person.name,
            "practice": signal.practice.name,
            "path": reverse("coachee_data"),
        },
    )


def confided(person: RecoursePerson) -> None:
    """To the recourse person: something was confided to them. By whom, and what, they read behind their door."""
    _to_person("recourse/confided", person)


def due(person: RecoursePerson) -> None:
    """To the recourse person: somebody waits for them."""
    _to_person("recourse/due", person)


def _to_person(kind: str, person: RecoursePerson) -> None:
    queue(
        kind=kind,
        to=person.user.email,
        language=person.user.language,
        practice_ref=person.practice.ref,
        context={"name": person.name, "practice": person.practice.name, "path": reverse("recourse_home")},
    )

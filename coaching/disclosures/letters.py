"""One letter: that there is something to read. What it is, and that the law is in it, stays on the page."""

from django.urls import reverse

from coaching.outbox.services import queue

from .models import Disclosure


def recorded(row: Disclosure) -> None:
    """To the coachee it is about, once they have an account."""
    person, mission = row.seat.person, row.mission
    if person.user_id is None:
        return
    to, language = person.reached_at
    queue(
        kind="disclosures/recorded",
        to=to,
        language=language,
        practice_ref=mission.practice.ref,
        context={
            "name": person.name,
            "coach": mission.coach.name,
            "path": reverse("coachee_disclosure", args=[row.ref]),
        },
    )

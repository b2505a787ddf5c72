"""Letters about decisions and suggestions: that there is something to read, never a word of it."""

from django.urls import reverse

from coaching.missions.models import Mission
from coaching.outbox.services import queue

from .models import Decision, Suggestion


def reminder(decision: Decision) -> None:
    """To the coachee, on the day they have set. The subject says nothing, to whoever looks over a shoulder."""
    person = decision.seat.person
    to, language = person.reached_at
    queue(
        kind="decisions/reminder",
        to=to,
        language=language,
        practice_ref=decision.seat.mission.practice.ref,
        context={"name": person.name, "path": reverse("coachee_decision", args=[decision.ref])},
    )


def suggested(suggestion: Suggestion, mission: Mission) -> None:
    """To the coachee, once they have an account: their coach has left them a suggestion."""
    person = suggestion.seat.person
    if person.user_id is None:
        return
    to, language = person.reached_at
    queue(
        kind="decisions/suggested",
        to=to,
        language=language,
        practice_ref=mission.practice.ref,
        context={
            "name": person.name,
            "coach": mission.coach.name,
            "path": f"{reverse('coachee_decisions')}#suggestions",
        },
    )

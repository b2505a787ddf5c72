"""Letters about summaries: that there is one to read. No word of it travels by mail."""

from collections.abc import Sequence

from django.urls import reverse

from coaching.missions.models import Seat
from coaching.outbox.services import queue
from coaching.sessions.models import CoachingSession


def summary_shared(session: CoachingSession, seats: Sequence[Seat], *, changed: bool) -> None:
    """To each coachee it was written for: their coach has shared something with them, or changed it."""
    mission = session.mission
    for seat in seats:
        if seat.person.user_id is None:
            continue
        to, language = seat.person.reached_at
        queue(
            kind="notes/summary",
            to=to,
            language=language,
            practice_ref=mission.practice.ref,
            context={
                "name": seat.person.name,
                "coach": mission.coach.name,
                "practice": mission.practice.name,
                "changed": changed,
                "path": reverse("coachee_session_summary", args=[session.ref]),
            },
        )

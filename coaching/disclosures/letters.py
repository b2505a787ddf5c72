"""One letter: that there is something to read. What it is, and that the law is in it, stays on the page."""

from django.urls import reverse

from coaching.missions.letters import to_seat

from .models import Disclosure


def recorded(row: Disclosure) -> None:
    """To the coachee it is about, once they have an account."""
    path = reverse("coachee_disclosure", args=[row.ref])
    to_seat("disclosures/recorded", row.mission, row.seat, {"path": path})

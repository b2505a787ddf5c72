"""The calendar's part of a mission's page: for a coachee, the way to the hours they may book."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission
from coaching.missions.web.steps import Known, NextStep, Room
from coaching.sessions.models import CoachingSession
from coaching.sessions.web.parts import Part

from ..access import opens_hours

TEMPLATE, PART = "calendar/includes/room.html", "calendar/includes/part.html"


def booking_room(viewer: Viewer, mission: Mission, known: Known) -> Room | None:
    """The next step, and a link, where no session is planned, one is left and the coach opens hours.

    Where one is planned already, the way to book another is on its page (:func:`booking_part`).
    """
    if known.get("has_coming", True) or known.get("sessions_left") == 0:
        return None
    url = _where(viewer, mission)
    return Room(TEMPLATE, {"url": url}, _step(url)) if url else None


def booking_part(viewer: Viewer, session: CoachingSession) -> Part | None:
    """On the page of a session of mine: the way to book another."""
    url = _where(viewer, session.mission)
    return Part(PART, {"url": url}) if url else None


def _where(viewer: Viewer, mission: Mission) -> str:
    """The page of the hours a coachee may book; none where the coach opens none."""
    if viewer.portal != Portal.COACHEE or mission.state != MissionState.ACTIVE:
        return ""
    return reverse("coachee_book", args=[mission.ref]) if opens_hours(viewer, mission) else ""


def _step(url: str) -> NextStep:
    text = _("Your coach opens hours for it: choose the one that suits you.")
    return NextStep(_("Book your next session"), text, url, _("See the open hours"))

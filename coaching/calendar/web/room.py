"""The calendar's part of a mission's page: for a coachee, the way to the hours they may book."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission
from coaching.missions.web.steps import NextStep, Room

from ..access import opens_hours

TEMPLATE = "calendar/includes/room.html"


def booking_room(viewer: Viewer, mission: Mission) -> Room:
    """A link where the coach opens hours and a session is left; the next step where none is planned."""
    if viewer.portal != Portal.COACHEE or mission.state != MissionState.ACTIVE:
        return Room(TEMPLATE, {"url": ""})
    if getattr(mission, "sessions_left", None) == 0 or not opens_hours(viewer, mission):
        return Room(TEMPLATE, {"url": ""})
    url = reverse("coachee_book", args=[mission.ref])
    return Room(TEMPLATE, {"url": url}, None if getattr(mission, "has_coming", True) else _step(url))


def _step(url: str) -> NextStep:
    text = _("Your coach opens hours for it: choose the one that suits you.")
    return NextStep(_("Book your next session"), text, url, _("See the open hours"))

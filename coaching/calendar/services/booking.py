"""A coachee takes one of the hours their coach has opened."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid
from coaching.kernel.transitions import hold
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_coachee_seat
from coaching.missions.models import Mission
from coaching.sessions.models import CoachingSession
from coaching.sessions.services import planning
from coaching.sessions.services.planning import Said

from ..access import offer
from ..hours import Slot

TAKEN = _("This hour was taken meanwhile, or is no longer open. Here are those that still are.")


@act
def book(viewer: Viewer, mission: Mission, code: str) -> CoachingSession:
    """Book the open hour with this ``code`` (see :class:`Slot`). Records ``session.book``.

    Who may: a coachee of the mission, whose contract stands, with a session left. The mission is held, then the hours are
    looked at again: two browsers of one coachee never book more than the contract agrees. What two coachees take at the
    same moment is decided by the table of claims (decision 0017). Raises :class:`Invalid` beside ``slot`` when the hour
    is gone; :class:`NotAllowedNow` when nothing may be booked.
    """
    mission = hold(mission)
    found = next((slot for slot in offer(viewer, mission).slots if slot.code == code), None)
    if found is None:
        raise Invalid(TAKEN, field="slot")
    seat = own_coachee_seat(viewer, mission)
    seat.mission = mission
    try:
        return planning.book(viewer, seat, _said(found))
    except Invalid as refusal:
        raise Invalid(TAKEN if refusal.field == "time" else refusal.message, field="slot") from refusal


def _said(slot: Slot) -> Said:
    at = slot.local_start.replace(tzinfo=None)
    return Said(at, slot.minutes, slot.medium, slot.zone, slot.place, slot.join_link)

"""Restitutions on the page of a mission, for each portal; and what comes next there."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission, Seat
from coaching.missions.web.steps import BESIDE, Known, NextStep, Room

from ..access import latest_of
from ..composing import addressed_to
from ..enums import RestitutionState as S

SHOWN = 3  # of the organisation's, on a mission's page


def restitutions_room(viewer: Viewer, mission: Mission, known: Known) -> Room | None:
    """None where nobody pays for another: nothing is given back to anybody; or before the coaching has begun.

    For coach and coachee what waits for them was read with the mission itself, and nothing more is asked.
    """
    if not mission.paid_by_organisation or mission.activated_at is None:
        return None
    if viewer.portal == Portal.ORGANISATION:
        return _of_organisation(viewer, mission, known.get(BESIDE))
    mark = getattr(mission, "mark_restitution", None)
    step = STEPS[viewer.portal](*mark.split()) if mark else None
    template = f"restitutions/includes/room_{viewer.portal.value}.html"
    return Room(template, {"mission": mission, "step": step}, step)


def _of_organisation(viewer: Viewer, mission: Mission, beside: Seat | None) -> Room:
    rows = latest_of(viewer, mission, SHOWN + 1, seat=beside)
    unread = next((row for row in rows if row.opened is None), None)
    step = None
    if unread is not None:
        page = reverse("organisation_restitution", args=[unread.ref])
        step = NextStep(_("A restitution has been released to you"), "", page, _("Read it"))
    context = {"mission": mission, "rows": rows[:SHOWN], "more": len(rows) > SHOWN}
    return Room("restitutions/includes/room_organisation.html", context, step)


def _of_coach(ref: str, state: str, addressee: str) -> NextStep:
    page = reverse("coach_restitution", args=[ref])
    if state == S.APPROVED:
        said = _("The coachee has approved the restitution to %(to)s") % {"to": addressed_to(addressee)}
        return NextStep(said, "", page, _("Look at it and release it"))
    return NextStep(
        _("The coachee asks for another text to be given back"), "", page, _("Read what they ask for")
    )


def _of_coachee(ref: str, _state: str, _addressee: str) -> NextStep:
    text = _("Nobody reads it unless you approve it.")
    page = reverse("coachee_restitution", args=[ref])
    return NextStep(_("Read what your coach would give back"), text, page, _("Read it"))


STEPS = {Portal.COACH: _of_coach, Portal.COACHEE: _of_coachee}

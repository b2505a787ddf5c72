"""Restitutions on the page of a mission, for each portal; and what comes next there."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission
from coaching.missions.web.steps import Known, NextStep, Room

from ..access import inbox_at, restitutions_of
from ..composing import addressed_to
from ..enums import RestitutionState as S
from ..models import Restitution

SHOWN = 3  # of the organisation's, on a mission's page


def restitutions_room(viewer: Viewer, mission: Mission, _known: Known) -> Room | None:
    """None where nobody pays for another: nothing is given back to anybody; or before the coaching has begun."""
    if not mission.paid_by_organisation or mission.activated_at is None:
        return None
    if viewer.portal == Portal.ORGANISATION:
        return _of_organisation(viewer, mission)
    rows = list(restitutions_of(viewer, mission)[:SHOWN])
    return Room(
        f"restitutions/includes/room_{viewer.portal.value}.html",
        {"mission": mission, "rows": rows},
        next((step for row in rows if (step := STEPS[viewer.portal](row))), None),
    )


def _of_organisation(viewer: Viewer, mission: Mission) -> Room:
    rows = inbox_at(viewer, mission, SHOWN + 1)
    unread = next((row for row in rows if row.opened is None), None)
    step = None
    if unread is not None:
        page = reverse("organisation_restitution", args=[unread.ref])
        step = NextStep(_("A restitution has been released to you"), "", page, _("Read it"))
    context = {"mission": mission, "rows": rows[:SHOWN], "more": len(rows) > SHOWN}
    return Room("restitutions/includes/room_organisation.html", context, step)


def _of_coach(row: Restitution) -> NextStep | None:
    page = reverse("coach_restitution", args=[row.ref])
    to = addressed_to(row.addressee)
    if row.state == S.APPROVED:
        said = _("The coachee has approved the restitution to %(to)s") % {"to": to}
        return NextStep(said, "", page, _("Look at it and release it"))
    if row.state == S.DRAFT and row.asked_ref:
        return NextStep(
            _("The coachee asks for another text to be given back"), "", page, _("Read what they ask for")
        )
    return None


def _of_coachee(row: Restitution) -> NextStep | None:
    if row.state != S.PROPOSED:
        return None
    text = _("Nobody reads it unless you approve it.")
    page = reverse("coachee_restitution", args=[row.ref])
    return NextStep(_("Read what your coach would give back"), text, page, _("Read it"))


STEPS = {Portal.COACH: _of_coach, Portal.COACHEE: _of_coachee}

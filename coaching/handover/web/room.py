"""Hand-overs on the page of a mission: of the former one for each portal, and where a new one comes from."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.accounts.access import colleagues_of
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import seats_of
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission
from coaching.missions.policy import OPEN_STATES
from coaching.missions.web.steps import Known, NextStep, Room

from ..access import handovers_of, record_behind, records_of
from ..enums import OPEN, HandOverState
from ..models import HandOver


def handover_room(viewer: Viewer, mission: Mission, _known: Known) -> Room | None:
    """None to the organisation until somebody has been handed over, and to a coach who has no colleague."""
    sources = {Portal.COACH: _of_coach, Portal.COACHEE: _of_coachee, Portal.ORGANISATION: _of_organisation}
    source = sources.get(viewer.portal)
    return source(viewer, mission) if source else None


def _of_organisation(viewer: Viewer, mission: Mission) -> Room | None:
    records = records_of(viewer, mission)
    if not records:
        return None
    return Room("handover/includes/room_organisation.html", {"mission": mission, "records": records})


def _of_coach(viewer: Viewer, mission: Mission) -> Room | None:
    rows, behind = list(handovers_of(viewer, mission)), record_behind(viewer, mission)
    possible = mission.state in OPEN_STATES and colleagues_of(viewer).exists()
    if not rows and behind is None and not possible:
        return None
    taken = {row.seat_id for row in rows if row.state in (*OPEN, HandOverState.TAKEN_UP)}
    seats = seats_of(viewer, mission).filter(role=SeatRole.COACHEE, person__user__isnull=False)
    context = {
        "mission": mission,
        "rows": rows,
        "behind": behind,
        "seats": [seat for seat in seats if seat.pk not in taken] if possible else [],
    }
    step = next((step for row in rows if (step := _next_of_coach(row))), None)
    return Room("handover/includes/room_coach.html", context, step)


def _next_of_coach(row: HandOver) -> NextStep | None:
    """Good to know: what else there is to do on the mission comes first."""
    page = reverse("coach_handover", args=[row.ref])
    if row.state == HandOverState.PROPOSED:
        title = _("The coachee reads what you would hand over")
        return NextStep(title, waiting=row.seat.person.name, yields=True)
    if row.state == HandOverState.TAKEN_UP:
        title = _("%(name)s has taken up what you handed over") % {"name": row.to.name}
        text = _("This coaching is not ended by it: end it with the coachee when the time has come.")
        return NextStep(title, text, page, _("See it"), yields=True)
    return None


def _of_coachee(viewer: Viewer, mission: Mission) -> Room | None:
    rows, behind = list(handovers_of(viewer, mission)), record_behind(viewer, mission)
    if not rows and behind is None:
        return None
    waiting = next((row for row in rows if row.state == HandOverState.PROPOSED), None)
    step = None
    if waiting:
        page = reverse("coachee_handover", args=[waiting.ref])
        text = _("Nothing goes that you do not tick, and nobody learns of it until you agree.")
        step = NextStep(_("Your coach proposes to hand you over to a colleague"), text, page, _("Read it"))
    context = {"mission": mission, "rows": rows, "behind": behind}
    return Room("handover/includes/room_coachee.html", context, step)

"""Hand-overs on the page of a mission: of the former one for each portal, and where a new one comes from."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.accounts.access import colleagues_of
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import seats_of
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import OPEN_STATES
from coaching.missions.web.steps import BESIDE, TABLE, Known, NextStep, Room

from ..access import handovers_of, record_behind, records_of
from ..enums import OPEN, HandOverState
from ..marks import POSSIBLE, SOME
from ..models import HandOver


def handover_room(viewer: Viewer, mission: Mission, known: Known) -> Room | None:
    """None to the organisation until somebody has been handed over, and to a coach who has no colleague.

    Whether there is anything to say was read with the mission itself (:mod:`..marks`).
    """
    mark = getattr(mission, "mark_handover", SOME)
    sources = {Portal.COACH: _of_coach, Portal.COACHEE: _of_coachee}
    if mark is None or viewer.portal not in (*sources, Portal.ORGANISATION):
        return None
    if viewer.portal == Portal.ORGANISATION:
        return _of_organisation(viewer, mission, known.get(BESIDE))
    rows = list(handovers_of(viewer, mission)) if mark == SOME else []
    behind = record_behind(viewer, mission) if mark == SOME else None
    return sources[viewer.portal](viewer, mission, rows, behind, known.get(TABLE))


def _of_organisation(viewer: Viewer, mission: Mission, beside: Seat | None) -> Room | None:
    """In a team, a coachee who looks at this page as the organisation has it reads what is said of themself alone."""
    records = records_of(viewer, mission)
    records = [one for one in records if beside is None or one.handover.seat_id == beside.pk]
    if not records:
        return None
    return Room("handover/includes/room_organisation.html", {"mission": mission, "records": records})


def _of_coach(viewer: Viewer, mission: Mission, rows: list[HandOver], behind, table) -> Room | None:
    taken = {row.seat_id for row in rows if row.state in (*OPEN, HandOverState.TAKEN_UP)}
    seats = [seat for seat in _seats(viewer, mission, table) if seat.pk not in taken]
    if not rows and behind is None and not seats:
        return None
    context = {"mission": mission, "rows": rows, "behind": behind, "seats": seats}
    step = next((step for row in rows if (step := _next_of_coach(row))), None)
    return Room("handover/includes/room_coach.html", context, step)


def _seats(viewer: Viewer, mission: Mission, table: list[Seat] | None) -> list[Seat]:
    """Those who may be handed over: of a mission that is not over, who have an account, where there is a colleague."""
    possible = getattr(mission, "mark_handover", SOME) == POSSIBLE or colleagues_of(viewer).exists()
    if mission.state not in OPEN_STATES or not possible:
        return []
    seats = seats_of(viewer, mission) if table is None else table
    return [seat for seat in seats if seat.role == SeatRole.COACHEE and seat.person.user_id]


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


def _of_coachee(_viewer: Viewer, mission: Mission, rows: list[HandOver], behind, _table) -> Room | None:
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

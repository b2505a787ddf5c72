"""A coachee's coaching pauses and goes on (article Protection de la personne)."""

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Portal, Viewer

from .. import letters
from ..access import own_seats, roles_at
from ..endings import Cause, interrupt
from ..enums import MissionKind, MissionState, SeatRole, Side
from ..models import Mission, Pause, Seat
from ..pace_access import pause_at, stopped_seats
from ..transitions import MISSION
from .life import record


@act
def pause(viewer: Viewer, mission: Mission, seat: Seat, *, reason: str = "") -> Pause:
    """A coachee's coaching pauses, at once. Records ``mission.pause``, or ``seat.pause`` in a team.

    Who may: that coachee, and no reason is asked, nor kept; the mission's coach, with a reason that the coachee is told.
    What was planned for them is cancelled and does not count. The other side is written to; the organisation is told
    the fact and the date. In a team the pause is that coachee's own: the mission goes on with the others.
    """
    side = _side(viewer, mission, seat)
    if side == Side.COACH and not reason.strip():
        raise Invalid(_("Tell the coachee your reason: the contract says so."), field="reason")
    said = reason.strip() if side == Side.COACH else ""
    if mission.kind == MissionKind.TEAM:
        return _pause_seat(viewer, mission, seat, side, said)
    begun: list[Pause] = []

    def effects(current: Mission, _move: Move) -> None:
        begun.append(_begin(viewer, current, seat, side, said, current.paused_at))

    perform(MISSION, mission, "pause", viewer, roles=roles_at(viewer, mission), effects=effects)
    return begun[0]


def _pause_seat(viewer: Viewer, mission: Mission, seat: Seat, side: str, reason: str) -> Pause:
    current = hold(mission)
    if current.state != MissionState.ACTIVE or stopped_seats([seat.pk]):
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))
    row = _begin(viewer, current, seat, side, reason, timezone.now())
    record(viewer, mission, "seat.pause", seat.ref)
    return row


def _begin(viewer: Viewer, mission: Mission, seat: Seat, side: str, reason: str, at) -> Pause:
    row = Pause(mission=mission, seat=seat, by=side, reason=reason, begun_at=at)
    row.clean_fields()
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("The coaching pauses already.")) from twin
    interrupt(viewer, mission, Cause.PAUSE, seat if mission.kind == MissionKind.TEAM else None)
    letters.paused(mission, row)
    return row


@act
def agree_to_resume(viewer: Viewer, mission: Mission, seat: Seat) -> Pause:
    """One of the two says that they are ready to go on; once both have, it goes on, as the contract says.

    Who may: the coach, and that coachee, whoever wanted the pause. Records ``pace.ready`` for the first, then
    ``mission.resume``, or ``seat.resume`` in a team. Raises :class:`Stale` for whoever has said so already.
    """
    side = _side(viewer, mission, seat)
    current = hold(mission)
    row = pause_at(current, seat)
    column = f"{side}_ready_at"
    rows = Pause.unscoped.filter(pk=row.pk if row else None, **{column: None}, ended_at=None)
    if rows.update(**{column: timezone.now()}) != 1:
        raise Stale(_("There is nothing to agree to any more: you have said so already, or it goes on."))
    row.refresh_from_db()
    if not (row.coach_ready_at and row.coachee_ready_at):
        record(viewer, mission, "pace.ready", row.ref)
        letters.ready(current, row, side)
        return row
    _go_on(viewer, current, row)
    return row


def _go_on(viewer: Viewer, mission: Mission, row: Pause) -> None:
    def effects(current: Mission, _move: Move | None = None) -> None:
        Pause.unscoped.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now())
        row.refresh_from_db()
        letters.resumed(current, row)

    if mission.kind == MissionKind.TEAM:
        if mission.state != MissionState.ACTIVE:
            raise NotAllowedNow(_("This is no longer possible: the state has changed."))
        effects(mission)
        record(viewer, mission, "seat.resume", row.seat.ref)
    else:
        perform(MISSION, mission, "resume", viewer, roles=roles_at(viewer, mission), effects=effects)


def _side(viewer: Viewer, mission: Mission, seat: Seat) -> Side:
    """The coach for any coachee of theirs, a coachee for themself; nobody else."""
    if seat.role == SeatRole.COACHEE and seat.mission_id == mission.pk:
        if viewer.portal == Portal.COACH and "coach" in roles_at(viewer, mission):
            return Side.COACH
        if viewer.portal == Portal.COACHEE and seat.pk in {own.pk for own in own_seats(viewer, mission)}:
            return Side.COACHEE
    raise NotAllowedNow(_("A pause is between the coach and the coachee it is about."))

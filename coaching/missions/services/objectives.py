"""What a mission aims at."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.viewer import Viewer

from ..access import own_seats, roles_at
from ..enums import ObjectiveTag, SeatRole
from ..models import Mission, Objective, Seat
from ..policy import may_word
from .life import record


@act
def save_objective(
    viewer: Viewer,
    mission: Mission,
    objective: Objective | None,
    values: Mapping,
    *,
    seat: Seat | None = None,
) -> Objective:
    """Add or reword an objective. Records ``objective.save``.

    Who may: the coach any; a coachee the common ones, the organisation's, and their own.
    """
    tag = values.get("tag", objective.tag if objective else None)
    seat = seat or (objective.seat if objective else None)
    _check_may(viewer, mission, tag, seat)
    if objective:
        _hold(objective)
    row = objective or Objective(mission=mission, created_by_id=viewer.user_id)
    for name, value in values.items():
        setattr(row, name, value)
    row.seat = seat if row.tag == ObjectiveTag.COACHEE else None
    row.full_clean()
    row.save()
    record(viewer, mission, "objective.save", row.ref, {"tag": row.tag})
    return row


@act
def remove_objective(viewer: Viewer, mission: Mission, objective: Objective) -> None:
    """Take an objective off the mission; the row stays, with its date. Records ``objective.remove``."""
    _check_may(viewer, mission, objective.tag, objective.seat)
    _hold(objective)
    Objective.unscoped.filter(pk=objective.pk).update(removed_at=timezone.now())
    record(viewer, mission, "objective.remove", objective.ref, {"tag": objective.tag})


def _hold(objective: Objective) -> None:
    """Take the row for this transaction: what somebody has just removed is not reworded into being again."""
    if Objective.unscoped.filter(pk=objective.pk, removed_at=None).update(removed_at=None) != 1:
        raise Stale(_("This objective has already been removed."))


def _check_may(viewer, mission, tag, seat) -> None:
    if not may_word(mission, seat if tag == ObjectiveTag.COACHEE else None):
        raise NotAllowedNow(_("The objectives are those of the contract: an amendment changes them."))
    roles = roles_at(viewer, mission)
    if not roles & {"coach", "coachee"}:
        raise NotAllowedNow(_("Objectives are worded by the coach and the coachee."))
    if tag == ObjectiveTag.COACHEE and "coach" not in roles:
        mine = {own.pk for own in own_seats(viewer, mission) if own.role == SeatRole.COACHEE}
        if seat is None or seat.pk not in mine:
            raise NotAllowedNow(_("Another coachee’s objectives are not yours to change."))

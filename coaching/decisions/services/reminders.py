"""A letter on the day a coachee has set to look at a decision again: once, and only while the decision is under way."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_seats

from .. import letters
from ..enums import DecisionState
from ..models import Decision
from .decisions import check_day, record

MORNING = 7  # nobody is woken by it


@act
def set_reminder(viewer: Viewer, decision: Decision, look_on: date | None, *, remind: bool) -> Decision:
    """The coachee sets, changes or removes the day, and whether a letter goes. Records ``decision.remind`` in their own chain.

    Who may: its coachee, while it is under way. Another day means another letter.
    """
    if decision.seat_id not in {seat.pk for seat in own_seats(viewer, decision.seat.mission)}:
        raise NotAllowedNow(_("Only the coachee sets a reminder on their decision."))
    moved = (look_on, remind) != (decision.look_on, decision.remind)
    if moved:
        check_day(look_on, remind)
    rows = Decision.unscoped.filter(pk=decision.pk, state=DecisionState.OPEN)
    changes = {"reminded_at": None} if moved else {}
    if rows.update(look_on=look_on, remind=remind, **changes) != 1:
        raise NotAllowedNow(_("This decision is closed: it needs no reminder."))
    record(viewer, decision, "remind")
    decision.refresh_from_db()
    return decision


def remind_due(now: datetime | None = None) -> int:
    """Write the letters whose day has come; gives how many. Done by the worker, every hour, from the morning on.

    Claim and letter are one transaction: a worker that is killed has written both or neither, and two never write twice.
    """
    local = timezone.localtime(now)
    if local.hour < MORNING:
        return 0
    return sum(_remind(pk, local.date()) for pk in _due(local.date()).values_list("pk", flat=True))


def _due(day: date):
    return Decision.unscoped.filter(
        remind=True,
        reminded_at=None,
        look_on__lte=day,
        state=DecisionState.OPEN,
        seat__ended_at=None,
        seat__person__user__isnull=False,
    )


@act
def _remind(pk: int, day: date) -> bool:
    mine = Decision.unscoped.filter(pk__in=_due(day).filter(pk=pk).values("pk"), reminded_at=None)
    if mine.update(reminded_at=timezone.now()) != 1:
        return False
    rows = Decision.unscoped.select_related(
        "seat__person__user", "seat__mission__practice", "seat__mission__coach"
    )
    letters.reminder(rows.get(pk=pk))
    return True

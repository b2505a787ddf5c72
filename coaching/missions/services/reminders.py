"""A friendly word to those the coach waits for: at most one a day to each person."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.viewer import Viewer

from .. import letters
from ..access import roles_at, seats_of
from ..models import Mission, Reminder, Seat
from ..waiting import Awaited, awaited_on
from .life import record
from .seats import invite_seat


@act
def remind(viewer: Viewer, mission: Mission, seat: Seat | None = None) -> list[str]:
    """The mission's coach reminds those awaited on it, or one of them. Records ``seat.remind`` for each.

    Somebody already reminded today, on whatever mission, is left in peace. A person without an account gets their
    invitation again; the others a letter that says what is still theirs to do. Returns the names of those written to.
    Raises :class:`NotAllowedNow` when nobody is awaited.
    """
    if "coach" not in roles_at(viewer, mission):
        raise NotAllowedNow(_("Only the mission’s coach sends reminders."))
    rows = [row for row in awaited_on(viewer, mission) if seat is None or row.seat.ref == seat.ref]
    if not rows:
        raise NotAllowedNow(_("Nobody is awaited here any more."))
    seats = {found.ref: found for found in seats_of(viewer, mission)}
    return [
        row.seat.name
        for row in rows
        if _first_today(viewer, mission, seats[row.seat.ref])
        and _write(viewer, mission, row, seats[row.seat.ref])
    ]


def _first_today(viewer: Viewer, mission: Mission, seat: Seat) -> bool:
    """Take the day for this person; the constraint lets one of two clicks through."""
    _row, made = Reminder.unscoped.get_or_create(
        person=seat.person,
        day=timezone.localdate(),
        defaults={"mission": mission, "sent_by_id": viewer.user_id},
    )
    return made


def _write(viewer: Viewer, mission: Mission, row: Awaited, seat: Seat) -> bool:
    if seat.person.user_id is None:
        invite_seat(viewer, mission, seat)
    else:
        letters.reminder(mission, seat, asks=row.asks, button=row.button, path=row.path)
    record(viewer, mission, "seat.remind", seat.ref, {"role": seat.role})
    return True

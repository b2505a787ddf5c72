"""From weekly hours to moments that may be booked: reckoned on the wall, so that clock changes move nothing."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.kernel.errors import Invalid
from coaching.sessions.services.planning import GRAIN, moment
from contracts.enums import Medium

from .models import ClosedDays, OpeningHours


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment at which a session may be booked, as long as the contract says."""

    starts_at: datetime
    minutes: int
    zone: str
    medium: str
    place: str = ""
    join_link: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def medium_label(self):
        return Medium(self.medium).label

    @property
    def code(self) -> str:
        """The moment as a form sends it back."""
        return self.starts_at.strftime("%Y%m%dT%H%MZ")


def slots(
    openings: Iterable[OpeningHours],
    closed: Collection[ClosedDays],
    *,
    minutes: int,
    after: datetime,
    before: datetime,
) -> list[Slot]:
    """Every moment of the weekly hours that leaves room for ``minutes``, earliest first; each moment once."""
    found: dict[datetime, Slot] = {}
    for opening in openings:
        for day in _days(opening, closed, after, before):
            for slot in _of_day(opening, day, minutes):
                if after <= slot.starts_at < before:
                    found.setdefault(slot.starts_at, slot)
    return [found[at] for at in sorted(found)]


def free(slot: Slot, taken: Collection[datetime]) -> bool:
    """Whether none of the five minutes the slot needs is taken."""
    at = slot.starts_at
    while at < slot.ends_at:
        if at in taken:
            return False
        at += GRAIN
    return True


def _days(
    opening: OpeningHours, closed: Collection[ClosedDays], after: datetime, before: datetime
) -> Iterator[date]:
    zone = ZoneInfo(opening.zone)
    day = max(opening.valid_from, after.astimezone(zone).date())
    last = before.astimezone(zone).date()
    last = min(last, opening.valid_until) if opening.valid_until else last
    day += timedelta(days=(opening.weekday - day.weekday()) % 7)
    while day <= last:
        if not any(one.first <= day <= one.last for one in closed):
            yield day
        day += timedelta(weeks=1)


def _of_day(opening: OpeningHours, day: date, minutes: int) -> Iterator[Slot]:
    at, closes = datetime.combine(day, opening.opens), datetime.combine(day, opening.closes)
    end = closes.replace(tzinfo=ZoneInfo(opening.zone)).astimezone(UTC)
    while at < closes:
        try:
            starts = moment(at, opening.zone)
        except Invalid:  # an hour the clock change skips is no hour to meet at
            pass
        else:
            slot = Slot(starts, minutes, opening.zone, opening.medium, opening.place, opening.join_link)
            if slot.ends_at <= end:
                yield slot
        at += timedelta(minutes=opening.every)

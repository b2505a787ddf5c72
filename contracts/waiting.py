"""The contract's part of whom the coach waits for: those who have not said they have read it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.missions.waiting import Awaited
from coaching.missions.waiting_access import SeatLine

from .letters import PAGES


def to_read(seat: SeatLine, version_ref: str, since: datetime) -> Awaited:
    """A party of a contract in review who has not read the version last sent (article 14)."""
    return Awaited(
        seat=seat,
        what=_("is to read the contract"),
        asks=_("The contract your coach prepared is still there for you to read, at your own pace."),
        button=_("Read the contract"),
        path=reverse(PAGES[seat.role], args=[version_ref]),
        since=since,
    )

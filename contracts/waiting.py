"""The contract's part of whom the coach waits for: those who have not said they have read it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission
from coaching.missions.waiting import Awaited

from .access import contracts_unread
from .letters import PAGES


def reading_awaited(viewer: Viewer, limit: int, mission: Mission | None = None) -> list[Awaited]:
    """Parties of a contract in review who have not read the version last sent (article 14)."""
    return [
        Awaited(
            seat=one.seat,
            what=_("is to read the contract"),
            asks=_("The contract your coach prepared is still there for you to read, at your own pace."),
            button=_("Read the contract"),
            path=reverse(PAGES[one.seat.role], args=[one.version_ref]),
            since=one.sent_at,
        )
        for one in contracts_unread(viewer, limit, mission)
    ]

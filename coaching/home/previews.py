"""The page of somebody else about a coachee's mission, as it is now: built by the code that serves it, shown without its acts.

Nothing here opens a sealed text: a preview is read as the other person, and no key but the coachee's own is there. Looking
at one is the coachee's own reading, and no opening.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from coaching.kernel.still import still
from coaching.kernel.viewer import Viewer
from coaching.missions.access import administrator_beside, organisation_beside, table_of
from coaching.missions.enums import MissionKind, SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.web import organisation, practice

LOWERED = 2  # a page within a section of a page: its first heading becomes the third


class Eyes(StrEnum):
    """Through whose eyes."""

    ORGANISATION = "organisation"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


NAMES = {
    Eyes.ORGANISATION: _("The organisation"),
    Eyes.MANAGER: _("The manager"),
    Eyes.ADMINISTRATOR: _("The practice’s administrator"),
}
ROLES = {Eyes.ORGANISATION: SeatRole.SPONSOR, Eyes.MANAGER: SeatRole.MANAGER}


@dataclass(frozen=True, slots=True)
class Preview:
    """What one of them sees; ``page`` is None where nobody has the account it would be shown to."""

    eyes: Eyes
    tabs: tuple[tuple[str, Any], ...]
    name: str
    page: SafeString | None
    team: bool


def preview_of(viewer: Viewer, mission: Mission, wanted: str) -> Preview:
    """The page of the party asked for, or of the first there is; only for a coachee, of their own mission."""
    seats = table_of(viewer, mission)
    there = _parties(mission, seats)
    eyes = next((one for one in there if one.value == wanted), there[0])
    tabs = tuple((one.value, NAMES[one]) for one in there)
    name, markup = _page(viewer, mission, seats, eyes)
    page = still(markup, lowered=LOWERED) if markup is not None else None
    return Preview(eyes, tabs, name, page, mission.kind == MissionKind.TEAM)


def _parties(mission: Mission, seats: list[Seat]) -> list[Eyes]:
    there = [Eyes.ORGANISATION] if mission.paid_by_organisation else []
    there += [Eyes.MANAGER] if any(seat.role == SeatRole.MANAGER for seat in seats) else []
    return [*there, Eyes.ADMINISTRATOR]


def _page(viewer: Viewer, mission: Mission, seats: list[Seat], eyes: Eyes) -> tuple[str, str | None]:
    """Whose page it is, where it is one person's, and its markup."""
    if eyes == Eyes.ADMINISTRATOR:
        return "", practice.preview(administrator_beside(viewer, mission), mission)
    beside = organisation_beside(viewer, mission, seats, ROLES[eyes])
    if beside is None:
        return "", None
    held = {(seat.person.user_id, seat.role): seat for seat in seats}
    theirs, mine = held[beside.user_id, ROLES[eyes]], held[viewer.user_id, SeatRole.COACHEE]
    return theirs.person.name, organisation.preview(beside, mission, mine)

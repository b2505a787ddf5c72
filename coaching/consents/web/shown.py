"""Consents as pages show them: what stands towards each addressee, and what did before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from coaching.kernel.viewer import Viewer
from coaching.missions.access import table_of
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from contracts.scope_words import ADDRESSEES, TO

from ..access import LISTED_IN, consents_of, holds
from ..enums import ConsentKind
from ..models import Consent


@dataclass(frozen=True, slots=True)
class Towards:
    """One coachee towards one addressee: the consent that stands, if any; the names of those who would read."""

    seat: Seat
    addressee: str
    consent: Consent | None
    names: tuple[str, ...]

    @property
    def label(self):
        return TO[self.addressee]


def shown(viewer: Viewer, mission: Mission) -> dict:
    """For the coachee their own; for the coach, of each coachee. In two queries."""
    rows, table = consents_of(viewer, mission), table_of(viewer, mission)
    seats = [seat for seat in table if seat.role == SeatRole.COACHEE and _of(viewer, seat, mission)]
    alive = {
        (row.seat_id, row.addressee): row
        for row in rows
        if row.kind == ConsentKind.RESTITUTION and holds(row, mission)
    }
    towards = [
        Towards(seat, role, alive.get((seat.pk, role)), _names(table, role))
        for seat in seats
        for role in ADDRESSEES
        if mission.paid_by_organisation
    ]
    listed = {row.seat_id: row for row in rows if row.kind == ConsentKind.LISTING and holds(row, mission)}
    return {
        "handovers": [row for row in rows if row.to_user and holds(row, mission)],
        "listings": [(seat, listed.get(seat.pk)) for seat in seats if mission.state in LISTED_IN],
        "mission": mission,
        "towards": [one for one in towards if one.names or one.consent],
        "past": [row for row in rows if not holds(row, mission)],
    }


def known(viewer: Viewer, mission: Mission) -> dict:
    """The same as a page; 404 where there is nothing a coachee could allow, and nothing they have allowed."""
    context = shown(viewer, mission)
    if not (mission.paid_by_organisation or any(context[name] for name in ("handovers", "listings", "past"))):
        raise Http404
    return context


def _of(viewer: Viewer, seat: Seat, mission: Mission) -> bool:
    return viewer.user_id in (seat.person.user_id, mission.coach_id)


def _names(table: Iterable[Seat], role: str) -> tuple[str, ...]:
    return tuple(seat.person.name for seat in table if seat.role == role)

"""The adhesions of a team, as its coach follows them: one line a coachee, whether theirs is made or not."""

from dataclasses import dataclass

from coaching.kernel.viewer import Viewer
from coaching.missions.access import seats_of
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat

from .access import contract_of, contracts_for
from .enums import ENDED, ContractState, Instrument
from .models import Contract


@dataclass(frozen=True, slots=True)
class Line:
    seat: Seat
    adhesion: Contract | None

    @property
    def state(self) -> str:
        return self.adhesion.state if self.adhesion else ""


@dataclass(frozen=True, slots=True)
class Team:
    """The framework and everybody who is to join it."""

    frame: Contract | None
    lines: list[Line]

    @property
    def stands(self) -> bool:
        return self.frame is not None and self.frame.state == ContractState.SEALED

    def count(self, *states: str) -> int:
        return sum(line.state in states for line in self.lines)

    @property
    def missing(self) -> int:
        return self.count("")

    @property
    def drafts(self) -> int:
        return self.count(ContractState.DRAFT)

    @property
    def in_review(self) -> int:
        return self.count(ContractState.REVIEW)

    @property
    def sealed(self) -> int:
        return self.count(ContractState.SEALED)


def team_of(viewer: Viewer, mission: Mission) -> Team:
    """For the mission's coach; an adhesion that was declined or withdrawn is no longer there."""
    rows = contracts_for(viewer).filter(mission=mission, instrument=Instrument.ADHESION)
    alive = {row.seat_id: row for row in rows.exclude(state__in=ENDED)}
    seats = [seat for seat in seats_of(viewer, mission) if seat.role == SeatRole.COACHEE]
    return Team(contract_of(viewer, mission), [Line(seat, alive.get(seat.pk)) for seat in seats])

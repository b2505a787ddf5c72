"""Where a mission is, and what comes next: the same answers for every portal's page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coaching.kernel.transitions import gate_states
from coaching.kernel.viewer import Viewer

from ..enums import MissionState as S
from ..models import Mission
from ..transitions import MISSION

PATH = (S.ENQUIRY, S.CONTRACTING, S.ACTIVE, S.CLOSED)
ENDINGS = {S.REFUSED: 1, S.STOPPED: 3}


@dataclass(frozen=True, slots=True)
class Step:
    label: Any
    state: str  # done, current, next


@dataclass(frozen=True, slots=True)
class Room:
    """A section that a room above adds to the page of a mission: its contract, its sessions."""

    template: str
    context: dict


RoomSource = Callable[[Viewer, Mission], Room]
_rooms: list[RoomSource] = []


def register_room(source: RoomSource) -> None:
    """Called from ``AppConfig.ready()`` by a room whose part of a mission is shown on its page."""
    if source not in _rooms:
        _rooms.append(source)


def rooms_of(viewer: Viewer, mission: Mission) -> list[Room]:
    return [source(viewer, mission) for source in _rooms]


def stage_bar(mission: Mission) -> list[Step]:
    """The stages of a mission's life; a refusal or a stop takes the place of what it ended."""
    state = S.ACTIVE if mission.state == S.PAUSED else mission.state
    path = list(PATH)
    if state in ENDINGS:
        path = [*path[: ENDINGS[state]], S(state)]
    here = path.index(state)
    return [
        Step(S(stage).label, "done" if index < here else "current" if index == here else "next")
        for index, stage in enumerate(path)
    ]


def opening_gates(mission: Mission):
    """The gates on the way to the contract, while the mission is an enquiry."""
    if mission.state != S.ENQUIRY:
        return []
    return gate_states(MISSION["open_contracting"], mission)

"""The contract's part of a mission's page, for each portal that has one."""

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission
from coaching.missions.web.steps import Room

from ..access import contract_of, scopes_of, versions_of

TEMPLATES = {
    Portal.COACH: "contracts/includes/room_coach.html",
    Portal.COACHEE: "contracts/includes/room_coachee.html",
    Portal.ORGANISATION: "contracts/includes/room_organisation.html",
}


def contract_room(viewer: Viewer, mission: Mission) -> Room:
    """The contract as it stands for this viewer: the draft for the coach, the last version sent for the parties."""
    contract = contract_of(viewer, mission)
    context = {
        "mission": mission,
        "contract": contract,
        "version": versions_of(viewer, contract).first() if contract else None,
        "scopes": scopes_of(viewer, mission),
        "can_draft": contract is None and mission.state == MissionState.CONTRACTING,
    }
    return Room(TEMPLATES[viewer.portal], context)

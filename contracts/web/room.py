"""The contract's part of a mission's page, for each portal that has one."""

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission
from coaching.missions.web.steps import NextStep, Room

from ..access import contract_with_last_version, scopes_of, unread_by
from ..enums import ContractState

TEMPLATES = {
    Portal.COACH: "contracts/includes/room_coach.html",
    Portal.COACHEE: "contracts/includes/room_coachee.html",
    Portal.ORGANISATION: "contracts/includes/room_organisation.html",
}


def contract_room(viewer: Viewer, mission: Mission) -> Room:
    """The contract as it stands for this viewer: the draft for the coach, the last version sent for the parties."""
    begun = mission.state != MissionState.ENQUIRY  # an enquiry has no contract to look for
    contract, version = contract_with_last_version(viewer, mission) if begun else (None, None)
    context = {
        "mission": mission,
        "contract": contract,
        "version": version,
        "scopes": scopes_of(viewer, mission) if viewer.portal == Portal.COACHEE else [],
        "can_draft": contract is None and mission.state == MissionState.CONTRACTING,
    }
    return Room(TEMPLATES[viewer.portal], context, contract_step(viewer, mission, contract, version))


PAGES = {Portal.COACHEE: "coachee_contract", Portal.ORGANISATION: "organisation_contract"}


def contract_step(viewer: Viewer, mission: Mission, contract, version) -> NextStep | None:
    """What comes next once contracting is open: draft, send, read."""
    if mission.state != MissionState.CONTRACTING:
        return None
    if viewer.portal == Portal.COACH:
        return _step_of_coach(viewer, mission, contract)
    if version is None:
        return NextStep(_("The contract is being prepared"), waiting=mission.coach.name)
    if version.read_at is None:
        url = reverse(PAGES[viewer.portal], args=[version.ref])
        text = _("At your own pace, as a page or as a PDF; the charter is annexed, whole.")
        return NextStep(_("Read the contract"), text, url, _("Read the contract"))
    return NextStep(_("You have read the contract"), waiting=mission.coach.name)


def _step_of_coach(viewer: Viewer, mission: Mission, contract) -> NextStep:
    if contract is None:
        text = _("It is made from the mission and your clause library.")
        draft = reverse("coach_contract_draft", args=[mission.ref])
        return NextStep(_("Make the draft of the contract"), text, draft, _("Make the draft"), post=True)
    url = reverse("coach_contract", args=[contract.ref])
    if contract.state == ContractState.DRAFT:
        text = _("Its page says what is still missing.")
        return NextStep(_("Complete the draft and send it"), text, url, _("Open the draft"))
    awaited = unread_by(viewer, mission, contract)
    if awaited:
        waiting = get_text_list(awaited, _("and"))
        return NextStep(
            _("The contract is with its parties"), url=url, label=_("Open the contract"), waiting=waiting
        )
    return NextStep(_("Every party has read the contract"), url=url, label=_("Open the contract"))

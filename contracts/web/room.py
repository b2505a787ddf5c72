"""The contract's part of a mission's page, for each portal that has one."""

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission
from coaching.missions.web.steps import NextStep, Room

from ..access import contract_with_last_version, scopes_of, unread_by
from ..enums import SENT, ContractState
from ..signing_access import own_place, places_of, round_of

TEMPLATES = {
    Portal.COACH: "contracts/includes/room_coach.html",
    Portal.COACHEE: "contracts/includes/room_coachee.html",
    Portal.ORGANISATION: "contracts/includes/room_organisation.html",
}


def contract_room(viewer: Viewer, mission: Mission) -> Room:
    """The contract as it stands for this viewer: the draft for the coach, the last version sent for the parties."""
    contract, version = contract_with_last_version(viewer, mission)
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
    """What comes next once contracting is open: draft, send, read, sign; then the copy of what stands."""
    if contract is not None and contract.state in SENT:
        return signing_step(viewer, contract, version)
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
    text = _("Each signatory receives a link of their own, and signs with a code sent to them.")
    send = reverse("coach_signing_open", args=[contract.ref])
    return NextStep(_("Every party has read the contract"), text, send, _("Send for signature"))


def signing_step(viewer: Viewer, contract, version) -> NextStep | None:
    """Whose signature is awaited; then the sealing; then the copy."""
    if viewer.portal == Portal.COACH:
        url = reverse("coach_signing", args=[contract.ref])
    elif version is not None:
        url = reverse(PAGES[viewer.portal], args=[version.ref])
    else:
        return None
    if contract.state == ContractState.SEALED:
        text = _(
            "Each signatory has their copy. Its seal and its proof of signature can be verified for years."
        )
        return NextStep(_("The contract stands: the mission can begin"), text, url, _("Open my copy"))
    if contract.state == ContractState.SIGNED:
        return NextStep(
            _("Everybody has signed"), url=url, label=_("See how far it is"), waiting=_("the document’s seal")
        )
    return _awaited_step(viewer, contract, url)


def _awaited_step(viewer: Viewer, contract, url: str) -> NextStep:
    signing = round_of(viewer, contract)
    mine = own_place(viewer, signing.version)
    if mine and mine.awaited:
        text = _("Read the whole document first. Then your name, and a code that is sent to you.")
        return NextStep(_("Your signature is awaited"), text, url, _("Read and sign the contract"))
    awaited = [place.signatory.name for place in places_of(viewer, signing) if place.awaited]
    title = (
        _("You have signed the contract")
        if mine and mine.signature
        else _("The contract is out for signature")
    )
    return NextStep(title, url=url, label=_("See who has signed"), waiting=get_text_list(awaited, _("and")))

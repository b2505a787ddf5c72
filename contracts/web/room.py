"""The contract's part of a mission's page, for each portal that has one."""

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionKind, MissionState
from coaching.missions.models import Mission
from coaching.missions.policy import ENDED, Seat
from coaching.missions.web.steps import BESIDE, Known, NextStep, Room

from ..access import Paper, adhesions_signed, papers_of, scopes_of
from ..consumers.access import consumer_for
from ..enums import OVER, SENT, ContractState, Instrument
from ..progress import Progress, progress_in
from ..scope_words import TO
from ..signing_access import own_place, places_of, round_of

TEMPLATES = {
    Portal.COACH: "contracts/includes/room_coach.html",
    Portal.COACHEE: "contracts/includes/room_coachee.html",
    Portal.ORGANISATION: "contracts/includes/room_organisation.html",
}


def contract_room(viewer: Viewer, mission: Mission, known: Known) -> Room:
    """The contract as it stands for this viewer, and what leans on it.

    The draft for the coach, the last version sent for the parties.
    """
    begun = mission.state != MissionState.ENQUIRY  # an enquiry has no contract to look for
    papers = papers_of(viewer, mission) if begun else []
    known["papers"] = papers
    first, leaning = (papers[0], papers[1:]) if papers else (Paper(None, None), [])
    context = {
        "mission": mission,
        "contract": first.contract,
        "version": first.version,
        "amendments": [one for one in leaning if one.contract.instrument == Instrument.AMENDMENT],
        "adhesions": [one for one in leaning if one.contract.instrument == Instrument.ADHESION],
        **_scope(viewer, mission, papers),
        "consumer": consumer_for(viewer, first.contract) if first.contract else None,
        "can_draft": not papers and mission.state == MissionState.CONTRACTING,
        **_of_team(viewer, mission, first, known.get(BESIDE)),
    }
    step = contract_step(viewer, mission, first.contract, first.version)
    if first.contract is not None and first.contract.state == ContractState.SEALED:
        step = leaning_step(viewer, leaning, context) or step
    return Room(TEMPLATES[viewer.portal], context, step)


def _scope(viewer: Viewer, mission: Mission, papers: list[Paper]) -> dict:
    """What the coachee lets be given back, while it is worded: once they have signed it, it is a consent."""
    if viewer.portal != Portal.COACHEE or not mission.paid_by_organisation:
        return {}
    own = Instrument.ADHESION if mission.kind == MissionKind.TEAM else Instrument.CONTRACT
    if any(one.contract.instrument == own and one.contract.state == ContractState.SEALED for one in papers):
        return {}
    return {"scope_open": True, "scopes": scopes_of(viewer, mission), "towards": TO.items()}


def _of_team(viewer: Viewer, mission: Mission, first: Paper, beside: Seat | None) -> dict:
    """In a team: how many coachees there are to join, for the coach; who has, and when, for the organisation."""
    if mission.kind != MissionKind.TEAM:
        return {}
    if viewer.portal == Portal.COACH:
        return {"coachees": first.contract.coachees or 0} if first.contract else {}
    return {"signed": adhesions_signed(viewer, mission, beside)}


def leaning_step(viewer: Viewer, leaning: list[Paper], context: dict) -> NextStep | None:
    """What comes next of what leans on a contract that is sealed: an amendment under way; in a team, the adhesions."""
    under_way = [one for one in leaning if one.contract.state not in OVER]
    if viewer.portal == Portal.COACH:
        sealed = sum(one.contract.state == ContractState.SEALED for one in context["adhesions"])
        under_way = [one for one in under_way if one.contract.instrument == Instrument.AMENDMENT]
        if not under_way and sealed < context.get("coachees", 0):
            return _step_of_adhesions(context, sealed)
    steps = [step for paper in under_way if (step := _step_of_paper(viewer, paper))]
    if not steps and viewer.portal == Portal.COACHEE and context["mission"].kind == MissionKind.TEAM:
        joined = any(one.contract.state == ContractState.SEALED for one in context["adhesions"])
        coach = context["mission"].coach.name
        return None if joined else NextStep(_("Your adhesion is being prepared"), waiting=coach)
    return next(iter(steps), None)


def _step_of_adhesions(context: dict, sealed: int) -> NextStep:
    """The coachees of a team join one by one; the coach makes and sends the adhesions together."""
    url = reverse("coach_adhesions", args=[context["mission"].ref])
    text = _("%(sealed)d of %(count)d signed. No session is held with a coachee before their own is sealed.")
    said = text % {"sealed": sealed, "count": context["coachees"]}
    return NextStep(_("The coachees join the framework"), said, url, _("See the adhesions"))


def _step_of_paper(viewer: Viewer, paper: Paper) -> NextStep | None:
    contract, version = paper.contract, paper.version
    if contract.state in SENT:
        return signing_step(viewer, contract, version)
    name = {"name": contract.called}
    if viewer.portal == Portal.COACH:
        url = reverse("coach_contract", args=[contract.ref])
        if contract.state == ContractState.DRAFT:
            text = _("Its page says what is still missing.")
            return NextStep(_("%(name)s: complete it and send it") % name, text, url, _("Open the draft"))
        return _step_of_review(contract, progress_in(contract), url)
    if version is None or contract.state != ContractState.REVIEW:
        return None
    if version.read_at is None:
        url, text = (
            reverse(PAGES[viewer.portal], args=[version.ref]),
            _("At your own pace, as a page or as a PDF."),
        )
        return NextStep(_("%(name)s: read it") % name, text, url, _("Read it"))
    return _step_of_party(viewer, contract.mission, contract, version)


PAGES = {Portal.COACHEE: "coachee_contract", Portal.ORGANISATION: "organisation_contract"}


def contract_step(viewer: Viewer, mission: Mission, contract, version) -> NextStep | None:
    """What comes next once contracting is open: draft, send, read, discuss, sign; then the copy of what stands."""
    if mission.state in ENDED:  # nothing is awaited any more; what was signed stays to be read
        return None
    if contract is not None and contract.state in SENT:
        return signing_step(viewer, contract, version)
    if mission.state != MissionState.CONTRACTING:
        return None
    if viewer.portal == Portal.COACH:
        return _step_of_coach(mission, contract)
    if version is None:
        return NextStep(_("The contract is being prepared"), waiting=mission.coach.name)
    return _step_of_party(viewer, mission, contract, version)


def _step_of_party(viewer: Viewer, mission: Mission, contract, version) -> NextStep:
    url = reverse(PAGES[viewer.portal], args=[version.ref])
    if version.read_at is None:
        text = _("At your own pace, as a page or as a PDF; the charter is annexed, whole.")
        return NextStep(_("Read the contract"), text, url, _("Read the contract"))
    if contract.state != ContractState.REVIEW or version.fine_at:
        return NextStep(_("You have read the contract"), waiting=mission.coach.name)
    if version.asked:
        title = _("You have asked for a change")
        return NextStep(title, url=url, label=_("Read the contract"), waiting=mission.coach.name)
    text = _("Comment on a clause, ask for a change, or say that everything is fine with you.")
    return NextStep(_("Say whether the contract is fine with you"), text, f"{url}#fine", _("Say it"))


def _step_of_coach(mission: Mission, contract) -> NextStep:
    if contract is None:
        text = _("It is made from the mission and your clause library.")
        draft = reverse("coach_contract_draft", args=[mission.ref])
        return NextStep(_("Make the draft of the contract"), text, draft, _("Make the draft"), post=True)
    url = reverse("coach_contract", args=[contract.ref])
    if contract.state == ContractState.DRAFT:
        text = _("Its page says what is still missing.")
        return NextStep(_("Complete the draft and send it"), text, url, _("Open the draft"))
    return _step_of_review(contract, progress_in(contract), url)


def _step_of_review(contract, progress: Progress, url: str) -> NextStep:
    """Answer those who wait for the coach; else wait for those who have not read, then not decided."""
    if progress.changes or progress.comments:
        count = progress.changes or progress.comments
        title = (
            ngettext("%(count)d change is asked: answer", "%(count)d changes are asked: answer", count)
            if progress.changes
            else ngettext("%(count)d comment to answer", "%(count)d comments to answer", count)
        )
        return NextStep(title % {"count": count}, url=f"{url}#comments", label=_("Read and answer"))
    label = _("Open the contract")
    if progress.unread:
        waiting = get_text_list(progress.unread, _("and"))
        return NextStep(_("The contract is with its parties"), url=url, label=label, waiting=waiting)
    if progress.undecided:
        waiting = get_text_list(progress.undecided, _("and"))
        return NextStep(_("Every party has read the contract"), url=url, label=label, waiting=waiting)
    send = reverse("coach_signing_open", args=[contract.ref])
    text = _("Each signatory receives a link of their own, and signs with a code sent to them.")
    return NextStep(
        _("Everyone is fine with this version of the contract"), text, send, _("Send for signature")
    )


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
        return NextStep(
            _("The contract stands: the mission can begin"), text, url, _("Open my copy"), yields=True
        )
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

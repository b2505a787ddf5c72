"""Answers to the gates between a draft and its parties."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from coaching.kernel.gates import GateResult, register
from coaching.missions.access import coach_viewer
from coaching.missions.enums import MissionKind, ObjectiveTag
from coaching.missions.gates import request_validated, requests_recorded
from coaching.missions.judgement_access import balance_of
from coaching.missions.models import Mission
from coaching.missions.requests_access import objectives_of

from .checking import errors
from .enums import SENT, CommentKind, ContractState, Instrument
from .models import Contract, ContractVersion, SealedContract
from .progress import open_on


def elements_present(contract: Contract) -> GateResult:
    """Conditions, objectives, confidentiality, fees, charter annexed; no promised result; nothing left blank."""
    found = errors(coach_viewer(contract.mission), contract)
    if not found:
        return GateResult(True)
    return GateResult(False, found[0].message, reverse("coach_contract", args=[contract.ref]) + "#check")


def requests_stand(contract: Contract) -> GateResult:
    """The requests are still in their authors' words: somebody may have written anew since contracting opened.

    Both levels for a contract; for an adhesion that of its coachee; an amendment leans on those of its contract.
    """
    if contract.instrument == Instrument.AMENDMENT:
        return GateResult(True)
    return requests_recorded(contract.mission, contract.seat)


def validation_stands(contract: Contract) -> GateResult:
    """What the coach validated is the coachee's request as it now stands; writing it anew re-opened the validation."""
    if contract.instrument == Instrument.AMENDMENT:
        return GateResult(True)
    return request_validated(contract.mission, contract.seat)


def balanced(contract: Contract) -> GateResult:
    """At least one objective is common, or its absence is explained (article 16).

    Nothing to balance for a lone coachee, nor in a document that leans on a contract which was.
    """
    mission = contract.mission
    viewer = coach_viewer(mission)
    if not mission.paid_by_organisation or contract.instrument != Instrument.CONTRACT:
        return GateResult(True)
    if objectives_of(viewer, mission).filter(tag=ObjectiveTag.COMMON).exists() or balance_of(viewer, mission):
        return GateResult(True)
    return GateResult(
        False,
        _("No objective is common to the coachee and the organisation, and nothing explains why."),
        reverse("coach_mission", args=[mission.ref]) + "#objectives",
    )


def answered(contract: Contract) -> GateResult:
    """Every request for a change on the newest version has its answer (article 14); judgement may pass it."""
    newest = ContractVersion.unscoped.filter(contract=contract).order_by("-number").values("pk")[:1]
    waiting = open_on(newest).filter(kind=CommentKind.CHANGE).count()
    if not waiting:
        return GateResult(True)
    message = ngettext_lazy(
        "%(count)d request for a change is not answered.",
        "%(count)d requests for a change are not answered.",
        waiting,
    ) % {"count": waiting}
    return GateResult(False, message, reverse("coach_contract", args=[contract.ref]) + "#comments")


def contract_stands(mission: Mission) -> GateResult:
    """Signed by every party on the same document, and sealed: no judgement takes the place of that.

    In a team the framework alone begins nothing: a first coachee must have signed their adhesion too.
    """
    rows = SealedContract.unscoped.filter(contract__mission=mission, contract__state=ContractState.SEALED)
    if not rows.filter(contract__instrument=Instrument.CONTRACT).exists():
        return GateResult(False, _("The contract of this mission is not sealed yet."))
    adhesion = rows.filter(contract__instrument=Instrument.ADHESION)
    return GateResult(
        mission.kind != MissionKind.TEAM or adhesion.exists(), _("No coachee has signed their adhesion yet.")
    )


def not_out(mission: Mission) -> GateResult:
    """A mission whose contract is out for signature, or signed, is not declined: the contract is withdrawn first."""
    out = Contract.unscoped.filter(mission=mission, state__in=SENT).first()
    if out is None:
        return GateResult(True)
    return GateResult(
        False,
        _("Its contract is out for signature, or signed. Withdraw the contract first."),
        reverse("coach_contract", args=[out.ref]),
    )


register("contracts.requests", requests_stand)
register("contracts.validation", validation_stands)
register("contracts.elements", elements_present)
register("contracts.answered", answered)
register("contracts.sealed", contract_stands)
register("contracts.not_out", not_out)
register("contracts.balance", balanced)

"""Answers to the gates between a draft and its parties."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from coaching.kernel.gates import GateResult, register
from coaching.missions.access import balance_of, coach_viewer, objectives_of
from coaching.missions.enums import ObjectiveTag
from coaching.missions.gates import request_validated, requests_recorded
from coaching.missions.models import Mission

from .checking import errors
from .enums import SENT, CommentKind, ContractState
from .models import Contract, ContractVersion, SealedContract
from .progress import open_on


def elements_present(contract: Contract) -> GateResult:
    """Conditions, objectives, confidentiality, fees, charter annexed; no promised result; nothing left blank."""
    found = errors(coach_viewer(contract.mission), contract)
    if not found:
        return GateResult(True)
    return GateResult(False, found[0].message, reverse("coach_contract", args=[contract.ref]) + "#check")


def requests_stand(contract: Contract) -> GateResult:
    """Both requests are still in their authors' words: somebody may have written anew since contracting opened."""
    return requests_recorded(contract.mission)


def validation_stands(contract: Contract) -> GateResult:
    """What the coach validated is the coachee's request as it now stands; writing it anew re-opened the validation."""
    return request_validated(contract.mission)


def balanced(contract: Contract) -> GateResult:
    """At least one objective is common, or its absence is explained (article 16); nothing to balance for a lone coachee."""
    mission = contract.mission
    viewer = coach_viewer(mission)
    if not mission.paid_by_organisation:
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


def sealed(mission: Mission) -> GateResult:
    """Signed by every party on the same document, and sealed: no judgement takes the place of that."""
    rows = SealedContract.unscoped.filter(contract__mission=mission, contract__state=ContractState.SEALED)
    return GateResult(rows.exists(), _("The contract of this mission is not sealed yet."))


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
register("contracts.sealed", sealed)
register("contracts.not_out", not_out)
register("contracts.balance", balanced)

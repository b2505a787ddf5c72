"""Answers to the gates between a draft and its parties."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.gates import GateResult, register
from coaching.missions.access import balance_of, coach_viewer, objectives_of
from coaching.missions.enums import ObjectiveTag
from coaching.missions.gates import request_validated, requests_recorded

from .checking import errors
from .models import Contract


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


register("contracts.requests", requests_stand)
register("contracts.validation", validation_stands)
register("contracts.elements", elements_present)
register("contracts.balance", balanced)

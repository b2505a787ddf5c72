"""Answers to the gates that a consumer's rights put in the way."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.gates import GateResult, register
from coaching.missions.models import Mission

from ..enums import ENDED, ContractKind
from ..models import Contract
from .access import consumer_of, may_begin
from .information import lacking
from .models import Withdrawal


def informed(contract: Contract) -> GateResult:
    """What the law wants a consumer told is all known; nothing to tell where no consumer pays."""
    found = consumer_of(contract)
    missing = lacking(found) if found else []
    if not missing:
        return GateResult(True)
    message = _("The information a consumer must receive before signing lacks: %(names)s.")
    return GateResult(
        False,
        message % {"names": ", ".join(str(name) for name in missing)},
        reverse("coach_consumer", args=[contract.ref]),
    )


def early_start(mission: Mission) -> GateResult:
    """A session of today does not fall within the fourteen days of a consumer who has not asked to begin early."""
    rows = Contract.unscoped.filter(mission=mission, kind=ContractKind.INDIVIDUAL, base=None)
    contract = rows.exclude(state__in=ENDED).first()
    if contract is None or may_begin(contract, timezone.localdate()):
        return GateResult(True)
    return GateResult(
        False,
        _(
            "The coachee may still withdraw and has not asked for an early start: sessions begin after the period."
        ),
        reverse("coach_consumer", args=[contract.ref]),
    )


def withdrawn(mission: Mission) -> GateResult:
    """The consumer's statement is on record."""
    rows = Withdrawal.unscoped.filter(contract__mission=mission)
    return GateResult(rows.exists(), _("No statement of withdrawal is on record."))


register("contracts.information", informed)
register("contracts.early_start", early_start)
register("contracts.withdrawn", withdrawn)

"""A mission that was declined takes the contract that was being prepared for it along."""

from django.utils.translation import gettext as _

from coaching.kernel.transitions import perform
from coaching.kernel.viewer import Viewer
from coaching.missions.access import roles_at
from coaching.missions.models import Mission

from ..enums import ContractState
from ..models import Contract
from ..transitions import machine_of

PREPARED = (
    ContractState.DRAFT,
    ContractState.REVIEW,
)  # nothing declined is out for signature: a gate sees to it


def set_aside(viewer: Viewer, mission: Mission) -> None:
    """Withdraw what the coach was preparing. Records ``contract.withdraw``; the letters of the refusal say it all.

    Called in the transaction of the coach's refusal (article 6).
    """
    for contract in Contract.unscoped.filter(mission=mission, state__in=PREPARED).select_related("mission"):
        perform(
            machine_of(contract),
            contract,
            "withdraw",
            viewer,
            roles=roles_at(viewer, mission),
            reason=_("The mission was declined."),
        )

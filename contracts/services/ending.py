"""A mission that ends takes along the contract that was being prepared for it, and what was out for signature."""

from django.utils.translation import gettext as _

from coaching.kernel.transitions import Move, perform
from coaching.kernel.viewer import Actor, Viewer, system
from coaching.missions.endings import Cause
from coaching.missions.models import Mission, Seat

from ..enums import Closing, ContractState
from ..models import Contract
from ..transitions import machine_of
from . import rounds

SYSTEM = frozenset({"system"})
UNDER_WAY = (ContractState.DRAFT, ContractState.REVIEW, ContractState.SIGNING)


def end_with(by: Viewer | Actor, mission: Mission, cause: Cause, seat: Seat | None) -> None:
    """Withdraw what was being prepared or signed. Records ``contract.withdraw``, as the product's own.

    In the transaction of the act that ends the mission, whoever's it is. No letter of its own: those of the ending say it
    all. What is signed stands, and stays readable; an amendment and an adhesion go like the contract. A pause changes
    nothing, nor does a coachee of a team who leaves: the others' contract is theirs.
    """
    if cause != Cause.END or seat is not None:
        return
    for contract in Contract.unscoped.filter(mission=mission, state__in=UNDER_WAY).select_related("mission"):
        perform(
            machine_of(contract),
            contract,
            "withdraw",
            system(by.practice_ref),
            roles=SYSTEM,
            reason=_("The mission has ended."),
            effects=_close_round,
        )


def _close_round(contract: Contract, _move: Move) -> None:
    rounds.close(contract, Closing.WITHDRAWN)

"""What rooms above do when a contract is sealed: each takes in, in the same transaction, what was signed that concerns it."""

from collections.abc import Callable

from coaching.kernel.viewer import Actor

from .models import SealedContract
from .snapshots import ContractSnapshot

Taking = Callable[[Actor, SealedContract, ContractSnapshot], None]
_takings: list[Taking] = []


def register_taking(taking: Taking) -> None:
    """Called from ``AppConfig.ready()`` by a room for which something that was signed counts from then on."""
    if taking not in _takings:
        _takings.append(taking)


def taken_in(by: Actor, sealed: SealedContract, snapshot: ContractSnapshot) -> None:
    """For the sealing of a contract, in its transaction, once the mission may have begun."""
    for taking in _takings:
        taking(by, sealed, snapshot)

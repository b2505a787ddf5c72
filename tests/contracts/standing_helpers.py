"""Contracts that stand, and what leans on them, without rendering: the PDFs have their own tests, and take seconds."""

from contracts.models import Contract, SigningRound
from contracts.services import amending, rounds
from tests.contracts.helpers import contracting, send
from tests.contracts.signing_helpers import sign_all
from tests.stand_ins import seal
from tests.world import World


def sealed(world: World, contract: Contract) -> Contract:
    """A contract in review, signed by everybody and sealed, with a stand-in for its sealed PDF."""
    contract.refresh_from_db()
    signing: SigningRound = rounds.open_round(world.coach, contract)
    return seal(sign_all(signing))


def standing(world: World) -> Contract:
    """An individual mission, active: its contract is sealed. Where a file has one made beforehand, that one."""
    if world.standing:
        return Contract.unscoped.select_related("mission").get(pk=world.standing.pk)
    return another_standing(world)


def another_standing(world: World) -> Contract:
    """One more of them, whatever was made beforehand."""
    _mission, contract = contracting(world)
    send(world, contract)
    return sealed(world, contract)


def amendment(world: World, base: Contract | None = None, **changes) -> Contract:
    """An amendment in draft, which says why it is made and changes the number of sessions."""
    row = amending.amend(world.coach, base or standing(world))
    amending.save_purpose(world.coach, row, changes.pop("purpose", "Deux séances de plus."))
    amending.change_terms(world.coach, row, {"sessions_count": 10, **changes})
    row.refresh_from_db()
    return row


def amended(world: World, base: Contract | None = None, **changes) -> Contract:
    """The same, signed by everybody and sealed."""
    row = amendment(world, base, **changes)
    send(world, row)
    return sealed(world, row)

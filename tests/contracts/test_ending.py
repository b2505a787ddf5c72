"""A mission that is declined leaves no contract behind that somebody might still wait for."""

import pytest

from coaching.journal.models import Event
from coaching.kernel.errors import GateClosed
from coaching.outbox.models import Letter
from contracts.enums import ContractState
from contracts.models import Contract
from tests import stand_ins
from tests.contracts.helpers import contracting, send
from tests.contracts.signing_helpers import out

WORDS = {"ground": "coach", "explanation": "Je connais l’équipe.", "orientation": "", "told_organisation": "Non."}  # fmt: skip


def _state(contract) -> str:
    return Contract.unscoped.get(pk=contract.pk).state


@pytest.mark.parametrize("sent", [False, True])
def test_a_contract_in_preparation_is_withdrawn_when_its_mission_is_declined(world, db, sent):
    mission, contract = contracting(world)
    if sent:
        send(world, contract)
    stand_ins.refuse(world.coach, mission, **WORDS)
    assert _state(contract) == ContractState.WITHDRAWN
    assert Event.unscoped.filter(kind="contract.withdraw", subject=contract.ref).count() == 1


def test_one_letter_alone_tells_each_party_that_a_mission_is_declined(world, db):
    mission, contract = contracting(world)
    send(world, contract)
    before = Letter.unscoped.count()
    stand_ins.refuse(world.coach, mission, **WORDS)
    kinds = list(Letter.unscoped.order_by("pk").values_list("kind", flat=True)[before:])
    assert kinds
    assert set(kinds) == {"closings/parted"}


def test_a_mission_whose_contract_is_out_for_signature_is_not_declined_and_its_contract_stays(world, db):
    contract = out(world).contract
    with pytest.raises(GateClosed):
        stand_ins.refuse(world.coach, contract.mission, **WORDS)
    assert _state(contract) == ContractState.SIGNING


def test_another_missions_contract_is_left_as_it_is(world, db):
    mission, _contract = contracting(world)
    _other, kept = contracting(world)
    stand_ins.refuse(world.coach, mission, **WORDS)
    assert _state(kept) == ContractState.DRAFT

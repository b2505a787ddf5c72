"""A consumer withdraws twice at once, while the contract is sealed, while a session is asked for: it stands once and whole."""

import pytest
from django.db import transaction
from django.utils import timezone

from coaching.accounts.services import update_practice
from coaching.clients.models import Person
from coaching.documents.seal import make_seal
from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.kernel.errors import DomainError, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from contracts.consumers.access import hand_of_signatory
from contracts.consumers.models import EarlyStart, Withdrawal
from contracts.consumers.services import early_start, withdrawing
from contracts.models import Contract, SealedContract, Signatory
from contracts.services import sealing
from contracts.signing_access import RELATED
from ethics.development.services import save_qualification
from tests.consumers.helpers import hand, signed
from tests.races.settings import complete
from tests.races.test_races import _lost, _won

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {"name": "Camille", "email": "camille@race.test", "language": "fr"}


@pytest.fixture
def ready(small):
    """A practice that may contract with consumers."""
    complete(small)
    more = {"legal_form": "EI", "mediator_name": "Un médiateur", "mediator_contact": "mediateur.test"}
    small.practice.refresh_from_db()
    update_practice(small.viewer("coach", Portal.PRACTICE), small.practice, more)
    Person.unscoped.filter(pk=small.people["coachee"].pk).update(address="8 quai Choiseul, Nancy")
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    return small


@pytest.fixture
def concluded(ready):
    """A contract with a consumer, signed by both, written for good."""
    return signed(ready)


@pytest.fixture
def to_seal(ready):
    """The same, with documents that can be sealed, and a seal."""
    make_seal(ready.practice.ref, ready.practice.name)
    return signed(ready, rendered=True)


def _fresh(contract) -> Contract:
    """The contract as another browser has it, with objects of its own."""
    return Contract.unscoped.select_related("mission__practice", "mission__coach").get(pk=contract.pk)


def _withdraw(world, contract):
    return lambda: withdrawing.withdraw(hand(world, contract), _fresh(contract), **SAID)


def _mission(contract) -> Mission:
    return Mission.unscoped.get(pk=contract.mission_id)


def test_a_withdrawal_from_the_portal_and_by_the_link_at_once_is_one(small, concluded, together):
    row = Signatory.unscoped.select_related(*RELATED, "seat__person").get(
        round__contract=concluded, role="coachee"
    )
    by_link = hand_of_signatory(row)
    answers = together(
        _withdraw(small, concluded),
        lambda: withdrawing.withdraw(by_link, _fresh(concluded), **SAID),
    )
    assert len(_won(answers)) == 1
    assert isinstance(_lost(answers)[0], Stale)
    assert Withdrawal.unscoped.count() == 1
    assert Event.unscoped.filter(kind__in=["withdrawal.make", "mission.withdraw"]).count() == 2
    assert Letter.unscoped.filter(kind="contracts/withdrawal_received").count() == 1
    assert list(verify()) == []


def test_two_withdrawals_are_held_apart_by_the_table_alone_when_nothing_is_held(
    small, concluded, together, meet, monkeypatch
):
    """The look before the act taken away on both sides: the table still takes one."""
    real = withdrawing._write

    def write(*args):
        meet()
        real(*args)

    monkeypatch.setattr(withdrawing, "hold", lambda contract: Contract.unscoped.get(pk=contract.pk))
    monkeypatch.setattr(withdrawing, "refuse_closed", lambda *_args: None)
    monkeypatch.setattr(withdrawing, "_write", write)
    answers = together(*[_withdraw(small, concluded)] * 2)
    assert len(_won(answers)) == Withdrawal.unscoped.count() == 1


def test_two_withdrawals_would_both_be_told_yes_by_a_look_alone(small, concluded, together, meet, postgres):
    """The race that the table settles: both look before either writes."""

    @transaction.atomic
    def naive():
        found = withdrawing.consumer_of(Contract.unscoped.get(pk=concluded.pk))
        meet()
        if found.withdrawal:
            raise Stale("withdrawn")
        Mission.unscoped.filter(pk=concluded.mission_id).update(title="withdrawn")
        return True

    assert len(_won(together(naive, naive))) == 2


def test_a_withdrawal_while_the_contract_is_sealed_stops_the_mission_and_leaves_it_sealed(
    small, to_seal, together
):
    answers = together(_withdraw(small, to_seal), lambda: sealing.seal(_fresh(to_seal)))
    assert _lost(answers) == []
    assert _mission(to_seal).state == "stopped"
    assert Contract.unscoped.get(pk=to_seal.pk).state == "sealed"
    assert (Withdrawal.unscoped.count(), SealedContract.unscoped.count()) == (1, 1)
    assert list(verify()) == []


def test_a_contract_withdrawn_from_before_it_was_sealed_is_sealed_and_never_begins(small, to_seal):
    _withdraw(small, to_seal)()
    sealing.seal(_fresh(to_seal))
    assert _mission(to_seal).state == "stopped"
    assert not Event.unscoped.filter(kind="mission.activate").exists()
    assert not Letter.unscoped.filter(kind="contracts/withdrawal_right").exists()


def test_an_early_start_asked_for_twice_at_once_is_one(small, concluded, together):
    answers = together(
        *[lambda: early_start.ask(hand(small, concluded), _fresh(concluded)) for _twice in range(2)]
    )
    assert _lost(answers) == []
    assert EarlyStart.unscoped.count() == Event.unscoped.filter(kind="early_start.ask").count() == 1


def test_an_early_start_and_a_withdrawal_at_once_leave_the_withdrawal(small, concluded, together):
    answers = together(
        lambda: early_start.ask(hand(small, concluded), _fresh(concluded)), _withdraw(small, concluded)
    )
    assert isinstance(answers[1], Withdrawal)
    assert isinstance(answers[0], (EarlyStart, DomainError))
    assert _mission(concluded).state == "stopped"

"""Several sign, revise and seal at once: what stands is whole. Without its guard, each race happens."""

import threading

import pytest
from django.db import transaction
from django.utils import timezone

from coaching.documents.services import content_of
from coaching.jobs import services as jobs
from coaching.jobs.models import Job
from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.kernel import transitions
from coaching.kernel.errors import DomainError, Stale
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from contracts.frozen import thaw
from contracts.models import Challenge, Contract, SealedContract, Signature, SigningRound
from contracts.services import codes, sealing, sharing, signing
from ethics.development.services import save_qualification
from tests.contracts.signing_helpers import code_sent, given, out, ready, sign_all, sign_as
from tests.races.settings import complete
from tests.races.test_races import _lost, _won

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def going(small):
    """Out for signature by coach, coachee and sponsor, written for good."""
    return _out(small)


@pytest.fixture
def to_seal(small):
    """The same, with a document that can be sealed."""
    return _out(small, rendered=True)


def _out(small, **options):
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    return out(small, **options)


def _act(signing_round, role):
    signer, code = ready(signing_round, role)
    return lambda: signing.sign(signer, given(signer, code))


def _state(signing_round) -> str:
    return Contract.unscoped.get(pk=signing_round.contract_id).state


def _unheld(obj):
    return type(obj).unscoped.get(pk=obj.pk)


def test_the_last_two_sign_at_once_and_it_is_complete_once(to_seal, together):
    sign_as(to_seal, "coach")
    answers = together(_act(to_seal, "coachee"), _act(to_seal, "sponsor"))
    assert _lost(answers) == []
    assert _state(to_seal) == "signed"
    assert Event.unscoped.filter(kind="contract.complete").count() == 1
    assert Job.unscoped.filter(kind="contracts.seal").count() == 1
    assert jobs.run_due() >= 1
    assert SealedContract.unscoped.filter(contract=to_seal.contract).count() == 1
    assert Mission.unscoped.get(pk=to_seal.contract.mission_id).state == "active"
    assert list(verify()) == []


def test_the_last_two_leave_a_contract_nobody_completes_when_it_is_not_held(
    going, together, meet, monkeypatch, postgres
):
    """The guards taken away: the contract is not held, nor the journal's head, which holds them apart as well."""
    sign_as(going, "coach")
    acts = _act(going, "coachee"), _act(going, "sponsor")
    real = signing._go_on

    def go_on(signer, contract):
        meet()
        real(signer, contract)

    monkeypatch.setattr(signing, "hold", _unheld)
    monkeypatch.setattr(signing, "_record", lambda *_said, **_more: None)
    monkeypatch.setattr(signing, "_go_on", go_on)
    assert _lost(together(*acts)) == []
    assert Signature.unscoped.count() == 3
    # SQLite lets one transaction write at a time (IMMEDIATE): there the second one sees the first.
    assert _state(going) == ("signing" if postgres else "signed")


def test_two_browsers_sign_for_one_party_once(going, together):
    signer, first = ready(going, "coachee")
    Challenge.unscoped.update(created_at=timezone.now() - codes.PAUSE * 2)
    codes.ask(signer, "a second browser")
    second = code_sent(signer)
    answers = together(
        lambda: signing.sign(signer, given(signer, first)),
        lambda: signing.sign(signer, given(signer, second, browser="a second browser")),
    )
    assert isinstance(answers[0], DomainError)
    assert isinstance(answers[1], Signature)
    assert Signature.unscoped.filter(signatory=signer.signatory).count() == 1


def test_one_code_eight_times_at_once_makes_one_signature(going, together):
    act = _act(going, "coachee")
    answers = together(*[act] * 8)
    assert len(_won(answers)) == 1
    assert all(isinstance(one, DomainError) for one in _lost(answers)), answers
    assert Signature.unscoped.count() == Event.unscoped.filter(kind="signature.give").count() == 1
    assert Challenge.unscoped.get().tries <= codes.TRIES
    assert list(verify()) == []


def test_one_code_is_used_twice_without_its_conditional_update(going, together, meet, postgres):
    ready(going, "coachee")
    row = Challenge.unscoped.get()

    @transaction.atomic
    def naive():
        if Challenge.unscoped.get(pk=row.pk).consumed_at:
            raise Stale("used")
        meet()
        Challenge.unscoped.filter(pk=row.pk).update(consumed_at=timezone.now())
        return True

    assert len(_won(together(naive, naive))) == (2 if postgres else 1)
    Challenge.unscoped.update(consumed_at=None)
    answers = together(*[lambda: codes.consume(row)] * 2)
    assert len(_won(answers)) == 1


def test_a_try_is_lost_without_its_conditional_update(going, together, meet, postgres):
    ready(going, "coachee")
    row = Challenge.unscoped.get()

    @transaction.atomic
    def naive():
        tries = Challenge.unscoped.get(pk=row.pk).tries
        meet()
        Challenge.unscoped.filter(pk=row.pk).update(tries=tries + 1)

    together(naive, naive)
    assert Challenge.unscoped.get().tries == (1 if postgres else 2)
    Challenge.unscoped.update(tries=0)
    assert sorted(map(str, together(*[lambda: codes._count(row)] * 8))) == ["False"] * 3 + ["True"] * 5


@pytest.mark.parametrize("last", [True, False])
def test_taking_back_while_somebody_signs_leaves_one_of_the_two(going, small, together, last):
    if last:
        sign_as(going, "coach")
        sign_as(going, "sponsor")
    act = _act(going, "coachee")
    contract = Contract.unscoped.get(pk=going.contract_id)
    answers = together(act, lambda: sharing.revise(small.coach, contract))
    signed, revised = (not isinstance(one, Exception) for one in answers)
    closing = SigningRound.unscoped.get(pk=going.pk).closing
    if revised:
        assert (_state(going), closing) == ("draft", "replaced")
        assert Job.unscoped.filter(kind="contracts.seal").count() == 0
    else:
        assert last
        assert signed
        assert (_state(going), closing) == ("signed", "complete")
    assert Signature.unscoped.filter(signatory__role="coachee").count() == signed
    _no_signature_after_the_end(going)


def test_a_signature_falls_on_a_contract_taken_back_when_it_is_not_held(
    going, small, together, monkeypatch, postgres
):
    act = _act(going, "coachee")
    contract = Contract.unscoped.get(pk=going.contract_id)
    judged, revised = threading.Event(), threading.Event()
    real = signing._refuse_moved
    calls = []

    def refuse_moved(*said):
        real(*said)
        calls.append(1)
        if len(calls) == 2:  # inside the transaction, judged, not yet written
            judged.set()
            revised.wait(timeout=3)

    def take_back():
        judged.wait(timeout=60)
        sharing.revise(small.coach, contract)
        revised.set()

    monkeypatch.setattr(signing, "hold", _unheld)
    monkeypatch.setattr(transitions, "_lock", _unheld)
    monkeypatch.setattr(signing, "_refuse_moved", refuse_moved)
    monkeypatch.setattr(
        codes, "consume", lambda _row: None
    )  # closing the round voids the code: a guard as well
    together(act, take_back)
    assert (_state(going), Signature.unscoped.count()) == ("draft", 1)
    if postgres:
        with pytest.raises(AssertionError):
            _no_signature_after_the_end(going)
    else:
        _no_signature_after_the_end(going)


def _no_signature_after_the_end(going) -> None:
    closed = SigningRound.unscoped.get(pk=going.pk).closed_at
    assert closed is None or not Signature.unscoped.filter(signed_at__gt=closed).exists()


def test_two_workers_seal_one_contract_once(to_seal, together):
    contract = sign_all(to_seal)
    answers = together(lambda: sealing.seal(contract), lambda: sealing.seal(contract))
    assert _lost(answers) == []
    assert answers[0].pk == answers[1].pk
    assert Event.unscoped.filter(kind="contract.sealed").count() == 1
    assert Letter.unscoped.filter(kind="contracts/sealed").count() == 3
    assert list(verify()) == []


def test_two_workers_are_told_apart_by_the_row_alone_when_the_contract_is_not_held(
    to_seal, together, meet, monkeypatch, postgres
):
    """Without the hold both go as far as writing; the UNIQUE key of the sealed contract is the second guard."""
    contract = sign_all(to_seal)

    def unheld(obj):
        found = _unheld(obj)
        meet()
        return found

    proof = sealing.gather_evidence(contract)
    document = to_seal.version.document
    practice = to_seal.contract.mission.practice.ref
    made = sealing.prepare(thaw(document.snapshot), proof, content_of(document), practice)
    monkeypatch.setattr(sealing, "hold", unheld)
    flip = transaction.atomic(lambda: sealing._flip(contract, to_seal.version, proof, made))
    answers = together(flip, flip)
    assert len(_lost(answers)) == (1 if postgres else 0)
    assert SealedContract.unscoped.count() == 1
    assert list(verify()) == []


def test_two_workers_never_take_one_job(small, together, monkeypatch):
    done = []
    monkeypatch.setattr(jobs, "_kinds", {"test.work": jobs.Kind(lambda task: done.append(task.subject))})
    for number in range(12):
        jobs.enqueue("test.work", f"S-{number}")
    answers = together(jobs.run_due, jobs.run_due, jobs.run_due)
    assert _lost(answers) == []
    assert sum(answers) == 12
    assert len(done) == len(set(done)) == 12


def test_two_workers_take_one_job_without_the_conditional_update(small, together, meet):
    jobs.enqueue("test.work", "S-1")
    done = []

    def naive():
        job = Job.unscoped.filter(state="queued").first()
        meet()
        if job:
            Job.unscoped.filter(pk=job.pk).update(state="running", claim="x", claimed_at=timezone.now())
            done.append(job.pk)

    together(naive, naive)
    assert len(done) == 2

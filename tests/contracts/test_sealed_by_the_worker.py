"""From the last signature to the sealed contract: by the worker, whoever is killed on the way, and for good."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from coaching.jobs.models import Job
from coaching.jobs.services import Task, run_due
from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.kernel.errors import NotAllowedNow
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from contracts.models import Contract, SealedContract, Signature, SigningRound
from contracts.services import sealing, sharing
from tests.contracts.rendered_once import rendered_once
from tests.contracts.signing_helpers import out, sign_all

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def signed(world, django_db_blocker) -> SigningRound:
    """A round everybody has signed; what a test does from there is taken back at its end."""
    with django_db_blocker.unblock():
        going = out(world, manager=True, rendered=True)
        sign_all(going)
        return SigningRound.unscoped.select_related("contract", "version__document").get(pk=going.pk)


@pytest.fixture(scope="module", autouse=True)
def _once():
    """Each sealing here asks for the same document."""
    with rendered_once({}):
        yield


def _letters(kind: str) -> list[str]:
    return sorted(Letter.unscoped.filter(kind=f"contracts/{kind}").values_list("to", flat=True))


def test_a_contract_signed_by_all_is_sealed_by_the_worker_and_its_mission_begins(signed):
    contract = signed.contract
    assert contract.state == "signed"
    assert SigningRound.unscoped.get(pk=signed.pk).closing == "complete"
    job = Job.unscoped.get(kind="contracts.seal")
    assert (job.subject, job.state) == (contract.ref, "queued")
    run_due()
    contract = Contract.unscoped.get(pk=contract.pk)
    sealed = SealedContract.unscoped.get(contract=contract)
    assert contract.state == "sealed"
    assert contract.sealed_at is not None
    assert Mission.unscoped.get(pk=contract.mission_id).state == "active"
    digests = {one.document_sha256 for one in Signature.unscoped.filter(signatory__round=signed)}
    assert digests == {signed.version.document.sha256}
    events = Event.unscoped.filter(mission=contract.mission.ref).order_by("number")
    assert list(events.values_list("kind", flat=True))[-5:] == [
        "contract.sealed",
        "contract.seal",
        "mission.activate",
        "consent.give",  # to the organisation
        "consent.give",  # to the manager
    ]
    assert sealed.document.sha256 == events.get(kind="contract.sealed").data["sha256"]
    assert Job.unscoped.get(pk=job.pk).state == "done"
    assert list(verify()) == []


def test_each_party_receives_their_copy_in_their_portal_or_else_in_the_letter(signed):
    sealing.seal(signed.contract)
    letters = Letter.unscoped.filter(kind="contracts/sealed")
    document = SealedContract.unscoped.get(contract=signed.contract).document
    assert letters.count() == 4
    attached = {letter.to: letter.attachments for letter in letters if letter.attachments}
    assert attached == {"zoe@canary.test": [[document.ref, f"{signed.contract.ref}.pdf"]]}
    for letter in letters:
        assert document.sha256 in open_letter(letter).text


class Killed(BaseException):
    """What a worker that is killed leaves behind: no handler of ours sees it."""


STEPS = [
    "gather_evidence",
    "content_of",
    "prepare",
    "hold",
    "store",
    "perform",
    "_hand_out",
]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_sealing_killed_at_any_step_is_done_again_once(signed, monkeypatch, step, when):
    contract = signed.contract
    real = getattr(sealing, step)

    def killed(*args, **options):
        if when == "after":
            real(*args, **options)
        raise Killed

    monkeypatch.setattr(sealing, step, killed)
    with pytest.raises(Killed):
        run_due()
    assert Contract.unscoped.get(pk=contract.pk).state == "signed"
    assert SealedContract.unscoped.count() == 0
    assert _letters("sealed") == []
    monkeypatch.setattr(sealing, step, real)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        run_due()
    assert Contract.unscoped.get(pk=contract.pk).state == "sealed"
    assert SealedContract.unscoped.filter(contract=contract).count() == 1
    assert Event.unscoped.filter(kind="contract.seal", subject=contract.ref).count() == 1
    assert len(_letters("sealed")) == 4
    assert list(verify()) == []


def test_a_job_done_twice_seals_once(signed):
    contract = signed.contract
    sealing.seal(contract)
    sealing.seal_job(Task(0, "contracts.seal", contract.ref, "", 1, ""))
    assert sealing.seal(contract).contract_id == contract.pk
    assert SealedContract.unscoped.filter(contract=contract).count() == 1
    assert len(_letters("sealed")) == 4


def test_what_proves_a_signature_is_changed_and_deleted_by_nobody(world, signed):
    row = sealing.seal(signed.contract)
    rows = {
        Signature: {"typed_name": "X"},
        SealedContract: {"evidence": "{}"},
        Contract: {"state": "draft"},
        type(signed.version): {"number": 9},
        type(row.document): {"title": "X"},
    }
    for model, change in rows.items():
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.unscoped.filter(pk__gt=0).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.unscoped.filter(pk__gt=0)._raw_delete("default")
    for act in (
        lambda c: sharing.revise(world.coach, c),
        lambda c: sharing.withdraw(world.coach, c, "Non."),
    ):
        with pytest.raises(NotAllowedNow):
            act(Contract.unscoped.get(pk=signed.contract_id))

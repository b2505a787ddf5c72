"""From a contract in review to one that stands: the way of everybody, and every way it is refused."""

import pytest

from coaching.jobs.models import Job
from coaching.jobs.services import run_due
from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from contracts.models import Contract, SealedContract, Signature, SigningRound
from tests.contracts.signing_helpers import out, sign_all

pytestmark = pytest.mark.django_db


def test_a_contract_signed_by_all_is_sealed_by_the_worker_and_its_mission_begins(world):
    signing = out(world, manager=True)
    contract = sign_all(signing)
    assert contract.state == "signed"
    assert SigningRound.unscoped.get(pk=signing.pk).closing == "complete"
    job = Job.unscoped.get(kind="contracts.seal")
    assert (job.subject, job.state) == (contract.ref, "queued")
    run_due()
    contract = Contract.unscoped.get(pk=contract.pk)
    sealed = SealedContract.unscoped.get(contract=contract)
    assert contract.state == "sealed"
    assert contract.sealed_at is not None
    assert Mission.unscoped.get(pk=contract.mission_id).state == "active"
    signed = {one.document_sha256 for one in Signature.unscoped.filter(signatory__round=signing)}
    assert signed == {signing.version.document.sha256}
    kinds = list(
        Event.unscoped.filter(mission=contract.mission.ref).values_list("kind", flat=True).order_by("number")
    )
    assert kinds[-3:] == ["contract.sealed", "contract.seal", "mission.activate"]
    assert sealed.document.sha256 == Event.unscoped.get(kind="seal.make", subject=contract.ref).data["sha256"]
    letters = Letter.unscoped.filter(kind="contracts/sealed")
    assert letters.count() == 4
    assert [letter.to for letter in letters if letter.attachments] == ["zoe@canary.test"]
    assert list(verify()) == []

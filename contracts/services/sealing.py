"""From the last signature to the contract that stands: the document is sealed outside any transaction, then flipped in one.

The job may be killed anywhere and done again: before the flip nothing points to what was made, after it there is nothing
left to do. Exactly one sealed contract comes out.
"""

from collections.abc import Callable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coaching.documents.canonical import canonical
from coaching.documents.rendering import Rendered
from coaching.documents.services import content_of, store
from coaching.jobs.services import Hopeless, Task
from coaching.kernel import events
from coaching.kernel.transitions import hold, perform
from coaching.kernel.viewer import system
from coaching.missions.enums import SeatRole
from coaching.missions.transitions import MISSION

from .. import letters
from ..enums import Closing, ContractState
from ..evidence import Evidence
from ..frozen import thaw
from ..models import Contract, ContractVersion, SealedContract, Signatory
from ..rendering import contract_pdf
from ..snapshots import ContractSnapshot
from ..transitions import CONTRACT
from .evidence import gather_evidence

SYSTEM = frozenset({"system"})


def seal_contract(
    snapshot: ContractSnapshot,
    evidence: Evidence,
    signed_pdf: bytes,
    practice_ref: str,
    progress: Callable[[int], None],
) -> Rendered:
    """The sealed document of a signed contract. Pure but for the practice's key; never inside a transaction."""
    progress(30)
    return contract_pdf(snapshot)


def seal_job(task: Task) -> None:
    """The job ``contracts.seal`` on a contract signed by all. Done already, it does nothing."""
    contract = Contract.unscoped.select_related("mission__practice", "mission__coach").get(ref=task.subject)
    if contract.state == ContractState.SEALED:
        return
    if contract.state != ContractState.SIGNED:
        raise Hopeless(f"{contract.ref} is {contract.state}")
    seal(contract, task.progress)


def seal(contract: Contract, progress: Callable[[int], None] = lambda _percent: None) -> SealedContract:
    """Make the sealed document, then flip everything at once. Records ``contract.seal``, ``mission.activate``, ``seal.make``.

    Who may: the worker; the demo and commands, which do not wait for it. Changes the contract to sealed and the mission to
    active, and writes to every signatory.
    """
    evidence = gather_evidence(contract)
    version = _signed_version(contract, evidence)
    progress(10)
    signed_pdf = content_of(version.document)
    snapshot = thaw(version.document.snapshot)
    made = seal_contract(snapshot, evidence, signed_pdf, contract.mission.practice.ref, progress)
    progress(90)
    with transaction.atomic():
        return _flip(contract, version, evidence, made)


def _signed_version(contract: Contract, evidence: Evidence) -> ContractVersion:
    rows = ContractVersion.unscoped.select_related("document")
    return rows.get(contract=contract, number=evidence.document.version)


def _flip(contract: Contract, version: ContractVersion, evidence: Evidence, made: Rendered) -> SealedContract:
    current = hold(contract)
    known = SealedContract.unscoped.filter(contract=current).first()
    if known:  # another worker was faster
        return known
    practice, text = current.mission.practice.ref, canonical(evidence)
    document = store(
        made,
        practice_ref=practice,
        kind="sealed",
        title=version.document.title,
        language=version.document.language,
        snapshot=text,
    )
    row = SealedContract.unscoped.create(
        contract=current, version=version, document=document, evidence=text, sealed_at=timezone.now()
    )
    events.record(
        chain=practice, kind="seal.make", actor="system", subject=current.ref, mission=current.mission.ref,
        data={"sha256": document.sha256, "signed": evidence.document.sha256},
    )  # fmt: skip
    perform(CONTRACT, current, "seal", system(practice), roles=SYSTEM)
    perform(MISSION, current.mission, "activate", system(practice), roles=SYSTEM)
    _hand_out(row)
    return row


def _hand_out(row: SealedContract) -> None:
    """Each signatory's copy: in the portal of those who have one, attached to the letter for the others."""
    rows = Signatory.unscoped.filter(
        round__contract=row.contract, round__closing=Closing.COMPLETE
    ).select_related("seat__person", "round__contract__mission__practice", "round__contract__mission__coach")
    signatories = list(rows)
    portals = {one.pk: page for one in signatories if (page := _page(one, row))}
    letters.sealed(row, signatories, portals)


def _page(signatory: Signatory, row: SealedContract) -> str:
    if signatory.seat is None:
        return reverse("coach_signing", args=[row.contract.ref])
    if signatory.seat.ended_at or signatory.seat.person.user_id is None:
        return ""
    side = "coachee" if signatory.seat.role == SeatRole.COACHEE else "organisation"
    return reverse(f"{side}_contract", args=[row.version.ref])

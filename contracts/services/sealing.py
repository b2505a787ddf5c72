"""Sealing a contract that every party has signed: made outside any transaction, then flipped in one.

The job may be killed anywhere and done again: before the flip nothing points to what was made, after it there is nothing
left to do. Exactly one sealed contract comes out.
"""

from collections.abc import Callable

from django.urls import reverse

from coaching.documents.canonical import canonical, digest
from coaching.documents.rendering import Attachment
from coaching.documents.sealing import SIGNED_FILE, Sealed, SealFailed, Step, seal_document
from coaching.documents.services import content_of, store
from coaching.jobs.services import Hopeless, Task
from coaching.kernel import events
from coaching.kernel.acts import one_act
from coaching.kernel.transitions import hold, perform
from coaching.kernel.viewer import Actor, system
from coaching.missions.enums import MissionState, SeatRole
from coaching.missions.transitions import MISSION

from .. import letters
from ..consumers.letters import right_of_withdrawal
from ..enums import Closing, ContractState
from ..evidence import Evidence
from ..evidence_page import sealed_body, sealed_styles
from ..evidence_wording import EVIDENCE_WORDING
from ..frozen import thaw
from ..gates import contract_stands
from ..models import Contract, ContractVersion, SealedContract, Signatory
from ..sealed import EVENT
from ..sealings import taken_in
from ..snapshots import ContractSnapshot
from ..transitions import machine_of
from .evidence import gather_evidence

SYSTEM = frozenset({"system"})
PERCENT = {
    Step.PREPARING: 10, Step.RENDERING: 20, Step.COMPARING: 60, Step.SEALING: 70, Step.STORING: 90,
}  # fmt: skip
EVIDENCE_FILE, CHARTER_FILE = "evidence.json", "charter.md"


def prepare(
    snapshot: ContractSnapshot,
    evidence: Evidence,
    signed: bytes,
    practice_ref: str,
    report: Callable[[Step], None] = lambda step: None,
) -> Sealed:
    """The sealed PDF of a contract: the pages that were signed, annex 2, the attachments, the seal.

    Who may: the worker, after the last signature; never inside a transaction. Nothing is kept and nothing is recorded.
    Raises :class:`coaching.documents.sealing.SealFailed` (its ``again`` tells whether to retry) and
    :class:`coaching.documents.rendering.RenderFailed`. Articles: contrat.
    """
    words = EVIDENCE_WORDING[evidence.language]
    return seal_document(
        sealed_body(snapshot, evidence),
        signed=signed,
        practice_ref=practice_ref,
        title=f"{snapshot.title} {snapshot.reference}",
        language=snapshot.language,
        authored_on=snapshot.issued_on,
        author=snapshot.practice,
        css=sealed_styles(evidence),
        attachments=_attachments(snapshot, evidence),
        signed_description=words.file_names[SIGNED_FILE],
        label=words.seal_label.format(practice=snapshot.practice),
        reason=words.seal_reason,
        report=report,
    )


def keep(by: Actor, version: ContractVersion, evidence: Evidence, sealed: Sealed) -> SealedContract:
    """Keep a sealed contract, in the transaction that makes it sealed. Records ``contract.sealed``.

    Who may: the worker, among the effects of the contract's own transition. A contract that is sealed already, by a
    worker that was killed or was faster, stays as it is: its row is given back and nothing is written. A crash before
    the end leaves bytes nobody points to, never a row without its bytes.
    """
    there = SealedContract.unscoped.filter(contract=version.contract).first()
    if there is not None:
        return there
    frozen = canonical(evidence)
    document = store(
        sealed.rendered,
        practice_ref=by.practice_ref,
        kind="sealed_contract",
        title=evidence.document.title,
        language=evidence.language,
        snapshot=frozen,
    )
    row = SealedContract.unscoped.create(
        contract=version.contract,
        version=version,
        document=document,
        evidence=frozen,
        certificate=sealed.certificate,
        timestamped=sealed.timestamped,
        sealed_at=sealed.sealed_at,
    )
    data = {"sha256": sealed.sha256, "evidence": digest(frozen), "certificate": sealed.certificate}
    events.record(
        chain=by.practice_ref,
        kind=EVENT,
        actor=by.user_ref,
        subject=row.ref,
        mission=version.contract.mission_ref,
        data=data,
    )
    return row


def _attachments(snapshot: ContractSnapshot, evidence: Evidence) -> tuple[Attachment, ...]:
    names, dated = EVIDENCE_WORDING[evidence.language].file_names, evidence.procedure.completed_at
    charter = snapshot.charter.markdown.encode()
    return (
        Attachment(EVIDENCE_FILE, canonical(evidence).encode(), names[EVIDENCE_FILE], "Data", dated),
        Attachment(CHARTER_FILE, charter, names[CHARTER_FILE], "Supplement", dated),
    )


def seal_job(task: Task) -> None:
    """The job ``contracts.seal`` on a contract signed by all. Done already, it does nothing."""
    contract = Contract.unscoped.select_related("mission__practice", "mission__coach").get(ref=task.subject)
    if contract.state == ContractState.SEALED:
        return
    if contract.state != ContractState.SIGNED:
        raise Hopeless(f"{contract.ref} is {contract.state}")
    try:
        seal(contract, lambda step: task.progress(PERCENT[step]))
    except SealFailed as failure:
        if failure.again:
            raise
        raise Hopeless(f"{contract.ref}: {type(failure).__name__}") from failure


def seal(contract: Contract, report: Callable[[Step], None] = lambda step: None) -> SealedContract:
    """Make the sealed document, then flip everything at once. Records ``contract.sealed``, ``contract.seal``, ``mission.activate``.

    Who may: the worker; the demo and commands, which do not wait for it. Changes the contract to sealed and, where that
    is all it was waiting for, the mission to active; writes to every signatory.
    """
    evidence = gather_evidence(contract)
    version = _signed_version(contract, evidence)
    document = version.document
    made = prepare(
        thaw(document.snapshot), evidence, content_of(document), contract.mission.practice.ref, report
    )
    with one_act():
        return _flip(contract, version, evidence, made)


def _signed_version(contract: Contract, evidence: Evidence) -> ContractVersion:
    rows = ContractVersion.unscoped.select_related("document")
    return rows.get(contract=contract, number=evidence.document.version)


def _flip(contract: Contract, version: ContractVersion, evidence: Evidence, made: Sealed) -> SealedContract:
    current = hold(contract)
    known = SealedContract.unscoped.filter(contract=current).first()
    if known:  # another worker was faster
        return known
    by = system(current.mission.practice.ref)
    row = keep(by, version, evidence, made)
    perform(machine_of(current), current, "seal", by, roles=SYSTEM)
    _begin_mission(current, by)
    taken_in(by, row, thaw(version.document.snapshot))
    _hand_out(row)
    return row


def _begin_mission(contract: Contract, by: Actor) -> None:
    """What stands may be all a mission was waiting for: the contract, or in a team the framework and a first adhesion."""
    mission = hold(contract.mission)
    if mission.state == MissionState.CONTRACTING and contract_stands(mission).held:
        perform(MISSION, mission, "activate", by, roles=SYSTEM)


def _hand_out(row: SealedContract) -> None:
    """Each signatory's copy: in the portal of those who have one, attached to the letter for the others."""
    rows = Signatory.unscoped.filter(
        round__contract=row.contract, round__closing=Closing.COMPLETE
    ).select_related("seat__person", "round__contract__mission__practice", "round__contract__mission__coach")
    signatories = list(rows)
    portals = {one.pk: page for one in signatories if (page := _page(one, row))}
    letters.sealed(row, signatories, portals)
    right_of_withdrawal(row.contract, signatories)


def _page(signatory: Signatory, row: SealedContract) -> str:
    if signatory.seat is None:
        return reverse("coach_signing", args=[row.contract.ref])
    if signatory.seat.ended_at or signatory.seat.person.user_id is None:
        return ""
    side = "coachee" if signatory.seat.role == SeatRole.COACHEE else "organisation"
    return reverse(f"{side}_contract", args=[row.version.ref])

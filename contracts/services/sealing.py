"""Sealing a contract that every party has signed: made outside any transaction, kept inside the caller's."""

from collections.abc import Callable

from coaching.documents.canonical import canonical, digest
from coaching.documents.rendering import Attachment
from coaching.documents.sealing import SIGNED_FILE, Sealed, Step, seal_document
from coaching.documents.services import store
from coaching.kernel import events
from coaching.kernel.viewer import Viewer

from ..evidence import Evidence
from ..evidence_page import sealed_body, sealed_styles
from ..evidence_wording import EVIDENCE_WORDING
from ..models import ContractVersion, SealedContract
from ..sealed import EVENT
from ..snapshots import ContractSnapshot

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


def keep(viewer: Viewer, version: ContractVersion, evidence: Evidence, sealed: Sealed) -> SealedContract:
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
        practice_ref=viewer.practice_ref,
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
        chain=viewer.practice_ref,
        kind=EVENT,
        actor=viewer.user_ref,
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

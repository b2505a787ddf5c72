"""What may be said of a sealed contract to whoever holds its bytes: initials to strangers, names to its parties."""

from coaching.documents.lookups import SealedFile, Signer
from coaching.journal.services import sealed_under

from .evidence import Evidence, thaw_evidence
from .models import SealedContract
from .policy import initials, is_party

EVENT = "contract.sealed"


def sealed_contract(sha256: str, user_id: int | None) -> SealedFile | None:
    """The sealed contract with this digest, which both its table and the journal must know. For :mod:`lookups`."""
    rows = SealedContract.unscoped.filter(document__sha256=sha256)
    row = rows.select_related("document", "contract__mission").first()
    if row is None:
        return None
    number = sealed_under(EVENT, row.ref, sha256)
    if number is None:
        return None
    evidence = thaw_evidence(row.evidence)
    in_full = is_party(user_id, row.contract)
    return SealedFile(
        title=evidence.document.title,
        reference=evidence.document.reference,
        practice=evidence.practice,
        sealed_at=row.sealed_at,
        timestamped=row.timestamped,
        charter_title=evidence.charter.title,
        charter_number=evidence.charter.number,
        charter_published_on=evidence.charter.published_on,
        charter_sha256=evidence.charter.sha256,
        signers=_signers(evidence, in_full),
        in_full=in_full,
        journal_number=number,
    )


def _signers(evidence: Evidence, in_full: bool) -> tuple[Signer, ...]:
    if in_full:
        return tuple(Signer(one.name, one.role, one.organisation) for one in evidence.signatures)
    return tuple(Signer(initials(one.name), one.role) for one in evidence.signatures)

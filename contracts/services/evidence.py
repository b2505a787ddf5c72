"""Gathering the proof of a signing: from what was written at the time, never from the clock or from today's values."""

from coaching.journal.access import event_about

from ..enums import Closing
from ..evidence import CharterEvidence, DocumentEvidence, Evidence, ProcedureEvidence, SignatoryEvidence
from ..frozen import thaw
from ..models import Contract, SigningRound
from ..signing_access import Place, places


def gather_evidence(contract: Contract) -> Evidence:
    """The proof of a contract signed by all. The same each time it is asked for: a sealing begun again seals the same.

    For the sealing job; the contract is signed, so that its round is complete and nothing in it can change.
    """
    signing = SigningRound.unscoped.select_related("version__document").get(
        contract=contract, closing=Closing.COMPLETE
    )
    version, document = signing.version, signing.version.document
    charter, practice = thaw(document.snapshot).charter, contract.mission.practice
    return Evidence(
        document=DocumentEvidence(
            title=document.title,
            reference=contract.ref,
            version=version.number,
            pages=document.pages,
            sha256=document.sha256,
        ),
        procedure=ProcedureEvidence(
            created_at=version.created_at,
            sent_at=signing.opened_at,
            expires_at=signing.expires_at,
            order=str(signing.order),
        ),
        signatories=tuple(_proof(practice.ref, place) for place in places(signing)),
        charter=CharterEvidence(
            title=charter.title,
            number=charter.number,
            published_on=charter.published_on,
            sha256=charter.sha256,
        ),
        chain=practice.ref,
        practice=practice.name,
    )


def _proof(chain: str, place: Place) -> SignatoryEvidence:
    who, given = place.signatory, place.signature
    if given is None:
        raise LookupError(f"{who.ref} has not signed")
    event = event_about(chain, "signature.give", given.ref)
    return SignatoryEvidence(
        name=who.name,
        role=who.capacity,
        organisation=who.organisation,
        address=given.address,
        access=given.access,
        account=given.account_ref,
        displayed_at=given.displayed_at,
        signed_at=given.signed_at,
        ip=given.ip,
        user_agent=given.user_agent,
        consent=given.consent,
        consent_sha256=given.consent_sha256,
        typed_name=given.typed_name,
        channel=given.channel,
        event_number=event.number,
        event_digest=event.digest,
    )

"""Gathering the proof of a signing: from what was written at the time, never from the clock or from today's values."""

from coaching.journal.access import event_about

from ..consumers.access import Consumer, consumer_of
from ..consumers.models import InformationReceipt
from ..enums import Closing, SigningOrder
from ..evidence import (
    ConsumerEvidence,
    Evidence,
    EvidencedCharter,
    Procedure,
    SignatureEvidence,
    SignedDocument,
)
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
        document=SignedDocument(
            title=document.title,
            reference=contract.ref,
            version=version.number,
            pages=document.pages,
            sha256=document.sha256,
        ),
        procedure=Procedure(
            created_at=version.created_at,
            sent_at=signing.opened_at,
            completed_at=signing.closed_at,
            expires_at=signing.expires_at,
            in_order=signing.order != SigningOrder.ANY,
        ),
        signatures=tuple(_proof(practice.ref, place) for place in places(signing)),
        consumers=_consumers(contract, practice.ref),
        charter=EvidencedCharter(
            title=charter.title,
            number=charter.number,
            published_on=charter.published_on,
            sha256=charter.sha256,
        ),
        practice=practice.name,
        practice_reference=practice.ref,
        journal_chain=practice.ref,
        language=document.language,
    )


def _consumers(contract: Contract, chain: str) -> tuple[ConsumerEvidence, ...]:
    """Receipt and express request of each consumer, as they stood at the last signature."""
    found = consumer_of(contract)
    if found is None:
        return ()
    return tuple(_consumer(found, row, chain) for row in found.receipts)


def _consumer(found: Consumer, receipt: InformationReceipt, chain: str) -> ConsumerEvidence:
    event = event_about(chain, "information.receive", receipt.ref)
    early = found.early_start_of(receipt.seat)
    asked = early is not None and early.requested_at <= found.contract.signed_at
    return ConsumerEvidence(
        name=receipt.seat.person.name,
        information_sha256=found.information.document.sha256,
        statement=receipt.statement,
        received_at=receipt.received_at,
        journal_number=event.number,
        journal_digest=event.digest,
        early_start=early.statement if asked else "",
        requested_at=early.requested_at if asked else None,
    )


def _proof(chain: str, place: Place) -> SignatureEvidence:
    who, given = place.signatory, place.signature
    if given is None:
        raise LookupError(f"{who.ref} has not signed")
    event = event_about(chain, "signature.give", given.ref)
    return SignatureEvidence(
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
        journal_number=event.number,
        journal_digest=event.digest,
    )

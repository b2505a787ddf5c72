"""Evidence made by hand from a contract's snapshot, as the signing procedure will make it from its rows."""

import hashlib
from datetime import UTC, datetime, timedelta

from contracts.evidence import Evidence, EvidencedCharter, Procedure, SignatureEvidence, SignedDocument
from contracts.snapshots import ContractSnapshot

BEGAN = datetime(2026, 11, 24, 9, 30, 12, tzinfo=UTC)
CONSENT = {
    "fr": "J’ai lu le contrat en entier, charte comprise, et je le signe.",
    "en": "I have read the whole contract, charter included, and I sign it.",
}
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"


def evidence_of(snapshot: ContractSnapshot, sha256: str, pages: int) -> Evidence:
    charter = snapshot.charter
    return Evidence(
        document=SignedDocument(
            f"{snapshot.title} {snapshot.reference}", snapshot.reference, snapshot.version, pages, sha256
        ),
        procedure=Procedure(
            created_at=BEGAN,
            sent_at=BEGAN + timedelta(minutes=1),
            completed_at=BEGAN + timedelta(hours=9),
            expires_at=BEGAN + timedelta(days=30),
            in_order=False,
        ),
        signatures=tuple(_signature(n, one, snapshot) for n, one in enumerate(snapshot.signatories)),
        charter=EvidencedCharter(charter.title, charter.number, charter.published_on, charter.sha256),
        practice=snapshot.practice,
        practice_reference="P-2222222222",
        journal_chain="P-2222222222",
        language=snapshot.language,
    )


def _signature(n: int, signatory, snapshot: ContractSnapshot) -> SignatureEvidence:
    return SignatureEvidence(
        name=signatory.name,
        role=signatory.role,
        organisation=signatory.organisation,
        address=f"partie{n}@exemple.test",
        access=("account_2fa", "link", "account")[n % 3],
        channel=("totp", "email", "email")[n % 3],
        typed_name=signatory.name,
        consent=CONSENT[snapshot.language],
        displayed_at=BEGAN + timedelta(hours=n, minutes=4),
        signed_at=BEGAN + timedelta(hours=n, minutes=21, seconds=7),
        ip=("203.0.113.7", "2001:db8::41", "198.51.100.23")[n % 3],
        user_agent=PHONE,
        journal_number=40 + n,
        journal_digest=hashlib.sha256(f"event {n}".encode()).hexdigest(),
    )

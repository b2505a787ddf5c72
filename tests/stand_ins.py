"""Stand-ins for PDFs, where nobody reads the document: rendering and sealing have their own tests, and take seconds."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from coaching.accounts.access import user_by_id
from coaching.closings.composing import Ending
from coaching.closings.services import ending, parting
from coaching.closings.services.parting import Parting
from coaching.documents.canonical import canonical, digest
from coaching.documents.rendering import Rendered
from coaching.documents.sealing import Sealed
from coaching.kernel.viewer import Viewer
from coaching.restitutions.access import text_now
from coaching.restitutions.models import ReleasedRestitution, Restitution
from coaching.restitutions.services import releasing
from contracts.models import Contract, ContractVersion
from contracts.services import sealing, sharing
from contracts.services.evidence import gather_evidence
from ethics.development.models import ShownSheet
from ethics.development.services import sheets
from ethics.supervision.composing import attestation_of, record_of
from ethics.supervision.models import SupervisionSession, YearRecord
from ethics.supervision.services import documents


def share(coach: Viewer, contract: Contract, begun_on: date | None = None) -> ContractVersion:
    """The draft frozen and sent, with a stand-in for its PDF."""
    contract.refresh_from_db()
    snapshot = sharing.freeze(coach, contract, today=begun_on)
    frozen = canonical(snapshot)
    stand_in = Rendered(f"%PDF-1.7 {frozen}".encode(), 1, "", (), 0)
    version = sharing._flip(coach, contract, contract.revision, snapshot, frozen, stand_in)
    contract.refresh_from_db()
    version.contract = contract
    return version


def seal(contract: Contract) -> Contract:
    """What everybody has signed, sealed, with a stand-in for its sealed PDF."""
    contract = Contract.unscoped.select_related("mission__practice", "mission__coach").get(pk=contract.pk)
    evidence = gather_evidence(contract)
    version = sealing._signed_version(contract, evidence)
    pdf = f"%PDF-1.7 sealed {contract.ref}".encode()
    made = Sealed(pdf, 1, digest(pdf.decode()), "c" * 64, timezone.now(), False, 0)
    with transaction.atomic():
        sealing._flip(contract, version, evidence, made)
    return Contract.unscoped.select_related("mission").get(pk=contract.pk)


def ask(client: Viewer, table: sheets.Table, language: str) -> ShownSheet:
    """A coach's sheet shown to a client who asks, with a stand-in for its PDF."""
    sheet = sheets.freeze(table.practice, table.coach, language)
    stand_in = Rendered(f"%PDF-1.7 {sheets.text_of(sheet)}".encode(), 1, "", (), 0)
    return sheets.show(client, table, sheet, stand_in)


def release(coach: Viewer, restitution: Restitution) -> ReleasedRestitution:
    """What the coachee approved, released, with a stand-in for its PDF."""
    worded = text_now(coach, restitution)
    releasing._check_approved(restitution, worded)
    stand_in = Rendered(f"%PDF-1.7 {restitution.ref}".encode(), 1, "", (), 0)
    return releasing._let_go(coach, restitution, worded.page, stand_in)


def attestation(session: SupervisionSession) -> SupervisionSession:
    """What a supervisor attested, with a stand-in for its PDF."""
    page = attestation_of(session)
    stand_in = Rendered(f"%PDF-1.7 {session.ref}".encode(), 1, "", (), 0)
    documents._keep_attestation(session, page, stand_in)
    return SupervisionSession.unscoped.select_related("document").get(pk=session.pk)


def supervision_year(coach: Viewer, year: int) -> YearRecord:
    page = record_of(coach, user_by_id(coach.user_id), year)
    return documents._keep_record(coach, page, Rendered(f"%PDF-1.7 {year}".encode(), 1, "", (), 0))


def part(made: Parting) -> Ending:
    """A mission ended, with stand-ins for the PDFs of its letters."""
    parting.refuse_late(made)
    addressed = parting.addressed_by(made)
    pdfs = {
        one.seat.pk: Rendered(f"%PDF-1.7 {one.letter.reference}".encode(), 1, "", (), 0) for one in addressed
    }
    return parting.settle(made, addressed, pdfs)


def refuse(coach: Viewer, mission, **said) -> Ending:
    """A mission declined, likewise."""
    return part(ending.refusal(coach, mission, **said))

"""What becomes of consents when a contract is sealed, and when a coaching ends."""

from django.utils import timezone

from coaching.kernel import events
from coaching.kernel.viewer import Actor, Viewer
from coaching.missions.endings import Cause
from coaching.missions.models import Mission, Seat
from contracts.enums import Instrument, Section
from contracts.models import SealedContract, Signature
from contracts.snapshots import ContractSnapshot

from ..enums import ConsentKind, Ending
from ..models import Consent
from .consents import from_contract


def signed_in(by: Actor, sealed: SealedContract, snapshot: ContractSnapshot) -> None:
    """The scope a coachee has signed is their consent from then on; an amendment that leaves it alone changes nothing.

    For the sealing of a contract, in its transaction. A coachee who has not signed it has agreed to nothing by it.
    """
    rewords = any(clause.section == Section.RESTITUTION for clause in snapshot.clauses)
    if sealed.contract.instrument == Instrument.AMENDMENT and not rewords:
        return
    signed = _signed(sealed)
    for scope in snapshot.scopes:
        if scope.seat in signed:
            seat, at = signed[scope.seat]
            from_contract(by, seat, scope.addressee, scope.items, contract=sealed.contract, given_at=at)


def _signed(sealed: SealedContract) -> dict[str, tuple[Seat, object]]:
    """The seats that signed this document, and when."""
    rows = Signature.unscoped.filter(
        signatory__round__contract=sealed.contract, signatory__seat__isnull=False
    )
    rows = rows.filter(signatory__round__version=sealed.version)
    rows = rows.select_related("signatory__seat__person", "signatory__seat__mission")
    return {row.signatory.seat.ref: (row.signatory.seat, row.signed_at) for row in rows}


def end_with(by: Viewer | Actor, mission: Mission, cause: Cause, seat: Seat | None) -> None:
    """A coaching that ends takes its consents along; what was released under them was released rightly, and stays.

    For the act that ends a mission or a coachee's seat, in its transaction. Records ``consent.expire``. A pause ends none,
    and the end of a mission leaves the coachee named in the hours log, for they can still take that back; whoever leaves
    the table no longer can.
    """
    if cause != Cause.END:
        return
    rows = Consent.unscoped.filter(seat__mission=mission, ended_at=None).select_related("seat")
    for row in rows.filter(seat=seat) if seat else rows.exclude(kind=ConsentKind.LISTING):
        if Consent.unscoped.filter(pk=row.pk, ended_at=None).update(
            ended_at=timezone.now(), ending=Ending.EXPIRED
        ):
            events.record(
                chain=by.practice_ref,
                kind="consent.expire",
                actor=by.user_ref,
                subject=row.ref,
                mission=mission.ref,
                data={"kind": row.kind, "addressee": row.addressee},
            )

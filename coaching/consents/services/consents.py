"""Giving and withdrawing consent. Both are the coachee's alone, whoever else is at the table (article « Confidentialité »)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.choices import in_order
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Actor, Viewer
from coaching.missions.access import own_coachee_seat
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import OPEN_STATES
from contracts.access import contract_stands_for
from contracts.enums import ScopeItem
from contracts.models import Contract
from contracts.scope_words import ADDRESSEES
from contracts.services.drafting import keep_scope

from ..access import LISTED_IN, STANDS_IN, consents_for
from ..changes import changed
from ..enums import ConsentKind, Ending, HandOverItem, ListedItem
from ..models import Consent


@act
def give(
    viewer: Viewer, mission: Mission, addressee: str, items: Iterable[str], *, until: date | None = None
) -> Consent:
    """A coachee says what may be given back of them to one addressee from now on, in the place of what they said before.

    Who may: a coachee of the mission, for themself, once their contract is sealed and while the coaching goes on; until
    then the choice is worded in the contract's scope. Records ``consent.give``, and ``consent.replace`` of the earlier
    one. What was ready to go beyond the new choice no longer goes, and the next draft prints the new one. Raises :class:`Invalid` beside the field at fault.
    """
    seat = own_coachee_seat(viewer, mission)
    _check_open(mission, seat)
    if addressee not in ADDRESSEES or not mission.paid_by_organisation:
        raise Invalid(_("Nothing is given back to this person."), field="items")
    kept = in_order(ScopeItem, set(items))
    if not kept:
        raise Invalid(
            _("Tick what may be given back; to allow nothing, withdraw your consent."), field="items"
        )
    if until is not None and until < timezone.localdate():
        raise Invalid(_("This day has passed."), field="until")
    end_of(viewer, seat, ConsentKind.RESTITUTION, addressee, Ending.REPLACED)
    row = _to_role(
        viewer, seat, addressee, kept, given_at=timezone.now(), given_by_id=viewer.user_id, until=until
    )
    keep_scope(viewer, seat, addressee, kept)
    changed(viewer, seat, ConsentKind.RESTITUTION, addressee, tuple(kept))
    return row


def _check_open(mission: Mission, seat: Seat) -> None:
    if mission.state not in STANDS_IN:
        raise NotAllowedNow(_("Consent is given while a coaching goes on, and ends with it."))
    if not contract_stands_for(seat):
        raise NotAllowedNow(_("Your contract is not sealed yet: choose there what may be given back."))


@act
def withdraw(viewer: Viewer, consent: Consent) -> Consent:
    """A coachee takes a consent back, without a reason. Nothing goes any more by it, and what nobody has read is hidden.

    Who may: the coachee who gave it. Records ``consent.withdraw``. :class:`NotAllowedNow` where it has ended already.
    """
    if not consents_for(viewer).filter(pk=consent.pk, seat__person__user_id=viewer.user_id).exists():
        raise NotAllowedNow(_("Only the coachee withdraws a consent of theirs."))
    if not _end(consent, Ending.WITHDRAWN):
        raise NotAllowedNow(_("This consent has already ended."))
    _record(viewer, consent, "withdraw")
    if consent.kind == ConsentKind.RESTITUTION:
        keep_scope(viewer, consent.seat, consent.addressee, [])
    changed(viewer, consent.seat, ConsentKind(consent.kind), consent.addressee, ())
    return consent


def end_of(by: Viewer | Actor, seat: Seat, kind: ConsentKind, addressee: str, ending: Ending) -> None:
    """The one that stands gives way to another. For services of this room, in their transaction."""
    for row in Consent.unscoped.filter(seat=seat, kind=kind, addressee=addressee, ended_at=None):
        row.seat = seat
        if _end(row, ending):
            _record(by, row, "replace")


def _end(consent: Consent, ending: Ending) -> bool:
    rows = Consent.unscoped.filter(pk=consent.pk, ended_at=None)
    return rows.update(ended_at=timezone.now(), ending=ending) == 1


def from_contract(
    by: Actor, seat: Seat, addressee: str, items: Iterable[str], *, contract: Contract, given_at: datetime
) -> None:
    """What a coachee has agreed to by signing becomes a consent of theirs, dated as they signed. Records ``consent.give``.

    Who may: the sealing of the contract, in its transaction. No item is no consent.
    """
    end_of(by, seat, ConsentKind.RESTITUTION, addressee, Ending.REPLACED)
    kept = in_order(ScopeItem, set(items))
    if kept:
        user_id = seat.person.user_id
        _to_role(by, seat, addressee, kept, contract=contract, given_at=given_at, given_by_id=user_id)
    changed(by, seat, ConsentKind.RESTITUTION, addressee, tuple(kept))


def hand_over(viewer: Viewer, seat: Seat, to_user_id: int, items: Iterable[str]) -> Consent:
    """A coachee lets their coach hand these items over to one colleague. Records ``consent.give``.

    Who may: the coachee of the seat, while the coaching is not over; for the service that shows them each item, in its
    transaction. It ends when it is used, and is taken back until then like any other (:func:`withdraw`).
    """
    mine = own_coachee_seat(viewer, seat.mission)
    if mine.pk != seat.pk or seat.mission.state not in OPEN_STATES:
        raise NotAllowedNow(_("Only the coachee agrees to being handed over, while the coaching goes on."))
    kept = in_order(HandOverItem, {HandOverItem.IDENTITY, *items})
    row = Consent(seat=seat, kind=ConsentKind.HANDOVER, to_user_id=to_user_id, items=kept)
    row.given_at, row.given_by_id = timezone.now(), viewer.user_id
    return _write(viewer, row)


@act
def be_listed(viewer: Viewer, mission: Mission, *, until: date | None = None) -> Consent:
    """A coachee lets their coach name them, with their address, in the hours log shown to accrediting bodies.

    Who may: the coachee, for themself, once the coaching has begun, and after its end. Records ``consent.give``, and
    ``consent.replace`` of the one before. It outlives the coaching, until ``until`` or until it is taken back
    (:func:`withdraw`). Raises :class:`Invalid` beside the field (article Confidentialité: the default is no).
    """
    seat = own_coachee_seat(viewer, mission)
    if mission.state not in LISTED_IN:
        raise NotAllowedNow(_("There is nothing to list before the coaching has begun."))
    if until is not None and until < timezone.localdate():
        raise Invalid(_("This day has passed."), field="until")
    end_of(viewer, seat, ConsentKind.LISTING, "", Ending.REPLACED)
    row = Consent(seat=seat, kind=ConsentKind.LISTING, items=list(ListedItem.values), until=until)
    row.given_at, row.given_by_id = timezone.now(), viewer.user_id
    return _write(viewer, row)


def settle(by: Viewer | Actor, consent: Consent, ending: Ending) -> bool:
    """A consent to a hand-over has been used, or is no longer needed. Records ``consent.used`` or ``consent.unused``.

    For the service that acts within it, in its transaction and before anything else: False where it has ended already.
    """
    if not _end(consent, ending):
        return False
    _record(by, consent, ending.value)
    return True


def _to_role(by: Viewer | Actor, seat: Seat, addressee: str, items: list[str], **values) -> Consent:
    return _write(
        by, Consent(seat=seat, kind=ConsentKind.RESTITUTION, addressee=addressee, items=items, **values)
    )


def _write(by: Viewer | Actor, row: Consent) -> Consent:
    row.full_clean(validate_constraints=False)  # the table decides between two at once
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as faster:
        raise Stale(_("This consent was changed in the meantime. Look at it again.")) from faster
    _record(by, row, "give")
    return row


def _record(by: Viewer | Actor, consent: Consent, what: str) -> None:
    events.record(
        chain=by.practice_ref,
        kind=f"consent.{what}",
        actor=by.user_ref,
        subject=consent.ref,
        mission=consent.mission_ref,
        data={"kind": consent.kind, "addressee": consent.addressee, "items": list(consent.items)},
    )

"""A consumer expressly asks to begin before the fourteen days are over."""

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.transitions import hold

from ...enums import ContractState
from ...models import Contract
from .. import letters
from ..access import Consumer, Hand, consumer_of
from ..models import EarlyStart
from ..wording import statement

BEFORE = (ContractState.REVIEW, ContractState.SIGNING)


def may_ask(found: Consumer | None) -> bool:
    """Whether a request makes sense: concluded at a distance, not over, not withdrawn."""
    if found is None or not found.at_distance or found.version is None or found.withdrawal:
        return False
    return found.contract.state in BEFORE or found.may_withdraw


@act
def ask(hand: Hand, contract: Contract) -> EarlyStart:
    """The consumer asks that the sessions begin at once (L. 221-25). Records ``early_start.ask``; the coach is told.

    Who may: the coachee who pays as a consumer, at signing or later while the period runs; never anybody for them. It
    is a statement apart from the signature, of this version alone. Asked twice, the first time counts.
    """
    current = hold(contract)
    found = consumer_of(current)
    if not may_ask(found):
        raise NotAllowedNow(_("An early start can no longer be asked for on this contract."))
    return found.early_start_of(hand.seat) or _write(hand, found)


def request_text(found: Consumer) -> str:
    """The sentence of the request, in the contract's language."""
    return statement("early_start", found.contract.language, {"contract.reference": found.contract.ref})


def _write(hand: Hand, found: Consumer) -> EarlyStart:
    row = EarlyStart(
        version=found.version,
        seat=hand.seat,
        statement=request_text(found),
        access=hand.access,
        account_ref=hand.account_ref,
        requested_at=timezone.now(),
    )
    row.full_clean(validate_unique=False)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError:
        return EarlyStart.unscoped.get(version=found.version, seat=hand.seat)
    events.record(
        chain=hand.actor.practice_ref,
        kind="early_start.ask",
        actor=hand.actor.user_ref,
        subject=row.ref,
        mission=found.contract.mission.ref,
        data={"version": found.version.number, "access": row.access},
    )
    letters.early_start_asked(row, found.contract)
    return row

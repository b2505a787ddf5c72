"""A consumer withdraws: recorded, acknowledged and done in one act, whatever the worker or the mail server does."""

import logging
from datetime import datetime

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.documents.rendering import Rendered, RenderFailed
from coaching.documents.services import store
from coaching.kernel import events
from coaching.kernel.acts import one_act
from coaching.kernel.dates import long_date
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.money import format_money
from coaching.kernel.transitions import Move, hold, perform
from coaching.missions.endings import Cause, interrupt
from coaching.missions.models import Mission
from coaching.missions.transitions import MISSION

from ...enums import Closing, ContractState
from ...models import Contract
from ...services import rounds
from .. import letters
from ..access import Consumer, Hand, consumer_of
from ..models import Withdrawal
from ..period import PARIS
from ..rendering import pdf_of
from ..wording import document, statement

COACHEE = frozenset({"coachee"})
log = logging.getLogger(__name__)


def withdraw(hand: Hand, contract: Contract, *, name: str, email: str, language: str) -> Withdrawal:
    """The consumer withdraws (L. 221-18 and following). Records ``withdrawal.make`` and ``mission.withdraw``.

    Who may: the coachee who pays as a consumer, from their portal or by the link of their letter, while the period runs;
    no reason is asked. The moment that counts is that of the act. The acknowledgement is made first, outside any
    transaction; if it cannot be made the withdrawal stands all the same, and the letter says what it would have said.
    Then, in one transaction: the statement is written, the mission stops, consumer and coach are written to. Raises
    :class:`NotAllowedNow` out of time, :class:`Stale` when it was done already. Never inside a transaction.
    """
    found, at = consumer_of(contract), timezone.now()
    refuse_closed(found, at)
    row = _worded(hand, found, name.strip(), email.strip(), at)
    row.full_clean(validate_unique=False)
    title, acknowledged, due = _acknowledgement(found, row)
    made = _rendered(found, title, acknowledged, at)
    with one_act():
        current = hold(contract)
        refuse_closed(consumer_of(current), at)
        if made:
            row.document = store(
                made,
                practice_ref=hand.actor.practice_ref,
                kind="withdrawal",
                title=f"{title} {row.ref}",
                language=current.language,
                snapshot=acknowledged,
            )
        _write(hand, row, current)
        _stop_amendments(current)
        letters.withdrawal_received(row, current, language, due)
    return row


def refuse_closed(found: Consumer | None, at: datetime) -> None:
    """Raise unless this contract can be withdrawn from at this moment."""
    if found is not None and found.withdrawal:
        raise Stale(_("You have already withdrawn from this contract."))
    if found is None or not found.may_withdraw_at(at):
        raise NotAllowedNow(
            _("The period in which one may withdraw from this contract is over, or never was.")
        )


def _worded(hand: Hand, found: Consumer, name: str, email: str, at: datetime) -> Withdrawal:
    contract = found.contract
    said = {**_named(contract), "withdrawal.concluded_on": _concluded(found)}
    said |= {"withdrawal.name": name, "withdrawal.email": email}
    return Withdrawal(
        contract=contract,
        seat=hand.seat,
        name=name,
        email=email,
        statement=statement("withdrawal", contract.language, said),
        access=hand.access,
        account_ref=hand.account_ref,
        withdrawn_at=at,
    )


def statement_shown(found: Consumer, name: str, email: str) -> str:
    """The statement as the page shows it before it is confirmed."""
    said = {**_named(found.contract), "withdrawal.concluded_on": _concluded(found)}
    said |= {"withdrawal.name": name, "withdrawal.email": email}
    return statement("withdrawal", found.contract.language, said)


def _named(contract: Contract) -> dict[str, str]:
    practice = contract.mission.practice
    address = ", ".join(line.strip() for line in practice.address.splitlines() if line.strip())
    return {
        "practice.name": practice.name,
        "practice.address": address or "–",
        "practice.email": practice.email or "–",
        "contract.reference": contract.ref,
    }


def _concluded(found: Consumer) -> str:
    return long_date(found.period.concluded_at.astimezone(PARIS).date(), found.contract.language)


def due_text(found: Consumer) -> str:
    """What is owed, as the rule says it."""
    due, language = found.due, found.contract.language
    if due.requested_at is None:
        return statement("due_nothing", language, {})
    said = {
        "due.requested_on": long_date(due.requested_at.astimezone(PARIS).date(), language),
        "due.held": str(due.held),
        "due.planned": str(due.planned),
        "due.amount": format_money(due.amount, language, found.terms.currency),
    }
    return statement("due_early", language, said)


def _acknowledgement(found: Consumer, row: Withdrawal) -> tuple[str, str, str]:
    """Title, Markdown and what is due, of the acknowledgement: the statement, its date and its time."""
    language, at, due = found.contract.language, row.withdrawn_at.astimezone(PARIS), due_text(found)
    values = {
        **_named(found.contract),
        "withdrawal.statement": row.statement,
        "withdrawal.day": long_date(at.date(), language),
        "withdrawal.time": f"{at:%H:%M:%S}",
        "withdrawal.utc": f"{row.withdrawn_at:%Y-%m-%d %H:%M:%S}",
        "withdrawal.concluded_on": _concluded(found),
        "withdrawal.name": row.name,
        "withdrawal.email": row.email,
        "withdrawal.reference": row.ref,
        "withdrawal.due": due,
    }
    title, markdown = document("acknowledgement", language, values)
    return title, markdown, due


def _rendered(found: Consumer, title: str, markdown: str, at: datetime) -> Rendered | None:
    contract = found.contract
    try:
        return pdf_of(
            markdown,
            title=title,
            language=contract.language,
            author=contract.mission.practice.name,
            on=at.astimezone(PARIS).date(),
            dense=False,
        )
    except RenderFailed:  # a consumer's right does not wait for a renderer
        log.error("the acknowledgement of a withdrawal from %s was not made as a PDF", contract.ref)
        return None


def _stop_amendments(contract: Contract) -> None:
    """An amendment that is out for signature can no longer be signed: what it leans on has ended."""
    rows = Contract.unscoped.filter(base=contract, state=ContractState.SIGNING)
    for amendment in rows.select_related("mission__practice"):
        rounds.close(amendment, Closing.WITHDRAWN)


def _write(hand: Hand, row: Withdrawal, contract: Contract) -> None:
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("You have already withdrawn from this contract.")) from twin
    events.record(
        chain=hand.actor.practice_ref,
        kind="withdrawal.make",
        actor=hand.actor.user_ref,
        subject=row.ref,
        mission=contract.mission.ref,
        data={"contract": contract.ref, "access": row.access},
    )
    perform(MISSION, contract.mission, "withdraw", hand.actor, roles=COACHEE, effects=_set_aside)
    letters.withdrawal_made(row, contract)


def _set_aside(mission: Mission, move: Move) -> None:
    """Nothing that was planned for the mission takes place any more."""
    interrupt(move.viewer, mission, Cause.END)

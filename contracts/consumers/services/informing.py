"""Telling a consumer what the law wants told, and taking down that they have received it."""

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.documents.services import store
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.transitions import hold

from ...enums import ContractState
from ...models import Contract
from ...placeholders import MissingValue
from ..access import Consumer, Hand, consumer_of
from ..information import said_by
from ..models import Information, InformationReceipt
from ..rendering import pdf_of
from ..wording import IN_FORCE, statement

SHOWN = (ContractState.REVIEW, ContractState.SIGNING)


def prepare(contract: Contract) -> Information | None:
    """Make the information of the version last sent, once. Records ``information.make``.

    Who may: the services that send a version for review or for signature, once they have let the coach. None where no
    consumer pays, or while something it must say is not known: the gate of the signing says what. Never inside a
    transaction: a page is rendered. Raises :class:`coaching.documents.rendering.RenderFailed`.
    """
    found = consumer_of(contract)
    if found is None or found.version is None:
        return None
    if found.information:
        return found.information
    try:
        said = said_by(found)
    except MissingValue:
        return None
    made = pdf_of(
        said.markdown,
        title=said.title,
        language=contract.language,
        author=contract.mission.practice.name,
        on=timezone.localdate(found.version.created_at),
        dense=True,
    )
    return keep(found, said, made)


def keep(found: Consumer, said, made) -> Information:
    """Write it down with its page; when somebody was faster, theirs stands."""
    contract = found.contract
    practice = contract.mission.practice.ref
    try:
        with one_act():
            document = store(
                made,
                practice_ref=practice,
                kind="information",
                title=f"{said.title} {contract.ref}",
                language=contract.language,
                snapshot=said.markdown,
            )
            row = Information.unscoped.create(
                version=found.version, document=document, text=said.markdown, wording=IN_FORCE
            )
            events.record(
                chain=practice,
                kind="information.make",
                actor="system",
                subject=row.ref,
                mission=contract.mission.ref,
                data={"sha256": document.sha256, "version": found.version.number, "wording": IN_FORCE},
            )
    except IntegrityError:
        return Information.unscoped.get(version=found.version)
    return row


@act
def receive(hand: Hand, contract: Contract, shown: str) -> InformationReceipt:
    """The consumer says they have received the information (L. 221-5). Records ``information.receive``.

    Who may: the coachee, from their portal or by their link, before they sign. ``shown`` is the reference of the
    information their page showed: another one by now is :class:`Stale`. Said twice, the first time counts.
    """
    current = hold(contract)
    found = consumer_of(current)
    if found is None or found.information is None or current.state not in SHOWN:
        raise NotAllowedNow(_("There is no information to receive for this contract at the moment."))
    if found.information.ref != shown:
        raise Stale(_("Your coach has sent a newer version. Read its information before you go on."))
    known = found.receipt_of(hand.seat)
    return known or _receipt(hand, found)


def _receipt(hand: Hand, found: Consumer) -> InformationReceipt:
    row = InformationReceipt(
        information=found.information,
        seat=hand.seat,
        statement=receipt_text(found),
        access=hand.access,
        account_ref=hand.account_ref,
        received_at=timezone.now(),
    )
    row.full_clean(validate_unique=False)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError:
        return InformationReceipt.unscoped.get(information=found.information, seat=hand.seat)
    mission = found.contract.mission
    events.record(
        chain=hand.actor.practice_ref,
        kind="information.receive",
        actor=hand.actor.user_ref,
        subject=row.ref,
        mission=mission.ref,
        data={"sha256": found.information.document.sha256, "access": row.access},
    )
    return row


def receipt_text(found: Consumer) -> str:
    """The sentence of the receipt, in the contract's language."""
    name = "receipt" if found.at_distance else "receipt_on_premises"
    said = {"contract.reference": found.contract.ref, "contract.version": str(found.version.number)}
    return statement(name, found.contract.language, said)

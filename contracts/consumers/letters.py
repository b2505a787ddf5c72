"""Letters of a consumer's rights: how to withdraw, that a withdrawal was received, that one was made."""

from django.urls import reverse
from django.utils import timezone

from coaching.outbox.services import queue

from ..enums import SignatoryRole
from ..models import Contract, Signatory
from .access import Consumer, consumer_of
from .links import token_of
from .models import EarlyStart, Withdrawal
from .period import PARIS
from .wording import WITHDRAW_HERE


def right_of_withdrawal(contract: Contract, signatories: list[Signatory]) -> None:
    """To each consumer once the contract is sealed: until when, and the link that needs no account."""
    found = consumer_of(contract)
    if found is None or found.period is None or found.withdrawal:
        return
    for signatory in signatories:
        if signatory.role == SignatoryRole.COACHEE:
            _right(found, signatory)


def _right(found: Consumer, signatory: Signatory) -> None:
    contract, language = found.contract, signatory.language
    _queue(
        "contracts/withdrawal_right",
        contract,
        to=signatory.email,
        language=language,
        name=signatory.name,
        context={
            "path": reverse("withdrawal_link", args=[token_of(signatory)]),
            "last_day": found.period.last_day,
            "withdraw_here": WITHDRAW_HERE.get(language, WITHDRAW_HERE["fr"]),
        },
    )


def withdrawal_received(row: Withdrawal, contract: Contract, language: str, due: str) -> None:
    """To the consumer, at the address they gave: the content of their statement, its date and time; as PDF too."""
    at = row.withdrawn_at.astimezone(PARIS)
    _queue(
        "contracts/withdrawal_received",
        contract,
        to=row.email,
        language=language,
        name=row.name,
        attachments=[(row.document.ref, f"{row.ref}.pdf")] if row.document else [],
        context={
            "statement": row.statement,
            "day": at.date(),
            "time": f"{at:%H:%M:%S}",
            "utc": f"{row.withdrawn_at:%Y-%m-%d %H:%M:%S}",
            "attached": row.document is not None,
            "withdrawal": row.ref,
            "due": due,
        },
    )


def withdrawal_made(row: Withdrawal, contract: Contract) -> None:
    """To the coach: the consumer has withdrawn, since when, and what they must do."""
    said = {"who": row.seat.person.name, "at": timezone.localtime(row.withdrawn_at)}
    _to_coach("contracts/withdrawal_made", contract, said)


def early_start_asked(row: EarlyStart, contract: Contract) -> None:
    """To the coach: the sessions may begin before the end of the period."""
    _to_coach("contracts/early_start_asked", contract, {"who": row.seat.person.name})


def _to_coach(kind: str, contract: Contract, said: dict) -> None:
    coach = contract.mission.coach
    path = {"path": reverse("coach_consumer", args=[contract.ref])}
    _queue(kind, contract, to=coach.email, language=coach.language, name=coach.name, context={**said, **path})


def _queue(kind: str, contract: Contract, *, to, language, name, context, attachments=()) -> None:
    mission = contract.mission
    queue(
        kind=kind,
        to=to,
        language=language,
        practice_ref=mission.practice.ref,
        attachments=attachments,
        context={
            **context,
            "name": name,
            "coach": mission.coach.name,
            "practice": mission.practice.name,
            "reference": contract.ref,
        },
    )

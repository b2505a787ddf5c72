"""Letters about contracts. No clause travels by mail: the parties read in their portal, or by their own link.

Exceptions, both asked for by their addressee: the reason for which a contract is set aside, and the sealed copy, attached
for those who have no portal to find it in.
"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from coaching.missions.enums import SeatRole
from coaching.missions.models import Seat
from coaching.outbox.services import queue

from .enums import CommentKind, Instrument, SignatoryRole
from .links import token_of
from .models import Comment, Contract, ContractVersion, SealedContract, Signatory, SigningRound
from .policy import concerned

PAGES = {
    SeatRole.COACHEE: "coachee_contract",
    SeatRole.SPONSOR: "organisation_contract",
    SeatRole.MANAGER: "organisation_contract",
}

# "deed" stands as the object of a verb, "of_deed" after a noun.
NAMES = {
    Instrument.CONTRACT: {
        "reference": _("contract"),
        "deed": _("the coaching contract"),
        "of_deed": _("of the contract"),
    },
    Instrument.AMENDMENT: {
        "reference": _("amendment no. %(number)s,"),
        "deed": _("amendment no. %(number)s to the contract"),
        "of_deed": _("of amendment no. %(number)s"),
    },
    Instrument.ADHESION: {
        "reference": _("adhesion"),
        "deed": _("the adhesion to the contract"),
        "of_deed": _("of the adhesion"),
    },
}


def shared(contract: Contract, version: ContractVersion) -> None:
    """To each party with an account: a version of the contract is there to be read."""
    for seat in _table(contract):
        _write("contracts/shared", contract, seat, {"path": reverse(PAGES[seat.role], args=[version.ref])})


def withdrawn(contract: Contract, reason: str) -> None:
    """To each party who had it to read: the coach has set the contract aside, and why."""
    if contract.shared_at is None:
        return
    for seat in _table(contract):
        _write("contracts/withdrawn", contract, seat, {"reason": reason, "path": reverse("home")})


def commented(comment: Comment) -> None:
    """To the coach: a party has commented on the contract, or asks for a change."""
    version = comment.version
    context = {"who": comment.seat.person.name, "asks": comment.kind == CommentKind.CHANGE}
    _of_version("contracts/commented", version, context)


def all_fine(version: ContractVersion) -> None:
    """To the coach: everyone at the table is fine with this version."""
    _of_version("contracts/all_fine", version, {})


def answered(comment: Comment) -> None:
    """To the author of a comment: the coach has answered."""
    seat, version = comment.seat, comment.version
    path = {"path": reverse(PAGES[SeatRole(seat.role)], args=[version.ref])}
    _write("contracts/answered", version.contract, seat, path)


def invited(signatory: Signatory) -> None:
    """To a signatory whose turn it is: their own link, and until when it holds. The coach signs in their portal."""
    _ask(signatory, "contracts/sign")


def reminded(signatory: Signatory) -> None:
    """To a signatory who is awaited: the same link again."""
    _ask(signatory, "contracts/sign_reminder")


def _ask(signatory: Signatory, kind: str) -> None:
    signing = signatory.round
    told = {"expires_at": signing.expires_at}
    if signatory.role == SignatoryRole.COACH:
        _to_coach("contracts/sign_coach", signing.contract, told)
        return
    link = reverse("signing_link", args=[token_of(signatory)])
    _to_signatory(kind, signatory, {**told, "path": link})


def code(signatory: Signatory, digits: str) -> None:
    """To a signatory about to sign: six digits, for ten minutes."""
    _to_signatory("contracts/code", signatory, {"code": digits})


def signed(signatory: Signatory, signer_name: str) -> None:
    """To the coach: one more has signed."""
    _to_coach("contracts/signed", signatory.round.contract, {"signer": signer_name})


def declined(signatory: Signatory) -> None:
    """To the coach, who reads the reason in their portal; to the others, the fact alone."""
    contract = signatory.round.contract
    _to_coach("contracts/declined_coach", contract, {"signer": signatory.name})
    for other in _invited(signatory.round):
        if other.pk != signatory.pk and other.role != SignatoryRole.COACH:
            _to_signatory("contracts/declined", other, {"path": reverse("home")})


def closed(signing: SigningRound, kind: str) -> None:
    """To those who were asked to sign: there is nothing to sign any more, or not yet."""
    for signatory in _invited(signing):
        if signatory.role != SignatoryRole.COACH:
            _to_signatory(kind, signatory, {"path": reverse("home")})


def withdrawn_signing(signing: SigningRound, reason: str) -> None:
    """To those who were asked to sign and have no account: the coach has set the contract aside, and why."""
    for signatory in _invited(signing):
        if signatory.user_id is None:
            _to_signatory("contracts/withdrawn", signatory, {"reason": reason, "path": reverse("home")})


def expired(signing: SigningRound) -> None:
    """To everybody who was asked: the time is over."""
    closed(signing, "contracts/expired")
    _to_coach("contracts/expired_coach", signing.contract, {})


def sealed(row: SealedContract, signatories: list[Signatory], with_portal: dict[int, str]) -> None:
    """To every signatory: the contract stands. In the portal of those who have one, else attached.

    ``with_portal``: signatory → the address of the sealed contract in their own portal.
    """
    for signatory in signatories:
        path = with_portal.get(signatory.pk, "")
        attached = [] if path else [(row.document.ref, f"{row.contract.ref}.pdf")]
        told = {"path": path or reverse("home"), "in_portal": bool(path), "sha256": row.document.sha256}
        _to_signatory("contracts/sealed", signatory, told, attachments=attached)


def _named(contract: Contract, language: str) -> dict[str, str]:
    """What a letter calls the document: on its own with its reference, and within a sentence."""
    with override(language):
        said = {
            name: words % {"number": contract.number} for name, words in NAMES[contract.instrument].items()
        }
    return {**said, "reference": f"{said['reference']} {contract.ref}"}


def _invited(signing: SigningRound):
    rows = Signatory.unscoped.filter(round=signing, invited_at__isnull=False)
    return list(rows.select_related("round__contract__mission__practice", "round__contract__mission__coach"))


def _to_signatory(kind: str, signatory: Signatory, context: dict, attachments=()) -> None:
    contract = signatory.round.contract
    mission = contract.mission
    queue(
        kind=kind,
        to=signatory.email,
        language=signatory.language,
        practice_ref=mission.practice.ref,
        attachments=attachments,
        context={
            **context,
            "name": signatory.name,
            "coach": mission.coach.name,
            "practice": mission.practice.name,
            **_named(contract, signatory.language),
        },
    )


def _of_version(kind: str, version: ContractVersion, context: dict) -> None:
    """To the coach, about a version in review."""
    contract = version.contract
    _to_coach(kind, contract, {**context, "number": version.number}, page="coach_contract")


def _to_coach(kind: str, contract: Contract, context: dict, *, page: str = "coach_signing") -> None:
    mission = contract.mission
    queue(
        kind=kind,
        to=mission.coach.email,
        language=mission.coach.language,
        practice_ref=mission.practice.ref,
        context={
            **context,
            "name": mission.coach.name,
            "practice": mission.practice.name,
            **_named(contract, mission.coach.language),
            "path": reverse(page, args=[contract.ref]),
        },
    )


def _table(contract: Contract):
    return Seat.unscoped.filter(
        concerned(contract), ended_at=None, person__user__isnull=False
    ).select_related("person__user")


def _write(kind: str, contract: Contract, seat: Seat, context: dict) -> None:
    mission = contract.mission
    to, language = seat.person.reached_at
    queue(
        kind=kind,
        to=to,
        language=language,
        practice_ref=mission.practice.ref,
        context={
            **context,
            "name": seat.person.name,
            "coach": mission.coach.name,
            "practice": mission.practice.name,
            **_named(contract, language),
        },
    )

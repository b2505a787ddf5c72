"""Letters about contracts. No clause travels by mail: the parties read in their portal."""

from django.urls import reverse

from coaching.missions.enums import SeatRole
from coaching.missions.models import Seat
from coaching.outbox.services import queue

from .enums import CommentKind
from .models import Comment, Contract, ContractVersion

PAGES = {
    SeatRole.COACHEE: "coachee_contract",
    SeatRole.SPONSOR: "organisation_contract",
    SeatRole.MANAGER: "organisation_contract",
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
    _to_coach("contracts/commented", version, context)


def all_fine(version: ContractVersion) -> None:
    """To the coach: everyone at the table is fine with this version."""
    _to_coach("contracts/all_fine", version, {})


def answered(comment: Comment) -> None:
    """To the author of a comment: the coach has answered."""
    seat, version = comment.seat, comment.version
    path = {"path": reverse(PAGES[SeatRole(seat.role)], args=[version.ref])}
    _write("contracts/answered", version.contract, seat, path)


def _to_coach(kind: str, version: ContractVersion, context: dict) -> None:
    contract = version.contract
    mission, coach = contract.mission, contract.mission.coach
    queue(
        kind=kind,
        to=coach.email,
        language=coach.language,
        practice_ref=mission.practice.ref,
        context={
            **context,
            "name": coach.name,
            "number": version.number,
            "practice": mission.practice.name,
            "reference": contract.ref,
            "path": reverse("coach_contract", args=[contract.ref]),
        },
    )


def _table(contract: Contract):
    return Seat.unscoped.filter(
        mission=contract.mission, ended_at=None, person__user__isnull=False
    ).select_related("person")


def _write(kind: str, contract: Contract, seat: Seat, context: dict) -> None:
    mission = contract.mission
    queue(
        kind=kind,
        to=seat.person.email,
        language=seat.person.language,
        practice_ref=mission.practice.ref,
        context={
            **context,
            "name": seat.person.name,
            "coach": mission.coach.name,
            "practice": mission.practice.name,
            "reference": contract.ref,
        },
    )

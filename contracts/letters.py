"""Letters about contracts. No clause travels by mail: the parties read in their portal."""

from django.urls import reverse

from coaching.missions.enums import SeatRole
from coaching.missions.models import Seat
from coaching.outbox.services import queue

from .models import Contract, ContractVersion

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


def _table(contract: Contract):
    return Seat.unscoped.filter(
        mission=contract.mission, ended_at=None, person__user__isnull=False
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
            "reference": contract.ref,
        },
    )

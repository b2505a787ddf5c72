"""Saying that a contract was opened: of the whole table, or of the coachee whose adhesion it is (decision 0023)."""

from coaching.kernel.openings import What, opened

from ..models import Contract


def note(request, contract: Contract, what: What, subject: str) -> None:
    opened(request, contract.mission, what, subject, seat=contract.seat)

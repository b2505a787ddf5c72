"""Sending the adhesions of a team together: each is sent as it would be alone, and says why when it cannot be."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import DomainError, GateClosed, NotAllowedNow
from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission

from ..adhesions import Line, team_of
from ..enums import ContractState
from . import rounds, sharing
from .drafting import only_coach

STEPS = {"review": ContractState.DRAFT, "signature": ContractState.REVIEW}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What left, and for each of the others whose it is and why it did not."""

    sent: list[Line]
    held: list[tuple[str, str]]


def send_together(viewer: Viewer, mission: Mission, step: str) -> Outcome:
    """Send for review every adhesion in draft, or for signature every one in review. Records what each records alone.

    Who may: the mission's coach; never inside a transaction, for each document is made. One that is held back holds no
    other back.
    """
    only_coach(viewer, mission)
    team = team_of(viewer, mission)
    if not team.stands:
        raise NotAllowedNow(_("Coachees join a framework contract once it is sealed."))
    outcome = Outcome([], [])
    for line in team.lines:
        if line.state == STEPS[step]:
            reason = _send(viewer, line, step)
            if reason:
                outcome.held.append((line.seat.person.name, reason))
            else:
                outcome.sent.append(line)
    return outcome


def _send(viewer: Viewer, line: Line, step: str) -> str:
    """Why it could not be sent; nothing when it was."""
    try:
        if step == "review":
            sharing.share(viewer, line.adhesion)
        else:
            rounds.open_round(viewer, line.adhesion)
    except GateClosed as closed:
        return str(closed.closed[0].result.message)
    except DomainError as refusal:
        return str(refusal.message)
    return ""

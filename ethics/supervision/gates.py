"""The gate of article 3: no new mission while the coach's supervision is overdue, but by a reasoned judgement."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.gates import GateResult, register

from .standing import standings


def is_current(mission) -> GateResult:
    """Whether the mission's coach is within the ratio and the hours their practice asks for."""
    standing = standings(mission.practice_id, [mission.coach_id])[mission.coach_id]
    if not standing.overdue:
        return GateResult(True)
    return GateResult(
        False,
        _("Your supervision is overdue: bring what questions you, then record it."),
        reverse("coach_supervision"),
    )


register("supervision.current", is_current)

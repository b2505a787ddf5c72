from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.gates import GateResult, register

from .access import qualifications_of_coach


def has_qualification(contract) -> GateResult:
    """No contract leaves with an empty dossier (article 1)."""
    mission = contract.mission
    if qualifications_of_coach(mission.practice_id, mission.coach_id).exists():
        return GateResult(True)
    return GateResult(
        False, _("Add at least one training or qualification to your file."), reverse("coach_qualifications")
    )


register("development.qualification", has_qualification)

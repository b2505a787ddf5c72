"""What closing a mission asks, objective by objective (article « Obligation de moyens »)."""

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from coaching.kernel.gates import GateResult, register
from coaching.missions.models import Mission

from .access import Answered, answered


def _facts(mission: Mission) -> list[Answered]:
    """A page that has just read them sets them as ``mission.close_facts``; the row a transition judges carries none."""
    known = getattr(mission, "close_facts", None)
    return answered(mission) if known is None else known


def means_linked(mission: Mission) -> GateResult:
    lacking = [one.objective.title for one in _facts(mission) if not one.has_means]
    if not lacking:
        return GateResult(True)
    said = _("No means recorded for: %(objectives)s.") % {"objectives": "; ".join(lacking)}
    return GateResult(False, said, reverse("coach_progress", args=[mission.ref]))


def looked_at(mission: Mission) -> GateResult:
    missing = dict.fromkeys(name for one in _facts(mission) for name in one.missing)
    if not missing:
        return GateResult(True)
    names = get_text_list(list(missing), _("and"))
    return GateResult(False, _("Not looked at yet by %(names)s.") % {"names": names})


register("closings.means", means_linked)
register("closings.looked", looked_at)

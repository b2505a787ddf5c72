"""What a coachee allows: a section of « Qui voit quoi », each consent taken back in one click."""

from django.http import QueryDict

from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission
from coaching.missions.web.seen import Section

from ..access import STANDS_IN
from .shown import shown


def consents_seen(viewer: Viewer, mission: Mission, _asked: QueryDict) -> Section | None:
    context = shown(viewer, mission)
    towards = mission.paid_by_organisation and mission.state in STANDS_IN
    if not (towards or context["handovers"] or any(row for _seat, row in context["listings"])):
        return None
    return Section("consents/includes/seen.html", context, 10)

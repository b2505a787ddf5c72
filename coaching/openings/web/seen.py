"""Who opened what: a section of « Qui voit quoi »."""

from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission
from coaching.missions.web.seen import Section

from ..access import openings_of


def openings_seen(viewer: Viewer, mission: Mission, asked) -> Section:
    page = openings_of(viewer, mission, asked.get("page"))
    return Section("openings/includes/seen.html", {"page": page}, 30)

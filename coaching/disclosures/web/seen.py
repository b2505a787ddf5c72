"""What the law obliged the coach to tell: a section of « Qui voit quoi », with dates alone; the words have a page."""

from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission
from coaching.missions.web.seen import Section

from ..access import disclosures_of


def disclosures_seen(viewer: Viewer, mission: Mission, _asked) -> Section:
    return Section("disclosures/includes/seen.html", {"rows": disclosures_of(viewer, mission)}, 20)

"""The balance of a mission's objectives, for each portal what it may read of it: by origin, with the work that went to each."""

from dataclasses import dataclass

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import ObjectiveTag
from coaching.missions.judgement_access import balance_of
from coaching.missions.models import Mission
from coaching.progress.web.shown import Aim, aims

from ..access import agreed_on

ORIGINS = {
    Portal.COACH: (ObjectiveTag.COMMON, ObjectiveTag.ORGANISATION, ObjectiveTag.COACHEE),
    Portal.COACHEE: (ObjectiveTag.COMMON, ObjectiveTag.ORGANISATION, ObjectiveTag.COACHEE),
    Portal.ORGANISATION: (ObjectiveTag.COMMON, ObjectiveTag.ORGANISATION),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Objectives that come from one place. ``used`` is how many times something was used for them, in all."""

    tag: ObjectiveTag
    aims: list[Aim]

    @property
    def label(self):
        return self.tag.label

    @property
    def used(self) -> int:
        return sum(aim.used for aim in self.aims)


def origins(viewer: Viewer, mission: Mission) -> list[Origin]:
    """In one order for everybody; an organisation's page has no place for the coachee's own."""
    found = aims(viewer, mission)
    return [Origin(tag, [aim for aim in found if aim.objective.tag == tag]) for tag in ORIGINS[viewer.portal]]


def page(viewer: Viewer, mission: Mission) -> dict:
    """What the page shows: the organisation's counts objectives, since means and measures are none of its reading."""
    rows, whole = origins(viewer, mission), viewer.portal != Portal.ORGANISATION
    return {
        "mission": mission,
        "up": f"{viewer.portal.value}_mission",
        "session_page": f"{viewer.portal.value}_session" if whole else "",
        "minutes_page": f"{viewer.portal.value}_minutes",
        "whole": whole,
        "origins": rows,
        "work": [(row.label, row.used, "") for row in rows] if whole else [],
        "worked": sum(row.used for row in rows),
        "aims": [(row.label, len(row.aims), "") for row in rows],
        "agreed": agreed_on(viewer, mission),
        "explanation": None if rows[0].aims else balance_of(viewer, mission),
    }

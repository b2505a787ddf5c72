"""What those at a mission's table may see of how the charter is held: the articles that protect them, held or not yet.

A short list, without a word of why: a reason may be somebody else's. Of a team, a coachee is shown nothing that a
colleague's doing would move.
"""

from dataclasses import dataclass

from coaching.kernel.evidence import Standing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionKind
from coaching.missions.models import Mission

from .access import own_coach_standings, standings_of_missions
from .articles import ArticleLine, articles_for

OF_COACHEE = (
    "formation-transparence",
    "confidentialite",
    "respect-personnes",
    "tele-coaching-lieu",
    "responsabilite-decisions",
    "contrat",
    "restitution",
    "equilibre",
    "reserve",
)
OF_ORGANISATION = (
    "formation-transparence",
    "confidentialite",
    "protection-organisations",
    "contrat",
    "restitution",
    "equilibre",
    "reserve",
)
SHOWN = {Portal.COACHEE: OF_COACHEE, Portal.ORGANISATION: OF_ORGANISATION}
# Each session counts for the whole table's standing: in a team it would tell of a colleague's.
NOT_OF_A_TEAM = frozenset({"tele-coaching-lieu"})


@dataclass(frozen=True, slots=True)
class Kept:
    """One article: held, or not yet. What was passed on the coach's judgement is not held."""

    article: ArticleLine
    held: bool


def kept_of(viewer: Viewer, mission: Mission) -> list[Kept]:
    """For a coachee, a sponsor or a manager who has just been shown the mission; nothing behind another portal."""
    shown = set(SHOWN.get(viewer.portal, ()))
    if mission.kind == MissionKind.TEAM:
        shown -= NOT_OF_A_TEAM
    found = own_coach_standings(viewer, mission) | standings_of_missions(viewer, [mission]).get(
        mission.pk, {}
    )
    return [
        Kept(article, found[article.slug] == Standing.HELD)
        for article in articles_for(viewer)
        if article.slug in shown
        and found.get(article.slug, Standing.NOT_APPLICABLE) != Standing.NOT_APPLICABLE
    ]

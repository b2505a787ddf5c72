"""Reading what the law obliged a coach to tell."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission
from coaching.vault.access import open_texts

from .models import Disclosure
from .policy import DISCLOSURE_RULES

ARTICLE = "disclosures.Disclosure.article_ref"
RECIPIENT = "disclosures.Disclosure.recipient_ref"
TOLD = "disclosures.Disclosure.told_ref"
PLACES = ((ARTICLE, "article_ref"), (RECIPIENT, "recipient_ref"), (TOLD, "told_ref"))


@dataclass(frozen=True, slots=True)
class Opened:
    """A line with its words; None for what is sealed and does not open to this viewer yet."""

    row: Disclosure
    article: str | None
    recipient: str | None
    told: str | None


def disclosures_for(viewer: Viewer) -> QuerySet[Disclosure]:
    """To the mission's coach all of them, to a coachee their own; each with ``corrected``, the line that corrects it."""
    later = Disclosure.unscoped.filter(corrects=OuterRef("pk")).values("ref")[:1]
    rows = Disclosure.objects.visible_to(viewer, DISCLOSURE_RULES)
    rows = rows.annotate(corrected=Subquery(later), corrects_ref=F("corrects__ref"))
    return rows.select_related("mission", "mission__coach", "seat__person")


def disclosures_of(viewer: Viewer, mission: Mission) -> list[Disclosure]:
    """Dates and bases of one mission, the last first; no words, and nobody's key is asked for."""
    return _of_mission(viewer, mission_id=mission.pk)


@prepared
def _of_mission(viewer: Viewer, mission_id: int) -> QuerySet[Disclosure]:
    return disclosures_for(viewer).filter(mission_id=mission_id)


def get_disclosure(viewer: Viewer, ref: str) -> Disclosure:
    """404 to anybody but the mission's coach and the coachee it is about."""
    return get_visible(disclosures_for(viewer), ref)


def opened(viewer: Viewer, rows: list[Disclosure]) -> list[Opened]:
    """With their words, in three queries. Raises :class:`coaching.vault.errors.Locked` while the viewer's key is closed."""
    texts = {
        column: open_texts(
            viewer, {row.ref: getattr(row, column) for row in rows if getattr(row, column)}, place=place
        )
        for place, column in PLACES
    }
    return [Opened(row, *(texts[column].get(row.ref) for _place, column in PLACES)) for row in rows]

"""The articles of the charter in force, as conformity goes through them: in its order, on the evidence the practice confirmed."""

from dataclasses import dataclass

from coaching.kernel.viewer import Viewer
from ethics.charter.access import articles_in_force
from ethics.charter.articles import SLUGS


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article; ``slug`` is the evidence it rests on, or a name of its own where it has none."""

    number: int
    slug: str
    title: str
    duty: str
    body: str

    @property
    def has_evidence(self) -> bool:
        return self.slug in SLUGS


def articles_for(viewer: Viewer) -> list[ArticleLine]:
    """Those of the version in force in the viewer's practice; the charter is public. In one query."""
    return [ArticleLine(*row) for row in articles_in_force(viewer)]

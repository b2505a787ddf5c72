"""The dossier of a mission, or of all a coach's: frozen from what the pages show, then printed. Not kept and not sealed.

It is a picture of one day, which its reader can ask for again; what binds is sealed where it was signed.
"""

from collections.abc import Iterable
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

import coaching.documents
from coaching.accounts.access import get_practice, user_by_id
from coaching.documents.canonical import canonical, digest
from coaching.documents.rendering import Rendered, render_pdf
from coaching.kernel.evidence import Standing
from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission, Override
from ethics.charter.access import current_version

from .access import mission_keys, overrides_for, words_of_coach, words_of_missions
from .articles import ArticleLine, articles_for
from .figures import totals_of_coach
from .judging import Count, Verdict, verdicts
from .snapshots import FrozenDossier, FrozenLine, FrozenOverride
from .words import BY_CODE, LABELS

STYLES = Path(coaching.documents.__file__).parent / "styles"
MOST = 200  # overrides a dossier prints; it says how many more there are


def dossier_of_mission(viewer: Viewer, mission: Mission) -> FrozenDossier:
    """For the mission's coach, who has just been shown it."""
    articles = articles_for(viewer)
    words = words_of_missions(viewer, [mission]).get(mission.pk, {})
    lines = tuple(_line(one) for one in verdicts(articles, words_of_coach(viewer), words))
    passed = overrides_for(viewer).filter(mission=mission)
    return _frozen(viewer, articles, lines, passed, mission=mission.ref, missions=1)


def dossier_of_coach(viewer: Viewer) -> FrozenDossier:
    """Over all of a coach's missions: their own duties in words, the others as counts."""
    articles, number = articles_for(viewer), len(mission_keys(viewer))
    counts = totals_of_coach(viewer, number).by_article
    lines = tuple(
        _line(one, counts.get(one.article.slug)) for one in verdicts(articles, words_of_coach(viewer))
    )
    return _frozen(viewer, articles, lines, overrides_for(viewer), missions=number)


def _line(one: Verdict, count: Count | None = None) -> FrozenLine:
    standing = one.standing
    if count is not None and not one.spoken:
        standing = _worst(count)
    figures = (count.held, count.overridden, count.to_do) if count is not None and count.asked else ()
    said = tuple(str(said.text) for said in (*one.to_do, *one.evidence))
    return FrozenLine(one.article.number, one.article.title, standing.name.lower(), said, figures)


def _worst(count: Count) -> Standing:
    if count.to_do:
        return Standing.TO_DO
    if count.overridden:
        return Standing.OVERRIDDEN
    return Standing.HELD if count.held else Standing.NOT_APPLICABLE


def _frozen(
    viewer: Viewer, articles: list[ArticleLine], lines, passed: Iterable[Override], **more
) -> FrozenDossier:
    titles = {article.slug: article.title for article in articles}
    rows = list(passed)
    version = current_version(viewer.practice_id)
    return FrozenDossier(
        practice=get_practice(viewer).name,
        coach=user_by_id(viewer.user_id).name,
        mission=more.pop("mission", ""),
        language=get_language() or "fr",
        made_on=timezone.localdate(),
        charter=version.number,
        charter_sha256=version.sha256,
        lines=lines,
        overrides=tuple(_override(row, titles) for row in rows[:MOST]),
        more_overrides=max(len(rows) - MOST, 0),
        **more,
    )


def _override(row: Override, titles: dict[str, str]) -> FrozenOverride:
    title = titles.get(row.article, row.article)
    return FrozenOverride(row.mission.ref, title, row.reason, timezone.localdate(row.decided_at))


def dossier_pdf(dossier: FrozenDossier) -> Rendered:
    """Its PDF. Never inside a transaction."""
    with override(dossier.language):
        title = _("How the charter is held")
        body = render_to_string("documents/conformity.html", _context(dossier, title))
    return render_pdf(
        body,
        title=f"{title} {dossier.mission}".strip(),
        language=dossier.language,
        authored_on=dossier.made_on,
        author=dossier.practice,
        css="".join(
            (STYLES / name).read_text(encoding="utf-8") for name in ("contract.css", "conformity.css")
        ),
    )


def _context(dossier: FrozenDossier, title: str) -> dict:
    return {
        "dossier": dossier,
        "title": title,
        "lines": [(line, LABELS[BY_CODE[line.standing]]) for line in dossier.lines],
        "digest": digest(canonical(dossier)),
    }

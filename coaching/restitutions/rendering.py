"""A frozen restitution as a page and as a PDF, from one template: what the coachee approves is what the addressee reads. No query."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

import coaching.documents
from coaching.documents.rendering import Rendered, render_pdf
from coaching.kernel.markup import to_html, typographic
from coaching.progress.enums import HIGHEST, STAGES, MeansKind
from contracts.enums import ScopeItem

from .composing import addressed_to
from .snapshots import Aim, FrozenRestitution, Part

STYLES = Path(coaching.documents.__file__).parent / "styles"


def page_html(page: FrozenRestitution) -> SafeString:
    """The very page, in its own language whoever reads it."""
    with override(page.language):
        return SafeString(render_to_string("restitutions/includes/page.html", _context(page)))


def _context(page: FrozenRestitution) -> dict:
    return {
        "page": page,
        "to": addressed_to(page.addressee),
        "stages": STAGES,
        "highest": HIGHEST,
        "parts": [_shown(part, page.language) for part in page.parts],
    }


def _shown(part: Part, language: str) -> dict:
    return {
        "item": part.item,
        "label": ScopeItem(part.item).label,
        "held": part.held,
        "agreed": part.agreed,
        "aims": [(aim, _row(aim)) for aim in part.aims],
        "used": [(MeansKind(one.kind).label, one.sessions) for one in part.used],
        "html": words_html(part.words, language) if part.words else "",
    }


def _row(aim: Aim) -> list[int | None]:
    """Its figure at each stage, in their order; None where the coachee gave none."""
    given = {figure.stage: figure.value for figure in aim.figures}
    return [given.get(stage.value) for stage in STAGES]


def words_html(words: str, language: str) -> SafeString:
    return SafeString(typographic(to_html(words, headings_from=4), language))


def restitution_pdf(page: FrozenRestitution) -> Rendered:
    """Its PDF. Never inside a transaction."""
    with override(page.language):
        title = _("Restitution")
        body = render_to_string("documents/restitution.html", {**_context(page), "title": title})
    return render_pdf(
        body,
        title=f"{title} {page.reference}",
        language=page.language,
        authored_on=page.written_on,
        author=page.practice,
        css="".join(
            (STYLES / name).read_text(encoding="utf-8") for name in ("contract.css", "restitution.css")
        ),
    )

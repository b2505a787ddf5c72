"""A frozen sheet, and the dossier of a year, as PDFs. No query."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

import coaching.documents
from coaching.documents.rendering import Rendered, render_pdf

from .dossier import Dossier
from .snapshots import FrozenSheet, sha256_of

STYLES = Path(coaching.documents.__file__).parent / "styles"
SHEETS = ("contract.css", "development.css")


def sheet_pdf(sheet: FrozenSheet) -> Rendered:
    """What a client was shown. Never inside a transaction."""
    with override(sheet.language):
        title = _("Training and qualifications")
        context = {"sheet": sheet, "title": title, "sha256": sha256_of(sheet)}
        body = render_to_string("documents/sheet.html", context)
    return render_pdf(
        body,
        title=f"{title}, {sheet.coach}",
        language=sheet.language,
        authored_on=sheet.shown_on,
        author=sheet.practice,
        css=_css(),
    )


def dossier_pdf(dossier: Dossier) -> Rendered:
    """A year of a coach's development. Made when it is asked for, and not kept. Never inside a transaction."""
    with override(dossier.language):
        title = _("Development dossier %(year)s") % {"year": dossier.year}
        body = render_to_string("documents/development.html", {"dossier": dossier, "title": title})
    return render_pdf(
        body,
        title=f"{title}, {dossier.coach}",
        language=dossier.language,
        authored_on=dossier.made_on,
        author=dossier.practice,
        css=_css(),
    )


def _css() -> str:
    return "".join((STYLES / name).read_text(encoding="utf-8") for name in SHEETS)

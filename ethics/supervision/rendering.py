"""Attestations and yearly records as PDFs, from their frozen text alone. No query."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

import coaching.documents
from coaching.documents.rendering import Rendered, render_pdf

from .duration import hours
from .enums import Form
from .snapshots import FrozenAttestation, FrozenYear

STYLES = Path(coaching.documents.__file__).parent / "styles"


def attestation_pdf(page: FrozenAttestation) -> Rendered:
    """Never inside a transaction."""
    with override(page.language):
        words = {"form": Form(page.form).label}
        title = _("Attestation of supervision")
        return _pdf(
            "documents/supervision_attestation.html",
            page,
            title,
            page.reference,
            page.attested_at.date(),
            words,
        )


def record_pdf(page: FrozenYear) -> Rendered:
    """Never inside a transaction."""
    with override(page.language):
        words = {
            "lines": [(one, Form(one.form).label, hours(one.minutes)) for one in page.supervisions],
            "coached": hours(page.coached),
            "supervised": hours(page.minutes),
            "attested": hours(page.attested),
        }
        title = _("Supervision in %(year)d") % {"year": page.year}
        return _pdf("documents/supervision_year.html", page, title, page.coach, page.made_on, words)


def _pdf(template: str, page, title: str, subject: str, day, words: dict) -> Rendered:
    body = render_to_string(template, {"page": page, "title": title, **words})
    return render_pdf(
        body,
        title=f"{title} {subject}",
        language=page.language,
        authored_on=day,
        author=page.practice,
        css=(STYLES / "contract.css").read_text(encoding="utf-8"),
    )

"""A consumer's texts as HTML and as PDF: one page each, in the contract's language. Pure; no query."""

from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from coaching.documents.rendering import Rendered, render_pdf
from coaching.kernel.markup import to_html, typographic

from ..rendering import STYLES

CONSUMER_STYLES = STYLES.with_name("consumer.css")


def html_of(markdown: str, language: str, *, headings_from: int = 3) -> SafeString:
    """Safe HTML with the typography of its language: what :func:`to_html` lets through, and nothing else."""
    return SafeString(typographic(to_html(markdown, headings_from=headings_from), language))


def pdf_of(markdown: str, *, title: str, language: str, author: str, on: date, dense: bool) -> Rendered:
    """One text as a PDF. Never inside a transaction."""
    body = render_to_string(
        "documents/consumer.html",
        {
            "title": title,
            "html": html_of(markdown, language, headings_from=2),  # right under the title: none is skipped
            "author": author,
            "dense": dense,
        },
    )
    return render_pdf(
        body,
        title=title,
        language=language,
        authored_on=on,
        author=author,
        css=CONSUMER_STYLES.read_text(encoding="utf-8"),
    )

"""A frozen letter as a page and as a PDF, from one template. No query."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

import coaching.documents
from coaching.documents.rendering import Rendered, render_pdf
from coaching.kernel.markup import to_html, typographic

from .snapshots import FrozenLetter, Passage

STYLES = Path(coaching.documents.__file__).parent / "styles"


def page_html(letter: FrozenLetter) -> SafeString:
    """The very letter, in its own language whoever reads it."""
    with override(letter.language):
        return SafeString(render_to_string("closings/includes/page.html", _context(letter)))


def letter_pdf(letter: FrozenLetter) -> Rendered:
    """Its PDF. Never inside a transaction."""
    with override(letter.language):
        body = render_to_string("documents/party_letter.html", _context(letter))
    return render_pdf(
        body,
        title=f"{letter.title} {letter.reference}",
        language=letter.language,
        authored_on=letter.written_on,
        author=letter.practice,
        css="".join(
            (STYLES / name).read_text(encoding="utf-8") for name in ("contract.css", "restitution.css")
        ),
    )


def _context(letter: FrozenLetter) -> dict:
    return {
        "letter": letter,
        "passages": [(one.heading, _html(one, letter.language)) for one in letter.passages],
    }


def _html(passage: Passage, language: str) -> SafeString:
    if passage.own:
        return SafeString(typographic(to_html(passage.text, headings_from=4), language))
    return SafeString(render_to_string("closings/includes/sentence.html", {"text": passage.text}))

"""A frozen contract as a page and as a PDF: the same clauses, the same words. Pure; no query."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

import coaching.documents
from coaching.documents.rendering import Rendered, render_pdf
from coaching.kernel.dates import long_date
from coaching.kernel.markup import WIDE, to_html, typographic

from .snapshots import ContractSnapshot, FrozenCharter
from .wording import WORDING

STYLES = Path(coaching.documents.__file__).parent / "styles" / "contract.css"


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause ready to be shown: its HTML has been made safe by :mod:`coaching.kernel.markup`."""

    anchor: str
    number: int
    section: str
    title: str
    html: SafeString


def shown_clauses(snapshot: ContractSnapshot) -> list[ShownClause]:
    """The clauses of a contract, numbered, as safe HTML with the typography of its language."""
    return [
        ShownClause(
            anchor=f"clause-{number}",
            number=number,
            section=clause.section,
            title=clause.title,
            html=clause_html(clause.whole, snapshot.language),
        )
        for number, clause in enumerate(snapshot.clauses, start=1)
    ]


def clause_html(markdown: str, language: str) -> SafeString:
    """One clause as safe HTML: what :func:`to_html` lets through, and nothing else."""
    return SafeString(typographic(to_html(markdown), language))


def charter_html(charter: FrozenCharter, language: str) -> SafeString:
    """The charter verbatim: no typography is applied to it. A translation, where one is annexed, stands below and says what it is."""
    french = to_html(charter.markdown, headings_from=3)
    if not charter.translation:
        return SafeString(french)
    said = escape(WORDING[language].translation)
    other = to_html(charter.translation, headings_from=3)
    return SafeString(
        f'{french}<div class="translation" lang="{language}"><p><em>{said}</em></p>{other}</div>'
    )


def contract_pdf(snapshot: ContractSnapshot, *, draft: bool = False) -> Rendered:
    """The PDF of a frozen contract; a draft carries a watermark. Never inside a transaction."""
    return render_pdf(
        contract_body(snapshot, draft=draft),
        title=f"{snapshot.title} {snapshot.reference}",
        language=snapshot.language,
        authored_on=snapshot.issued_on,
        author=snapshot.practice,
        css=STYLES.read_text(encoding="utf-8"),
    )


def contract_body(snapshot: ContractSnapshot, *, draft: bool = False) -> str:
    """The body of the document, in the contract's own language whatever the reader's."""
    words, charter = WORDING[snapshot.language], snapshot.charter
    published = long_date(charter.published_on, snapshot.language)
    context = {
        "snapshot": snapshot,
        "words": words,
        "draft": draft,
        "version": words.version.format(number=snapshot.version),
        "drawn_up": words.dated(snapshot.place, long_date(snapshot.issued_on, snapshot.language)),
        "signatories": snapshot.signatories,
        "clauses": shown_clauses(snapshot),
        "charter_published": words.published.format(number=charter.number, day=published),
        "charter_html": charter_html(charter, snapshot.language),
        "colon": WIDE + ":" if snapshot.language == "fr" else ":",
    }
    return render_to_string("documents/contract.html", context)

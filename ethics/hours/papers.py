"""The letter of verification as a paper that an organisation signs by hand. From values alone: no query."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

import coaching.documents
from coaching.documents.rendering import Rendered, render_pdf

from .models import VerificationLetter
from .reckoning import hours

STYLES = Path(coaching.documents.__file__).parent / "styles"


@dataclass(frozen=True, slots=True)
class Paper:
    """What the letter says."""

    reference: str
    practice: str
    coach: str
    issuer: str
    contact: str
    starts_on: date
    ends_on: date
    clients: int
    paid: float
    pro_bono: float

    @property
    def whole(self) -> float:
        return round(self.paid + self.pro_bono, 2)


def paper_of(letter: VerificationLetter, *, practice: str, coach: str) -> Paper:
    return Paper(
        letter.ref, practice, coach, letter.issuer, letter.contact, letter.starts_on, letter.ends_on, letter.clients,
        hours(letter.paid_minutes), hours(letter.pro_bono_minutes),
    )  # fmt: skip


def letter_pdf(paper: Paper, *, language: str, today: date) -> Rendered:
    """Its PDF, with room for the signature. Never inside a transaction."""
    with override(language):
        title = _("Verification of coaching hours")
        body = render_to_string("documents/hours_letter.html", {"paper": paper, "title": title})
    return render_pdf(
        body,
        title=f"{title} {paper.reference}",
        language=language,
        authored_on=today,
        author=paper.practice,
        css=(STYLES / "consumer.css").read_text(encoding="utf-8"),
    )

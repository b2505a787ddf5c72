"""A mission's end and its letters as pages show them, the same for every portal."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from contracts.web.pdf import document_response

from ..access import said_in
from ..models import PartyLetter
from ..rendering import page_html

CONTENT = "closings.PartyLetter.content"
HEADINGS = {  # column of an ending: what stands above it
    "explanation": _("What the coachee was told"),
    "orientation": _("Another way"),
    "alternatives": _("Other options"),
    "told_organisation": _("What the organisation was told"),
    "told_coach": _("What the organisation told the coach"),
    "told_coachee": _("What the organisation told the coachee"),
}


def shown(letter: PartyLetter) -> dict:
    """A letter to whoever has just been shown it."""
    return {
        "letter": letter,
        "mission": letter.mission,
        "page_html": page_html(said_in(letter)),
        "seen_as": f"{CONTENT}:{letter.seat.role}",
    }


def pdf_of(request: HttpRequest, letter: PartyLetter) -> HttpResponse:
    """The stored bytes, to whoever has been shown the letter; 404 while they are still being made."""
    if letter.document is None:
        raise Http404
    said_in(letter)
    return document_response(letter.document, f"{letter.ref}.pdf", inline="download" not in request.GET)

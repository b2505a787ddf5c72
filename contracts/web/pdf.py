"""Giving a PDF to a browser."""

from django.http import Http404, HttpResponse

from coaching.documents.services import content_of
from coaching.documents.store import Damaged

from ..models import ContractVersion


def pdf_response(content: bytes, filename: str, *, inline: bool) -> HttpResponse:
    """A PDF that no proxy keeps and no page of another site frames."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def version_response(version: ContractVersion, *, inline: bool) -> HttpResponse:
    """The stored bytes of a version, proved against their hash before they leave."""
    try:
        content = content_of(version.document)
    except Damaged as lost:
        raise Http404 from lost
    return pdf_response(content, f"{version.contract.ref}-v{version.number}.pdf", inline=inline)

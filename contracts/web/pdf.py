"""Giving a PDF to a browser."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from coaching.documents.models import Document
from coaching.documents.services import content_of
from coaching.documents.store import Damaged
from coaching.kernel.errors import NotAllowedNow

from ..models import ContractVersion


def pdf_response(content: bytes, filename: str, *, inline: bool) -> HttpResponse:
    """A PDF that no proxy keeps and no page of another site frames."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def document_response(document: Document, filename: str, *, inline: bool) -> HttpResponse:
    """A stored document to whoever has been shown it, its bytes proved against their hash before they leave.

    :class:`NotAllowedNow` where they are no longer what was stored.
    """
    try:
        content = content_of(document)
    except Damaged as lost:
        raise NotAllowedNow(
            _(
                "This document is no longer what was stored: it is not shown. The practice restores it from a backup."
            )
        ) from lost
    return pdf_response(content, filename, inline=inline)


def version_response(version: ContractVersion, *, inline: bool) -> HttpResponse:
    """The bytes of one version of a contract."""
    return document_response(version.document, f"{version.contract.ref}-v{version.number}.pdf", inline=inline)

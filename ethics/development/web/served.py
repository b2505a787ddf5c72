"""Giving a room's files to a browser: what proves, what was shown, the dossier."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from coaching.documents.files import file_response, kept
from coaching.documents.services import content_of
from coaching.documents.store import Damaged
from coaching.kernel.errors import NotAllowedNow

from ..models import Proof, ShownSheet


def proof_response(row: Proof) -> HttpResponse:
    """Under a name of ours: that of the file that was sent is not kept."""
    return file_response(row.kind, kept(row.address, bound_to=row.ref), row.ref)


def sheet_response(row: ShownSheet) -> HttpResponse:
    """The PDF of what was shown, its bytes proved against their hash before they leave."""
    try:
        content = content_of(row.document)
    except Damaged as lost:
        message = _(
            "This document is no longer what was stored: it is not shown. The practice restores it from a backup."
        )
        raise NotAllowedNow(message) from lost
    return file_response("pdf", content, row.ref)


def csv_response(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer

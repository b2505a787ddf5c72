"""The mailbox page of a development machine reads letters here; nothing else shows them."""

from django.conf import settings
from django.http import Http404

from .models import Letter


def local_letters(limit: int = 100) -> list[Letter]:
    """The last letters, newest first. Only where letters are not really sent."""
    _only_here()
    return list(Letter.unscoped.order_by("-id")[:limit])


def local_letter(ref: str) -> Letter:
    _only_here()
    letter = Letter.unscoped.filter(ref=ref).first()
    if letter is None:
        raise Http404
    return letter


def _only_here() -> None:
    if settings.OUTBOX_DELIVERY != "mailbox":
        raise Http404

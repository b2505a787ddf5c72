"""HTML to PDF, pure: the same input gives the same bytes; nothing is fetched, nothing is written.

The work is done by :mod:`coaching.documents.engine` in processes of their own, see :mod:`coaching.documents.pool`.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from django.db import connections
from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import DomainError

from . import pool

# A contract takes about a second. The web server ends a worker that has been silent for 30.
CPU_SECONDS = 20
WALL_SECONDS = 25
MEMORY = 1 << 30

log = logging.getLogger(__name__)


NOT_MADE = _("The document could not be made. Try again in a moment. Nothing was lost.")


class RenderFailed(DomainError):
    """No PDF was made; nothing else has changed."""


class RenderTimeout(RenderFailed):
    """The document took too long to lay out."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF with what is known about it."""

    pdf: bytes
    pages: int
    sha256: str
    asked: tuple[str, ...]  # every address the document tried to fetch; all were refused
    peak_kb: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside the PDF: its name tells its type, ``relationship`` is one of ISO 32000's."""

    name: str
    content: bytes
    description: str
    relationship: str
    dated: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    cpu: int = CPU_SECONDS
    seconds: int = WALL_SECONDS
    memory: int = MEMORY


def render_pdf(
    body: str,
    *,
    title: str,
    language: str,
    authored_on: date,
    author: str,
    css: str,
    attachments: tuple[Attachment, ...] = (),
    limits: Limits = Limits(),
) -> Rendered:
    """Render ``body`` (HTML made by our templates from cleaned texts) to an archivable, accessible PDF.

    Never inside a transaction: a slow document must not hold the database. Raises :class:`RenderFailed` or
    :class:`RenderTimeout`; the caller has lost nothing.
    """
    _outside_any_transaction()
    job = {
        "html": _page(body, title, language, authored_on, author),
        "css": css,
        "cpu": limits.cpu,
        "seconds": limits.seconds,
        "memory": limits.memory,
        "files": [_described(one) for one in _in_order(attachments)],
    }
    head, pdf = pool.ask(job, [one.content for one in _in_order(attachments)])
    return _result(head, pdf)


def _in_order(attachments: tuple[Attachment, ...]) -> list[Attachment]:
    """By name, as the PDF's own directory of files must be."""
    return sorted(attachments, key=lambda one: one.name)


def _described(one: Attachment) -> dict:
    return {
        "name": one.name,
        "description": one.description,
        "relationship": one.relationship,
        "dated": int(one.dated.timestamp()),
    }


def _page(body: str, title: str, language: str, authored_on: date, author: str) -> str:
    """The dates come from the document, never from the clock: equal input, equal bytes."""
    day = authored_on.isoformat()
    return (
        f'<!DOCTYPE html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        f'<meta name="author" content="{escape(author)}">'
        f'<meta name="dcterms.created" content="{day}"><meta name="dcterms.modified" content="{day}">'
        f"</head><body>{body}</body></html>"
    )


def _result(head: dict, pdf: bytes) -> Rendered:
    error = head.get("error")
    if error:
        log.error("no document was made: %s %s", error, head.get("why", ""))
    if error == "timeout":
        raise RenderTimeout(
            _("The document took too long to make. Shorten it, or try again. Nothing was lost.")
        )
    if error:
        raise RenderFailed(NOT_MADE)
    return Rendered(
        pdf, head["pages"], hashlib.sha256(pdf).hexdigest(), tuple(head["asked"]), head["peak_kb"]
    )


def _outside_any_transaction() -> None:
    """The transaction a test case wraps itself in is not ours; any other is refused."""
    for connection in connections.all(initialized_only=True):
        if not all(block._from_testcase for block in connection.atomic_blocks):
            raise RuntimeError("a document was rendered inside a transaction")

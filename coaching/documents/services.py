"""Storing documents and giving their bytes back."""

from .canonical import digest
from .models import Document
from .rendering import Rendered
from .store import read, write_once


def store(
    rendered: Rendered, *, practice_ref: str, kind: str, title: str, language: str, snapshot: str
) -> Document:
    """Keep a rendered document: its bytes on disk first, then its row, in the caller's transaction.

    A crash in between leaves bytes nobody points to, never a row without its bytes.
    """
    sha256 = write_once(rendered.pdf)
    return Document.unscoped.create(
        practice_ref=practice_ref,
        kind=kind,
        title=title,
        language=language,
        sha256=sha256,
        size=len(rendered.pdf),
        pages=rendered.pages,
        snapshot=snapshot,
        snapshot_sha256=digest(snapshot),
    )


def content_of(document: Document) -> bytes:
    """The bytes of a document, proved to be those that were stored; :class:`store.Damaged` otherwise."""
    return read(document.sha256)


def attached(ref: str) -> bytes:
    """The bytes of the document a letter carries, proved like any other; for the outbox, when it sends."""
    return content_of(Document.unscoped.get(ref=ref))

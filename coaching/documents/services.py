"""Storing documents and giving their bytes back; replacing the seal they are sealed with."""

from cryptography.hazmat.primitives import hashes

from coaching.kernel import events
from coaching.kernel.acts import one_act
from coaching.kernel.viewer import Viewer

from . import seal
from .bundles import open_bundle
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


def replace_seal(viewer: Viewer, content: bytes, password: str) -> seal.Seal:
    """Put a PKCS#12 of the practice's own in the place of its seal. Records ``seal.replace`` with both fingerprints.

    Who may: the practice's administrator (the view's portal says so). The key of the seal before is destroyed; its
    certificate is kept, so that what it sealed still verifies. Raises :class:`coaching.kernel.errors.Invalid`.
    """
    bundle = open_bundle(content, password)
    before = seal.describe(viewer.practice_ref)
    after = bundle.certificate.fingerprint(hashes.SHA256()).hex()
    with one_act():
        events.record(
            chain=viewer.practice_ref,
            kind="seal.replace",
            actor=viewer.user_ref,
            subject=viewer.practice_ref,
            data={"before": before.fingerprint.replace(":", "") if before else "", "after": after},
        )
        seal.put(viewer.practice_ref, bundle.key, bundle.certificate, bundle.chain)
    return seal.face_of(bundle.certificate)

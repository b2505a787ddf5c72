"""Sealing: from a contract with its annex of evidence, as HTML, to one PDF that shows any later change.

Render, compare with what was signed, make the field, seal (PAdES B-B, or B-T where a timestamp authority is set). All of
it in memory, outside any transaction: whoever is killed on the way has written nothing. A certifying signature that
allows no change is put on the whole file, so that a reader of PDFs too calls any addition an alteration.
"""

import asyncio
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import DomainError

from .comparing import PagesDiffer, refuse_other_pages
from .rendering import Attachment, Rendered, render_pdf
from .seal import SealUnusable, signing_material
from .signature_field import FIELD, with_signature_field
from .timestamps import Authority, TimestampFailed

# Bytes kept free in the file; what is not used stays as zeros. The authority's certificates come with its timestamp.
ROOM_FOR_SEAL = 4 << 10
ROOM_FOR_TIMESTAMP = 16 << 10
SIGNED_FILE = "signed.pdf"


class Step(StrEnum):
    """What is being done, for whoever watches."""

    PREPARING = "preparing"
    RENDERING = "rendering"
    COMPARING = "comparing"
    SEALING = "sealing"
    STORING = "storing"


class SealFailed(DomainError):
    """No sealed document was made; nothing has changed. ``again`` tells whether trying again can help."""

    again = False


class OtherPages(SealFailed):
    """The document as it is rendered now is not the one that was signed: it is never sealed."""


class NoTimestamp(SealFailed):
    """The timestamp authority did not answer, or not with a timestamp. The seal waits for it."""

    again = True


class NoSeal(SealFailed):
    """The practice's certificate is missing or cannot be opened."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed document, with what is known about it."""

    pdf: bytes
    pages: int
    sha256: str
    certificate: str  # SHA-256 of the certificate it was sealed with
    sealed_at: datetime
    timestamped: bool
    peak_kb: int

    @property
    def rendered(self) -> Rendered:
        """As the store takes it."""
        return Rendered(self.pdf, self.pages, self.sha256, (), self.peak_kb)


def _silent(step: Step) -> None:
    """Nobody watches."""


def seal_document(
    body: str,
    *,
    signed: bytes,
    practice_ref: str,
    title: str,
    language: str,
    authored_on: date,
    author: str,
    css: str,
    attachments: tuple[Attachment, ...],
    signed_description: str,
    label: str,
    reason: str,
    report: Callable[[Step], None] = _silent,
) -> Sealed:
    """Render ``body``, whose first pages must be those of ``signed``, attach, seal with the practice's certificate.

    Who may: the worker, once every signature is there; never inside a transaction. Records nothing and keeps nothing: the
    caller stores the result. ``label`` names the seal to those who listen to the document, ``reason`` says in the seal
    why it was put. Raises :class:`OtherPages`, :class:`NoTimestamp` (to be tried again), :class:`NoSeal` and
    :class:`coaching.documents.rendering.RenderFailed`.
    """
    report(Step.PREPARING)
    dated = max(one.dated for one in attachments)
    itself = Attachment(SIGNED_FILE, signed, signed_description, "Source", dated)
    report(Step.RENDERING)
    rendered = render_pdf(
        body,
        title=title,
        language=language,
        authored_on=authored_on,
        author=author,
        css=css,
        attachments=(*attachments, itself),
    )
    report(Step.COMPARING)
    try:
        refuse_other_pages(signed, rendered.pdf)
    except PagesDiffer as differ:
        raise OtherPages(
            _("The document can no longer be made as it was signed. It was not sealed.")
        ) from differ
    report(Step.SEALING)
    return seal_pdf(rendered, practice_ref=practice_ref, label=label, reason=reason)


def seal_pdf(rendered: Rendered, *, practice_ref: str, label: str, reason: str) -> Sealed:
    """Put the practice's seal on a PDF that has none. Same errors as :func:`seal_document`."""
    try:
        authority = Authority(settings.TSA_URL) if settings.TSA_URL else None
        signer, certificate = _signer(practice_ref)
        pdf = _sign(with_signature_field(rendered.pdf, label), signer, authority, reason)
    except SealUnusable as unusable:
        raise NoSeal(unusable.message) from unusable
    except TimestampFailed as failed:
        raise NoTimestamp(
            _(
                "The timestamp authority does not answer as it should. The seal will be put as soon as it does."
            )
        ) from failed
    return Sealed(
        pdf=pdf,
        pages=rendered.pages,
        sha256=hashlib.sha256(pdf).hexdigest(),
        certificate=certificate,
        sealed_at=datetime.now(UTC),
        timestamped=authority is not None,
        peak_kb=rendered.peak_kb,
    )


def _signer(practice_ref: str):
    """The practice's key as pyHanko takes it, and its certificate's fingerprint."""
    from asn1crypto import keys, x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    material = signing_material(practice_ref)
    others = SimpleCertificateStore()
    others.register_multiple(x509.Certificate.load(one) for one in material.chain)
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(material.certificate),
        signing_key=keys.PrivateKeyInfo.load(material.key),
        cert_registry=others,
    )
    return signer, hashlib.sha256(material.certificate).hexdigest()


def _writer(pdf: bytes):
    """Adds to the file and to nothing in it: its version and its metadata stay those PDF/A-3 was made with."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Writer(IncrementalPdfFileWriter):
        def ensure_output_version(self, version):
            """PDF 2.0 would be claimed for an elliptic curve; PDF/A-3 is PDF 1.7."""

        def register_extension(self, ext):
            if not ext.prefix_name.startswith("/ISO_"):  # those are of PDF 2.0
                super().register_extension(ext)

        def _update_meta(self):
            """The date of the seal is in the seal."""

    return Writer(io.BytesIO(pdf))


def _sign(pdf: bytes, signer, authority, reason: str) -> bytes:
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    chain = sum(len(one.dump()) for one in signer.cert_registry)
    room = ROOM_FOR_SEAL + chain + (ROOM_FOR_TIMESTAMP if authority else 0)
    sealing = PdfSigner(about, signer, timestamper=authority).async_sign_pdf(
        _writer(pdf), existing_fields_only=True, bytes_reserved=2 * room
    )
    return asyncio.run(sealing).getvalue()

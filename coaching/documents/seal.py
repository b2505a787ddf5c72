"""The practice's seal: a key pair and a self-signed certificate, made when the practice is, or one of its own.

Kept as a PKCS#12 file beside the keys, its password derived from the deployment's key. Every certificate that was ever
the practice's is kept too, without its key, so that what it sealed can be judged for as long as the document lives.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coaching.kernel import crypto
from coaching.kernel.errors import DomainError

from .self_signed import certify


@dataclass(frozen=True, slots=True)
class Seal:
    """What may be shown of a seal: everything but its private key."""

    subject: str
    issuer: str
    fingerprint: str
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Material:
    """What a document is sealed with, in DER. Never leaves this room."""

    key: bytes
    certificate: bytes
    chain: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A certificate of a practice of this installation."""

    practice_ref: str
    certificate: bytes


class SealUnusable(DomainError):
    """There is no seal, or its time has passed."""


def make_seal(practice_ref: str, practice_name: str) -> None:
    """Make the seal of a new practice, once; a seal that is there is never replaced here."""
    if _path(practice_ref).exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    put(practice_ref, key, certify(key, practice_ref, practice_name), (), fresh=True)


def put(practice_ref: str, key, certificate: x509.Certificate, chain=(), *, fresh: bool = False) -> None:
    """Make this key and certificate the practice's seal; the one before keeps its certificate and loses its key.

    Whole or not at all. ``fresh`` refuses to take the place of another.
    """
    password = serialization.BestAvailableEncryption(_password(practice_ref))
    bundle = pkcs12.serialize_key_and_certificates(
        practice_ref.encode(), key, certificate, list(chain) or None, password
    )
    path = _path(practice_ref)
    if path.exists():
        _remember(practice_ref, _load(practice_ref).cert.certificate)
    _remember(practice_ref, certificate)
    _write(path, bundle, replace=not fresh)


def describe(practice_ref: str) -> Seal | None:
    """The seal's public face, or None when there is none yet."""
    if not _path(practice_ref).exists():
        return None
    return face_of(_load(practice_ref).cert.certificate)


def former(practice_ref: str) -> list[Seal]:
    """The certificates that were the practice's seal before this one, the latest first."""
    present = describe(practice_ref)
    kept = [x509.load_pem_x509_certificate(one.read_bytes()) for one in _kept(practice_ref)]
    faces = [face_of(one) for one in kept]
    return sorted(
        (one for one in faces if present is None or one.fingerprint != present.fingerprint),
        key=lambda one: one.not_before,
        reverse=True,
    )


def face_of(certificate: x509.Certificate) -> Seal:
    return Seal(
        subject=_common_name(certificate.subject),
        issuer=_common_name(certificate.issuer),
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(":"),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )


def signing_material(practice_ref: str) -> Material:
    """Key and certificates for sealing; :class:`SealUnusable` when there are none, or no longer."""
    if not _path(practice_ref).exists():
        raise SealUnusable(_("The practice has no seal yet."))
    bundle = _load(practice_ref)
    certificate = bundle.cert.certificate
    if not certificate.not_valid_before_utc <= datetime.now(UTC) <= certificate.not_valid_after_utc:
        raise SealUnusable(_("The certificate of the practice’s seal is not valid today. Replace it."))
    key = bundle.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = tuple(one.certificate.public_bytes(serialization.Encoding.DER) for one in bundle.additional_certs)
    return Material(key, certificate.public_bytes(serialization.Encoding.DER), chain)


def known_certificates() -> dict[str, Known]:
    """Every certificate that is or was a practice's seal here, by its SHA-256."""
    known = {}
    for path in _kept("*"):
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        known[certificate.fingerprint(hashes.SHA256()).hex()] = Known(
            path.parent.name, certificate.public_bytes(serialization.Encoding.DER)
        )
    return known


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def _load(practice_ref: str):
    return pkcs12.load_pkcs12(_path(practice_ref).read_bytes(), _password(practice_ref))


def _kept(practice_ref: str) -> list[Path]:
    return sorted(_certificates().glob(f"{practice_ref}/*.pem"))


def _certificates() -> Path:
    return Path(settings.KEYS_DIR) / "certificates"


def _remember(practice_ref: str, certificate: x509.Certificate) -> None:
    name = certificate.fingerprint(hashes.SHA256()).hex()
    path = _certificates() / practice_ref / f"{name}.pem"
    if not path.exists():
        _write(path, certificate.public_bytes(serialization.Encoding.PEM), replace=True)


def _write(path: Path, content: bytes, *, replace: bool) -> None:
    """Durably, whole or not at all, readable by the owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, 0o400)
        if replace:
            os.replace(name, path)
        else:
            os.link(name, path)  # refuses to take the place of another
    finally:
        Path(name).unlink(missing_ok=True)


def _path(practice_ref: str) -> Path:
    return Path(settings.KEYS_DIR) / f"seal-{practice_ref}.p12"


def _password(practice_ref: str) -> bytes:
    return crypto.derive(f"seal:{practice_ref}").hex().encode()

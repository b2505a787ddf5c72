"""The practice's seal: a key pair and a self-signed certificate, made when the practice is.

Kept as a PKCS#12 file beside the keys, its password derived from the deployment's key.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from coaching.kernel import crypto

LIFE = timedelta(days=3652)


@dataclass(frozen=True, slots=True)
class Seal:
    """What may be shown of a seal: everything but its private key."""

    subject: str
    fingerprint: str
    not_before: datetime
    not_after: datetime


def make_seal(practice_ref: str, practice_name: str) -> None:
    """Make the seal of a new practice, once; a seal that is there is never replaced here."""
    path = _path(practice_ref)
    if path.exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(key, practice_ref, practice_name)
    password = serialization.BestAvailableEncryption(_password(practice_ref))
    bundle = pkcs12.serialize_key_and_certificates(practice_ref.encode(), key, certificate, None, password)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as out:
        out.write(bundle)
        out.flush()
        os.fsync(out.fileno())


def describe(practice_ref: str) -> Seal | None:
    """The seal's public face, or None when there is none yet."""
    path = _path(practice_ref)
    if not path.exists():
        return None
    bundle = pkcs12.load_pkcs12(path.read_bytes(), _password(practice_ref))
    certificate = bundle.cert.certificate
    return Seal(
        subject=certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value,
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(":"),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )


def _certificate(key, practice_ref: str, practice_name: str) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, practice_name[:64]),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, practice_ref),
        ]
    )
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    return builder.sign(key, hashes.SHA256())


def _path(practice_ref: str) -> Path:
    return Path(settings.KEYS_DIR) / f"seal-{practice_ref}.p12"


def _password(practice_ref: str) -> bytes:
    return crypto.derive(f"seal:{practice_ref}").hex().encode()

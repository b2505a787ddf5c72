"""Opening a PKCS#12 file somebody gives as their practice's seal, and saying in words why it cannot be one."""

from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import pkcs12 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import Invalid

LARGEST = 256 << 10
MOST_ROUNDS = 5_000_000  # of key derivation: a few seconds; a file may ask for hours
SMALLEST_RSA = 2048
CURVES = ("secp256r1", "secp384r1", "secp521r1")
# A certificate for these purposes alone is not for documents.
OTHER_PURPOSES = {Usage.SERVER_AUTH, Usage.CODE_SIGNING, Usage.TIME_STAMPING, Usage.OCSP_SIGNING}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A key and its certificates, found fit to seal."""

    key: object
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


def open_bundle(content: bytes, password: str) -> Bundle:
    """The key and certificates in ``content``; :class:`Invalid`, beside the field it speaks of, when they cannot seal."""
    _refuse_heavy(content)
    try:
        found = pkcs12.load_pkcs12(content, password.encode() if password else None)
    except ValueError as wrong:
        raise Invalid(
            _("This file does not open: the password is wrong, or it is not a PKCS#12 file (.p12, .pfx)."),
            field="password",
        ) from wrong
    except Exception as wrong:  # algorithms and keys the library does not know
        raise Invalid(
            _("This file holds a key of a kind that cannot seal documents."), field="file"
        ) from wrong
    if found.key is None or found.cert is None:
        raise Invalid(_("This file does not hold both a private key and its certificate."), field="file")
    certificate = found.cert.certificate
    _refuse_unfit(found.key, certificate)
    return Bundle(found.key, certificate, tuple(one.certificate for one in found.additional_certs))


def _refuse_heavy(content: bytes) -> None:
    """What is not a bundle, or would keep the machine busy deriving a key, is refused before it is opened."""
    if not content or len(content) > LARGEST:
        raise Invalid(_("This is not a PKCS#12 file (.p12, .pfx)."), field="file")
    try:
        rounds = list(_rounds(asn1.Pfx.load(content, strict=True)))
    except Exception as wrong:  # the parser raises whatever the bytes provoke
        raise Invalid(_("This is not a PKCS#12 file (.p12, .pfx)."), field="file") from wrong
    if sum(rounds) > MOST_ROUNDS:
        raise Invalid(_("This file is protected in a way that takes too long to open."), field="file")


def _rounds(pfx: asn1.Pfx):
    """Iterations asked for by every part of the file."""
    if pfx["mac_data"].native:
        yield pfx["mac_data"]["iterations"].native
    for part in pfx.authenticated_safe:
        if part["content_type"].native == "encrypted_data":
            yield _rounds_of(part["content"]["encrypted_content_info"]["content_encryption_algorithm"])
        elif part["content_type"].native == "data":
            for bag in asn1.SafeContents.load(part["content"].native):
                if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                    yield _rounds_of(bag["bag_value"]["encryption_algorithm"])


def _rounds_of(algorithm) -> int:
    if algorithm["algorithm"].native == "pbes2":
        parameters = algorithm["parameters"]["key_derivation_func"]["parameters"]
    else:
        parameters = algorithm["parameters"]
    return int(parameters["iterations" if "iterations" in parameters.native else "iteration_count"].native)


def _refuse_unfit(key, certificate: x509.Certificate) -> None:
    if key.public_key() != certificate.public_key():
        raise Invalid(_("The private key is not the one of the certificate."), field="file")
    if isinstance(key, rsa.RSAPrivateKey):
        if key.key_size < SMALLEST_RSA:
            raise Invalid(_("The key is too short: RSA keys need at least 2048 bits."), field="file")
    elif not (isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVES):
        raise Invalid(_("This file holds a key of a kind that cannot seal documents."), field="file")
    now = datetime.now(UTC)
    if certificate.not_valid_after_utc < now:
        raise Invalid(_("This certificate has expired."), field="file")
    if certificate.not_valid_before_utc > now:
        raise Invalid(_("This certificate is not valid yet."), field="file")
    if not _may_sign(certificate):
        raise Invalid(_("This certificate was not made for signing documents."), field="file")


def _may_sign(certificate: x509.Certificate) -> bool:
    extensions = certificate.extensions
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        if not (usage.digital_signature or usage.content_commitment):
            return False
    except x509.ExtensionNotFound:
        return False  # what judges a seal asks for it
    try:
        purposes = set(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return True
    return bool(purposes - OTHER_PURPOSES)

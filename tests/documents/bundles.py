"""Certificates and PKCS#12 files of every kind, good and bad, for the tests of the seal."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "sésame"
USAGE = dict.fromkeys(
    ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    False,
)  # fmt: skip


def certify(
    key,
    *,
    name="Cabinet à soi",
    issuer=None,
    issuer_key=None,
    days=(-1, 365),
    usage=True,
    purposes=(),
    ca=False,
):
    """A certificate for ``key``; ``usage`` None leaves the extension out, False forbids signing."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if usage is not None:
        bits = {**USAGE, "key_cert_sign": ca, "digital_signature": usage, "content_commitment": usage}
        bits["key_encipherment"] = not usage
        builder = builder.add_extension(x509.KeyUsage(**bits), critical=True)
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return builder.sign(issuer_key or key, hashes.SHA256())


def bundle(key, certificate, *, password=PASSWORD, chain=(), rounds=None) -> bytes:
    encryption = serialization.BestAvailableEncryption(password.encode())
    if rounds:
        encryption = (
            serialization.PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(rounds)
            .build(password.encode())
        )
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, list(chain) or None, encryption)


def curve():
    return ec.generate_private_key(ec.SECP256R1())

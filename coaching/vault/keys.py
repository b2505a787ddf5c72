"""Key pairs, compartment keys, and what each sealed thing is bound to."""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from coaching.kernel import crypto
from coaching.kernel.crypto import Undecipherable

from .models import Compartment, PublicKey, SealedText

PURPOSE = "vault"
VERSION = "2"
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)  # RFC 9180, base mode


def new_pair() -> tuple[bytes, bytes]:
    """A private key and its public half, raw."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_half(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def new_compartment_key() -> bytes:
    return AESGCM.generate_key(bit_length=256)


def seal_key(key: bytes, compartment: Compartment, generation: int, to: PublicKey) -> bytes:
    """A compartment's key for one member: only their private key opens it, and only as theirs of this compartment."""
    check_vouched(to)
    public = X25519PublicKey.from_public_bytes(bytes(to.key))
    return SUITE.encrypt(key, public, member_binding(compartment, generation, to.user_id, to.generation))


def open_key(sealed: bytes, private: bytes, member: bytes) -> bytes:
    try:
        return SUITE.decrypt(bytes(sealed), X25519PrivateKey.from_private_bytes(private), member)
    except (InvalidTag, ValueError) as wrong:
        raise Undecipherable("not this member's key of this compartment") from wrong


def old_key(compartment: Compartment) -> bytes:
    """The key of a compartment from before there were key pairs, sealed under the deployment's key."""
    return crypto.decrypt(compartment.sealed_key, purpose=PURPOSE, bound_to=_identity(compartment))


def vouch(public: PublicKey) -> str:
    """Says that the product itself wrote this public key: one slipped into the database alone is refused."""
    said = "\x1f".join([str(public.user_id), str(public.generation), bytes(public.key).hex()]).encode()
    return hmac.new(crypto.derive("public-keys"), said, hashlib.sha256).hexdigest()


def is_vouched(public: PublicKey) -> bool:
    return hmac.compare_digest(public.mark, vouch(public))


def check_vouched(public: PublicKey) -> None:
    if not is_vouched(public):
        raise Undecipherable("a public key that this installation has not made")


def binding(compartment: Compartment, text: SealedText) -> bytes:
    """Version, place, row, mission and audience: a ciphertext moved anywhere else does not open."""
    if text.generation == 0:  # sealed before there were key pairs
        return "\x1f".join(["1", text.place, text.row, text.ref]).encode() + b"\x1f" + _identity(compartment)
    said = [VERSION, text.place, text.row, text.ref, str(text.number), str(text.generation)]
    return "\x1f".join(said).encode() + b"\x1f" + _identity(compartment)


def member_binding(compartment: Compartment, generation: int, user_id: int, pair: int) -> bytes:
    said = ["member", VERSION, str(generation), str(user_id), str(pair)]
    return "\x1f".join(said).encode() + b"\x1f" + _identity(compartment)


def _identity(c: Compartment) -> bytes:
    return "\x1f".join([c.ref, c.practice_ref, c.mission_ref, c.audience, c.about]).encode()

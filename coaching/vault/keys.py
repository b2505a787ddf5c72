"""Compartment keys, and what a sealed text is bound to."""

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coaching.kernel import crypto

from .models import Compartment, SealedText

PURPOSE = "vault"
VERSION = "1"


def new_sealed_key(compartment: Compartment) -> bytes:
    key = AESGCM.generate_key(bit_length=256)
    return crypto.encrypt(key, purpose=PURPOSE, bound_to=_identity(compartment))


def open_key(compartment: Compartment) -> bytes:
    return crypto.decrypt(compartment.sealed_key, purpose=PURPOSE, bound_to=_identity(compartment))


def binding(compartment: Compartment, text: SealedText) -> bytes:
    """Version, place, row, mission and audience: a ciphertext moved anywhere else does not open."""
    return "\x1f".join([VERSION, text.place, text.row, text.ref]).encode() + b"\x1f" + _identity(compartment)


def _identity(c: Compartment) -> bytes:
    return "\x1f".join([c.ref, c.practice_ref, c.mission_ref, c.audience, c.about]).encode()

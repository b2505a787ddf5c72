"""What a person has not sent yet: sealed to their own key, so that nobody else opens it, whatever they hold.

Sealing needs nobody's key to be open: a form is kept after its session has ended, too.
"""

import logging
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from coaching.accounts.models import User
from coaching.kernel.crypto import Undecipherable

from . import keyring
from .access import public_keys
from .errors import Locked
from .keys import SUITE, is_vouched

log = logging.getLogger("coaching.vault")
HEAD = struct.Struct(">BI")  # how it is sealed, for which generation of the person's pair
TO_PERSON = 2


def seal(user: User, plain: bytes, bound_to: bytes) -> bytes:
    """For this person alone; as it is for somebody who has no pair yet, under whatever the caller wraps it in.

    So it is for somebody whose public key was altered: nothing is sealed to that one, and what they typed is not lost.
    """
    public = public_keys([user.pk]).get(user.pk)
    if public is None:
        return plain
    if not is_vouched(public):
        log.error("altered public key, nothing is sealed to it: %s", user.ref)
        return plain
    head = HEAD.pack(TO_PERSON, public.generation)
    return head + SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(bytes(public.key)), head + bound_to)


def open_(user: User, sealed: bytes, bound_to: bytes) -> bytes:
    """To its person, with their key open: :class:`Locked` otherwise."""
    if sealed[:1] != bytes([TO_PERSON]):
        return sealed
    generation = HEAD.unpack(sealed[: HEAD.size])[1]
    own = keyring.key_of(user.pk)
    if own.generation < generation:
        raise Locked
    try:
        private = X25519PrivateKey.from_private_bytes(own.private)
        return SUITE.decrypt(sealed[HEAD.size :], private, sealed[: HEAD.size] + bound_to)
    except (InvalidTag, ValueError) as wrong:
        raise Undecipherable("not sealed to this key") from wrong

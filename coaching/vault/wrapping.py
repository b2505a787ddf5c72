"""A private key under a password or a recovery code: slow to try, and not to be tried at all without the pepper.

Two layers. Inside, AES-256-GCM under what Argon2id makes of the secret. Outside, AES-256-GCM under a key that HKDF makes
of the pepper, a file beside the deployment's key: a stolen database does not even let anybody try passwords, and the
pepper can be changed by a command, which needs nobody's password. Both layers are bound to whose key it is, of which
generation, and to which of its two wraps this is.
"""

import secrets
import struct
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from coaching.kernel import crypto
from coaching.kernel.crypto import Undecipherable

PURPOSE = "vault-pair"
VERSION = "1"
COST = struct.Struct(">HIB")  # iterations, memory in KiB, lanes
SALT = 16
DEAREST = 4 * 1024 * 1024  # KiB; a damaged row must not take the machine's memory


class Wrap(StrEnum):
    PASSWORD = "password"  # noqa: S105  a word, not a password
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Owner:
    """What a wrapped key is bound to."""

    user_ref: str
    generation: int
    wrap: Wrap

    def binding(self) -> bytes:
        return "\x1f".join(["key pair", VERSION, self.user_ref, str(self.generation), self.wrap]).encode()


def wrap(private: bytes, secret: str, owner: Owner) -> bytes:
    """``private`` under ``secret``, with a salt of its own and the cost of today's settings."""
    cost = COST.pack(*(settings.VAULT_ARGON2[name] for name in ("iterations", "memory_cost", "lanes")))
    head = cost + secrets.token_bytes(SALT)
    inner = crypto.encrypt(
        private, purpose=PURPOSE, bound_to=owner.binding() + head, key=_stretch(secret, head)
    )
    return cover(head + inner, owner)


def unwrap(blob: bytes, secret: str, owner: Owner) -> bytes:
    """The private key, or :class:`Undecipherable` for a wrong secret, an altered wrap, or somebody else's."""
    plain = uncover(blob, owner)
    head, inner = plain[: COST.size + SALT], plain[COST.size + SALT :]
    return crypto.decrypt(inner, purpose=PURPOSE, bound_to=owner.binding() + head, key=_stretch(secret, head))


def cover(plain: bytes, owner: Owner) -> bytes:
    """The outer layer, under the pepper in force."""
    mark, pepper = list(crypto.peppers().items())[-1]
    sealed = crypto.encrypt(plain, purpose=PURPOSE, bound_to=owner.binding(), key=_outer_key(pepper))
    return bytes.fromhex(mark) + sealed


def uncover(blob: bytes, owner: Owner) -> bytes:
    pepper = crypto.peppers().get(mark_of(blob))
    if pepper is None:
        raise Undecipherable("wrapped under another pepper")
    return crypto.decrypt(bytes(blob)[4:], purpose=PURPOSE, bound_to=owner.binding(), key=_outer_key(pepper))


def mark_of(blob: bytes) -> str:
    """Which pepper the outer layer is under."""
    return bytes(blob)[:4].hex()


def _stretch(secret: str, head: bytes) -> bytes:
    iterations, memory, lanes = COST.unpack(head[: COST.size])
    if memory > DEAREST:
        raise Undecipherable("a cost nobody chose")
    slow = Argon2id(salt=head[COST.size :], length=32, iterations=iterations, lanes=lanes, memory_cost=memory)
    return slow.derive(secret.encode())


def _outer_key(pepper: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"posture vault key pair 1").derive(pepper)

"""The deployment's key, and the pepper beside it: AES-256-GCM for what must not lie in clear in a stolen database.

It protects against a stolen database or backup, not against someone who controls the running server. The
key is a file outside the database; it is made once, by ``manage.py init_keys`` on an empty installation,
and the process refuses to start without it: a new key would make every sealed text unreadable.
"""

import base64
import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = b"\x01"
NONCE = 12


class Undecipherable(Exception):
    """The bytes are not what was sealed under this key for this place."""


def key_file() -> Path:
    return Path(settings.KEYS_DIR) / "deployment.key"


def make_key(path: Path) -> None:
    """Write a fresh key, readable by the owner alone; refuses to replace one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as out:
        out.write(base64.b64encode(AESGCM.generate_key(bit_length=256)) + b"\n")
        out.flush()
        os.fsync(out.fileno())


@lru_cache(maxsize=4)
def _read_key(path: str) -> bytes:
    try:
        return _decode(Path(path), "deployment key")
    except FileNotFoundError as missing:
        raise ImproperlyConfigured(
            "The deployment key is missing. Restore it from your backup of the keys; "
            "a new key would make every confidential text unreadable."
        ) from missing


def _decode(path: Path, name: str) -> bytes:
    key = base64.b64decode(path.read_bytes(), validate=False)
    if len(key) != 32:
        raise ImproperlyConfigured(f"The {name} is damaged: 32 bytes were expected.")
    return key


def deployment_key() -> bytes:
    return _read_key(str(key_file()))


def pepper_file() -> Path:
    return Path(settings.KEYS_DIR) / "pepper.key"


def peppers() -> dict[str, bytes]:
    """The pepper by its mark, and during a rotation the one that takes its place; the one in force is the last.

    It is mixed into what a person's password opens (``coaching.vault``), so that neither the database nor the
    deployment's key lets anybody try passwords. Read from the file each time: a rotation may be under way.
    """
    # The next one first: while it takes the place of the other, one of the two readings finds it.
    read = [_decode(path, "pepper") for path in (next_pepper_file(), pepper_file()) if path.exists()]
    found = {pepper_mark(value): value for value in reversed(read)}
    if not found:
        raise ImproperlyConfigured(
            "The pepper is missing. Restore it from your backup of the keys; without it no password and no "
            "recovery code opens a private key any more."
        )
    return found


def next_pepper_file() -> Path:
    return pepper_file().with_suffix(".next")


def begin_pepper() -> None:
    """Another pepper, in force for what is wrapped from now on; the one before still opens what lies under it."""
    peppers()
    if not next_pepper_file().exists():
        make_key(next_pepper_file())


def end_pepper() -> None:
    """The new pepper takes the place of the old one, which is gone: nothing may lie under it any more."""
    os.replace(next_pepper_file(), pepper_file())


def pepper_mark(pepper: bytes) -> str:
    """Tells one pepper from another; the pepper cannot be found from it."""
    return hashlib.sha256(b"pepper mark:" + pepper).hexdigest()[:8]


def derive(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose; nothing can be learnt from it about any other."""
    return hmac.new(deployment_key(), b"subkey:" + purpose.encode(), hashlib.sha256).digest()


def encrypt(plain: bytes, *, purpose: str, bound_to: bytes, key: bytes | None = None) -> bytes:
    """Seal ``plain``; it opens only with the same purpose and the same ``bound_to``."""
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(key or derive(purpose)).encrypt(nonce, plain, VERSION + bound_to)
    return VERSION + nonce + sealed


def decrypt(blob: bytes, *, purpose: str, bound_to: bytes, key: bytes | None = None) -> bytes:
    """Open what :func:`encrypt` made, or raise :class:`Undecipherable`; never a wrong text."""
    blob = bytes(blob)
    if blob[:1] != VERSION:
        raise Undecipherable("unknown version")
    nonce, sealed = blob[1 : 1 + NONCE], blob[1 + NONCE :]
    try:
        return AESGCM(key or derive(purpose)).decrypt(nonce, sealed, VERSION + bound_to)
    except (InvalidTag, ValueError) as wrong:
        raise Undecipherable("not what was sealed here") from wrong

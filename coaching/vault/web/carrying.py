"""The private key between two requests: sealed in the web session under a value that only a cookie of the browser holds.

A stolen table of sessions opens nothing without the cookie, and the cookie nothing without the session. Both end
together: signing out empties the session and takes the cookie back.
"""

import base64
import secrets
import struct

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from coaching.kernel import crypto
from coaching.vault.keyring import Key

COOKIE = "vault"
SESSION = "vault_key"
PURPOSE = "vault-session"
GENERATION = struct.Struct(">I")


def carry(request: HttpRequest, answer: HttpResponse, user_id: int, key: Key) -> None:
    """From now on the session carries this key: sealed there, the value that opens it in a cookie."""
    secret = secrets.token_urlsafe(32)
    request.session[SESSION] = seal(user_id, key, secret)
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=None if request.session.get_expire_at_browser_close() else request.session.get_expiry_age(),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
    )


def seal(user_id: int, key: Key, secret: str) -> str:
    plain = GENERATION.pack(key.generation) + key.private
    sealed = crypto.encrypt(plain, purpose=PURPOSE, bound_to=_binding(user_id), key=_key(secret))
    return base64.b64encode(sealed).decode()


def carried(request: HttpRequest, user_id: int) -> Key | None:
    """The key this browser's session carries for this very person, if it does."""
    sealed, secret = request.session.get(SESSION), request.COOKIES.get(COOKIE)
    if not (sealed and secret and request.user.is_authenticated and request.user.pk == user_id):
        return None
    try:
        plain = crypto.decrypt(
            base64.b64decode(sealed), purpose=PURPOSE, bound_to=_binding(user_id), key=_key(secret)
        )
    except crypto.Undecipherable:
        return None
    return Key(*GENERATION.unpack(plain[:4]), plain[4:])


def drop(request: HttpRequest, answer: HttpResponse) -> None:
    """Nobody is signed in here any more, and no key is carried for a sign-in under way: the cookie goes."""
    if COOKIE in request.COOKIES and not request.user.is_authenticated and SESSION not in request.session:
        answer.delete_cookie(COOKIE, samesite="Lax")


def _binding(user_id: int) -> bytes:
    return f"session\x1f{user_id}".encode()


def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"posture vault session 1").derive(
        secret.encode()
    )

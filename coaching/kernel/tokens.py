"""Tokens of links: a value nobody guesses, of which only the hash is kept, or nothing at all."""

import base64
import hashlib
import hmac
import secrets

from .crypto import derive


def new_token() -> str:
    """256 bits, as a part of an address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def derived_token(purpose: str, seed: str) -> str:
    """256 bits that can be worked out again from the deployment's key: nothing has to be kept that would open a link."""
    secret = hmac.new(derive(purpose), seed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def naming_token(purpose: str, ref: str) -> str:
    """A derived one that says which row it opens, so that it can be worked out again and compared."""
    return f"{ref}.{derived_token(purpose, ref)}"


def named_by(token: str) -> str:
    """The reference a token claims to open; :func:`same_token` proves it."""
    return token.partition(".")[0]


def same_token(given: str, right: str) -> bool:
    """In a time that says nothing of where they differ."""
    return hmac.compare_digest(given.encode(), right.encode())

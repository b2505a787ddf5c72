"""Tokens of links: a value nobody guesses, of which only the hash is kept."""

import hashlib
import secrets


def new_token() -> str:
    """256 bits, as a part of an address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

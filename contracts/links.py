"""The link of a signatory: 256 bits that only their letter holds; the database keeps its hash.

The token is derived from the deployment's key, so that a reminder carries the very same link and nothing has to be
kept that would open it. A new number makes a new token: the old link is then nobody's.
"""

import base64
import hashlib
import hmac

from coaching.kernel.crypto import derive

from .models import Signatory


def token_of(signatory: Signatory) -> str:
    """The token of a signatory's present link, for the letter that carries it."""
    seed = f"{signatory.ref}:{signatory.link_number}".encode()
    secret = hmac.new(derive("signing-link"), seed, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")

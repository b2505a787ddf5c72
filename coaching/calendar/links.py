"""The secret part of a feed's address: 256 bits derived from the deployment's key, of which the database keeps the hash.

Derived, so that its owner may read the address again on their own page without its being kept anywhere. A new feed has
a reference of its own and so another address: the old one is then nobody's.
"""

import base64
import hashlib
import hmac

from coaching.kernel.crypto import derive


def token_of(ref: str) -> str:
    """The token of the feed with this reference, for its owner's page."""
    secret = hmac.new(derive("calendar-feed"), ref.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")

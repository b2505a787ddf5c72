"""The secret part of a feed's address: 256 bits derived from the deployment's key, of which the database keeps the hash.

Derived, so that its owner may read the address again on their own page without its being kept anywhere. A new feed has
a reference of its own and so another address: the old one is then nobody's.
"""

from coaching.kernel.tokens import derived_token


def token_of(ref: str) -> str:
    """The token of the feed with this reference, for its owner's page."""
    return derived_token("calendar-feed", ref)

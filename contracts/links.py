"""The link of a signatory: 256 bits that only their letter holds; the database keeps its hash.

The token is derived from the deployment's key, so that a reminder carries the very same link and nothing has to be
kept that would open it. A new number makes a new token: the old link is then nobody's.
"""

from coaching.kernel.tokens import derived_token

from .models import Signatory


def token_of(signatory: Signatory) -> str:
    """The token of a signatory's present link, for the letter that carries it."""
    return derived_token("signing-link", f"{signatory.ref}:{signatory.link_number}")

"""The divergence of a coachee, between the moment they word it and the moment all agree.

It is sealed under the deployment's key, not in the vault: it is read out to all by the last approval, and whoever gives
that one may be the organisation, which opens nothing in the vault. It holds against a stolen database.
"""

from coaching.kernel import crypto

from .models import CoacheeCopy

PURPOSE = "minutes.divergence"


def sealed(ref: str, text: str) -> bytes:
    """``text`` for the copy with this reference; nothing where nothing is said."""
    return crypto.encrypt(text.encode(), purpose=PURPOSE, bound_to=ref.encode()) if text else b""


def opened(copy: CoacheeCopy) -> str:
    """What was said, for a caller that has just shown the copy to its reader, or publishes it."""
    blob = bytes(copy.divergence)
    return crypto.decrypt(blob, purpose=PURPOSE, bound_to=copy.ref.encode()).decode() if blob else ""

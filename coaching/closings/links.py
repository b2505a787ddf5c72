"""The link of a letter to somebody who has no account. Nothing is kept that would open it.

Derived from the deployment's key, as a withdrawal's link is; it names the letter, opens it alone, and not for ever.
"""

import base64
import hashlib
import hmac
from datetime import timedelta

from django.http import Http404
from django.utils import timezone

from coaching.kernel.crypto import derive
from coaching.kernel.scoping import could_be_a_ref, the_one

from .models import PartyLetter

PURPOSE = "party-letter-link"
LASTS = timedelta(days=60)


def token_of(letter: PartyLetter) -> str:
    secret = hmac.new(derive(PURPOSE), letter.ref.encode(), hashlib.sha256).digest()
    return f"{letter.ref}.{base64.urlsafe_b64encode(secret).decode().rstrip('=')}"


def letter_of(token: str) -> PartyLetter:
    """The letter this token was made for; 404 for any other string, after sixty days, and once its seat has ended."""
    ref, _point, _proof = token.partition(".")
    rows = PartyLetter.unscoped.filter(ref=ref, seat__ended_at=None)
    rows = rows.select_related("mission", "seat__person", "document", "refusal", "termination")
    row = the_one(rows[:1] if could_be_a_ref(ref) else [])
    if not hmac.compare_digest(token.encode(), token_of(row).encode()):
        raise Http404
    if row.written_at + LASTS < timezone.now():
        raise Http404
    return row

"""The link of a letter to somebody who has no account. Nothing is kept that would open it.

Derived from the deployment's key, as a withdrawal's link is; it names the letter, opens it alone, and not for ever.
"""

from datetime import timedelta

from django.http import Http404
from django.utils import timezone

from coaching.kernel.scoping import could_be_a_ref, the_one
from coaching.kernel.tokens import named_by, naming_token, same_token

from .models import PartyLetter

PURPOSE = "party-letter-link"
LASTS = timedelta(days=60)


def token_of(letter: PartyLetter) -> str:
    return naming_token(PURPOSE, letter.ref)


def letter_of(token: str) -> PartyLetter:
    """The letter this token was made for; 404 for any other string, after sixty days, and once its seat has ended."""
    ref = named_by(token)
    rows = PartyLetter.unscoped.filter(ref=ref, seat__ended_at=None)
    rows = rows.select_related("mission", "seat__person", "document", "refusal", "termination")
    row = the_one(rows[:1] if could_be_a_ref(ref) else [])
    if not same_token(token, token_of(row)):
        raise Http404
    if row.written_at + LASTS < timezone.now():
        raise Http404
    return row

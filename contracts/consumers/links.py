"""The link by which a consumer without an account withdraws. Nothing is kept that would open it.

Like a signing link it is derived from the deployment's key; unlike it, it outlives the signing. It names the signatory, so
that it can be worked out again and compared, and opens this one page.
"""

from django.http import Http404

from coaching.kernel.scoping import could_be_a_ref, the_one
from coaching.kernel.tokens import named_by, naming_token, same_token

from ..models import Signatory
from ..signing_access import RELATED

PURPOSE = "withdrawal-link"


def token_of(signatory: Signatory) -> str:
    return naming_token(PURPOSE, signatory.ref)


def signatory_of(token: str) -> Signatory:
    """The signatory this token was made for; 404 for any other string."""
    ref = named_by(token)
    rows = Signatory.unscoped.filter(ref=ref).select_related(*RELATED, "seat__person")
    row = the_one(rows[:1] if could_be_a_ref(ref) else [])
    if not same_token(token, token_of(row)):
        raise Http404
    return row

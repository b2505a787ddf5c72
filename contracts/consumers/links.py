"""The link by which a consumer without an account withdraws. Nothing is kept that would open it.

Like a signing link it is derived from the deployment's key; unlike it, it outlives the signing. It names the signatory, so
that it can be worked out again and compared, and opens this one page.
"""

import base64
import hashlib
import hmac

from django.http import Http404

from coaching.kernel.crypto import derive
from coaching.kernel.scoping import could_be_a_ref, the_one

from ..models import Signatory
from ..signing_access import RELATED

PURPOSE = "withdrawal-link"


def token_of(signatory: Signatory) -> str:
    secret = hmac.new(derive(PURPOSE), signatory.ref.encode(), hashlib.sha256).digest()
    return f"{signatory.ref}.{base64.urlsafe_b64encode(secret).decode().rstrip('=')}"


def signatory_of(token: str) -> Signatory:
    """The signatory this token was made for; 404 for any other string."""
    ref, _point, _proof = token.partition(".")
    rows = Signatory.unscoped.filter(ref=ref).select_related(*RELATED, "seat__person")
    row = the_one(rows[:1] if could_be_a_ref(ref) else [])
    if not hmac.compare_digest(token.encode(), token_of(row).encode()):
        raise Http404
    return row

"""A consumer's acts without an account: by the link of the signing, and by the link of the letter that follows it."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from coaching.kernel.http import edits, reads
from coaching.kernel.links import carried, carry, read_in

from ...models import Signatory
from ...signing_access import Signer
from ...web.signing.public import by_link
from .. import access
from ..links import signatory_of
from . import acts
from .coachee import information_response, withdrawal_response
from .frames import of_link

COOKIE = "withdrawal"


def _at_signing(signer: Signer):
    hand = access.hand_of_signer(signer)
    return _consumer(signer.signatory), hand, of_link(reverse("signing"))


def _consumer(signatory: Signatory) -> access.Consumer:
    found = access.consumer_of(signatory.round.contract)
    if found is None:
        raise Http404
    return found


@login_not_required
@never_cache
@edits(None)
@by_link
def signing_information(request, signer):
    return acts.information(request, *_at_signing(signer))


@login_not_required
@never_cache
@reads(None)
@by_link
def signing_information_pdf(request, signer):
    return information_response(request, _at_signing(signer)[0])


@login_not_required
@never_cache
@edits(None)
@by_link
def signing_early_start(request, signer):
    return acts.begin_early(request, *_at_signing(signer))


@login_not_required
@never_cache
@reads(None)
def withdrawal_link(request, token):
    """The link of the letter: it becomes a cookie, and the address is clean again. Nothing is written."""
    signatory_of(token)
    return carry(request, COOKIE, token, to="withdrawal")


def by_letter(view):
    """Give ``view`` the consumer behind the cookie of the letter's link; 404 when there is none."""

    @wraps(view)
    def opened(request):
        token = carried(request, COOKIE)
        signatory = signatory_of(token)
        read_in(request, signatory.language)
        return view(request, signatory)

    return opened


@login_not_required
@never_cache
@edits(None, atomic=False)
@by_letter
def withdrawal(request, signatory):
    hand = access.hand_of_signatory(signatory)
    pages = of_link(reverse("home"))
    found = _consumer(signatory)
    return acts.withdraw(request, found, hand, pages, name=signatory.name, email=signatory.email)


@login_not_required
@never_cache
@reads(None)
@by_letter
def withdrawal_pdf(request, signatory):
    access.hand_of_signatory(signatory)
    return withdrawal_response(request, _consumer(signatory))

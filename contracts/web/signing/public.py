"""The door of a signatory's own link: the whole document, then the signature. No account, no portal."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from coaching.kernel.http import acts as acting
from coaching.kernel.http import edits, reads
from coaching.kernel.links import carried, carry, read_in
from coaching.kernel.tokens import hash_token

from ...consumers.web.panel import panel_of
from ...frozen import thaw
from ...rendering import charter_html, shown_clauses
from ...signing_access import LinkVoid, Place, Signer, places, signer_by_link
from ..pdf import version_response
from . import acts

COOKIE = "signatory"


@login_not_required
@never_cache
@reads(None)
def signing_link(request, token):
    """The link of the letter: its token becomes a cookie, and the address is clean again. Nothing is written."""
    return carry(request, COOKIE, hash_token(token), to="signing")


def by_link(view):
    """Give ``view`` the signatory behind the cookie, in their own language; say why when there is none."""

    @wraps(view)
    def opened(request):
        try:
            signer = signer_by_link(carried(request, COOKIE))
        except LinkVoid as void:
            return render(request, "contracts/public/void.html", {"reason": void.message}, status=void.status)
        read_in(request, signer.signatory.language)
        return view(request, signer)

    return opened


def _frame() -> acts.Frame:
    return acts.Frame(
        sign_template="contracts/public/sign.html",
        decline_template="contracts/public/decline.html",
        read_url=reverse("signing"),
        sign_url=reverse("signing_give"),
        done_url=reverse("signing"),
    )


def _here(signer: Signer) -> Place:
    return next(one for one in places(signer.signatory.round) if one.signatory.pk == signer.signatory.pk)


@login_not_required
@never_cache
@reads(None)
@by_link
def signing(request, signer):
    """The whole contract, and the way on; or what became of one's signature."""
    snapshot = thaw(signer.version.document.snapshot)
    context = {
        "signer": signer,
        "signatory": signer.signatory,
        "signing": signer.signatory.round,
        "place": _here(signer),
        "rights": panel_of(signer),
        "mission": signer.contract.mission,
        "contract": signer.contract,
        "version": signer.version,
        "newest": signer.version,
        "snapshot": snapshot,
        "clauses": shown_clauses(snapshot),
        "charter_html": charter_html(snapshot.charter, snapshot.language),
    }
    return render(request, "contracts/public/signing.html", context)


@login_not_required
@never_cache
@reads(None)
@by_link
def pdf(request, signer):
    return version_response(signer.version, inline="download" not in request.GET)


@login_not_required
@acting(None)
@by_link
def proceed(request, signer):
    return acts.proceed(signer, _frame())


@login_not_required
@never_cache
@edits(None, atomic=False)
@by_link
def give(request, signer):
    return acts.sign(request, signer, _frame())


@login_not_required
@never_cache
@edits(None)
@by_link
def decline(request, signer):
    return acts.decline(request, signer, _frame())

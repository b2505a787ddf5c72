"""Opens a ring of keys for each request, carries on what was opened in it, and asks where a key is closed."""

from contextlib import suppress
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from coaching.vault import keyring
from coaching.vault.errors import Locked
from coaching.vault.services import settle

from .carrying import SESSION, carried, carry, drop


class KeyringMiddleware:
    """After the session, the sign-in and the keeping of forms. A page that opens nothing costs nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with keyring.opened(lambda user_id: carried(request, user_id)) as ring:
            answer = self.get_response(request)
            _carry_on(request, answer, ring)
            if request.method == "POST" and answer.status_code < 400:
                _settle(request)
        return answer

    def process_exception(self, request, exception):
        return ask(request) if isinstance(exception, Locked) else None


def _carry_on(request, answer, ring: keyring.Ring) -> None:
    """A key that was opened in this request: of who is signed in, or of who still owes their second factor."""
    user = request.user
    mine = {pk: key for pk, key in ring.fresh.items() if not user.is_authenticated or pk == user.pk}
    if mine:
        carry(request, answer, *mine.popitem())
    else:
        drop(request, answer)


def _settle(request) -> None:
    """After an act of somebody whose key is open: those who wait for it receive what they wait for."""
    if request.user.is_authenticated and SESSION in request.session:
        with suppress(Locked):
            settle(request.user.pk, request.user.ref)


def ask(request) -> HttpResponse:
    """To the page that opens one's key, and from there back to where one was; what was typed is kept on the way."""
    ticket = getattr(request, "ticket", None)
    if ticket is not None:
        messages.warning(request, _("What you typed is kept: open your key, and it is in the form again."))
    target = f"{reverse('unlock')}?{urlencode({'next': _back(request, ticket)})}"
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = target
        return answer
    return redirect(target)


def _back(request, ticket) -> str:
    if ticket is not None:
        return ticket.address.partition("#")[0]
    if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        return request.get_full_path()
    came = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure()):
        return urlsplit(came).path
    return request.path

"""The middleware that keeps forms: it catches what an expired session would lose, and forgets what has been taken."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm, FileInput, PasswordInput, Textarea
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as plain_csrf_failure

from . import drafts
from .drafts import FIELD, Kept, Ticket

NEVER = (PasswordInput, FileInput)
FRESH = "fresh"  # in the address: shown as recorded, without what was kept


class Keeper:
    """What a page of forms needs for one request: ``kernel.forms.show`` hands its forms to :meth:`attend`."""

    def __init__(self, request):
        self.request = request

    def attend(self, form: BaseForm) -> None:
        """Give a form with a long text its ticket, and, when it is shown anew, what its person left in it."""
        user = self.request.user
        widgets = [field.widget for field in form.fields.values()]
        if not user.is_authenticated or not any(isinstance(widget, Textarea) for widget in widgets):
            return
        if any(isinstance(widget, NEVER) for widget in widgets):
            return
        ticket = Ticket(user.ref, _address(self.request, form))
        form.ticket = ticket.sign()
        self.request.fragments = True  # kept as one types: the page loads what asks for it
        if not form.is_bound and FRESH not in self.request.GET:
            found = drafts.find(user, ticket.address, self.request.COOKIES.get(drafts.COOKIE, ""))
            form.found_at = found.at if found and _restore(form, found) else None


def _address(request, form) -> str:
    """Where the form stands; of several on one page, each says its own name in ``kept_as``.

    A form that is open in several windows says its whole address in ``kept_at``, one for each.
    """
    if getattr(form, "kept_at", ""):
        return form.kept_at
    name = getattr(form, "kept_as", "")
    return f"{request.path}#{name}" if name else request.path


def _restore(form: BaseForm, found: Kept) -> bool:
    """Put back what was typed; False when it says nothing else than the form does already."""
    typed = {}
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        if key in found.data or not field.widget.value_omitted_from_data(found.data, {}, key):
            typed[name] = field.widget.value_from_datadict(found.data, {}, key)
    long_texts = [name for name in typed if isinstance(form.fields[name].widget, Textarea)]
    if all(_same(typed[name], form.get_initial_for_field(form.fields[name], name)) for name in long_texts):
        return False
    form.initial = {**(form.initial or {}), **typed}
    return True


def _same(typed, shown) -> bool:
    return (typed or "").replace("\r\n", "\n").strip() == str(shown or "").replace("\r\n", "\n").strip()


class KeepingMiddleware:
    """After the session, before the sign-in is required."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.keeper = Keeper(request)
        answer = self.get_response(request)
        ticket = getattr(request, "ticket", None)
        if ticket and 300 <= answer.status_code < 400:
            _settle(request, ticket, answer)
        return answer

    def process_view(self, request, view, args, kwargs):
        ticket = read_ticket(request)
        if ticket is None:
            return None
        if not request.user.is_authenticated:
            return session_expired(request, ticket)
        if request.user.ref != ticket.user_ref:
            return _somebody_else(request, ticket)
        request.ticket = ticket
        return None


def read_ticket(request) -> Ticket | None:
    return drafts.read_ticket(request.POST.get(FIELD, "")) if request.method == "POST" else None


def _settle(request, ticket: Ticket, answer) -> None:
    """Taken: the draft goes. Sent to sign in once more on the way: it stays, with what was just typed."""
    if answer.get("Location", "").startswith("/accounts/"):
        drafts.keep(ticket, request.POST)
    else:
        drafts.forget(ticket)


def session_expired(request, ticket: Ticket) -> HttpResponse:
    """Keep the form for its account and ask for the sign-in; the address of the form is where it leads back to."""
    secret = request.COOKIES.get(drafts.COOKIE) or drafts.new_secret()
    kept = drafts.hand_over(ticket, request.POST, secret)
    if request.headers.get("HX-Request"):
        answer = render(request, "accounts/includes/kept.html", {"expired": True, "address": ticket.address})
    else:
        if kept:
            messages.warning(
                request,
                _("Your session had ended. What you typed is kept: sign in, and it is in the form again."),
            )
        answer = redirect_to_login(ticket.address)
    _remember(request, answer, secret)
    return answer


def _somebody_else(request, ticket: Ticket) -> HttpResponse:
    """Somebody else has signed in on this browser since the form was opened: nothing is done in their name."""
    secret = request.COOKIES.get(drafts.COOKIE) or drafts.new_secret()
    drafts.hand_over(ticket, request.POST, secret)
    said = _(
        "This form was opened from another account. It was not sent; its author finds it again after signing in."
    )
    answer = render(request, "403.html", {"reason": said}, status=409)
    _remember(request, answer, secret)
    return answer


def _remember(request, answer, secret: str) -> None:
    answer.set_cookie(
        drafts.COOKIE,
        secret,
        max_age=drafts.LIFE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def csrf_failure(request, reason=""):
    """A form of ours whose token against forgery has changed since: kept and shown again, to be sent once more.

    The ticket is signed for the account it was shown to, so nobody can bring one along from elsewhere.
    """
    ticket = read_ticket(request)
    if ticket is None:
        return plain_csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return session_expired(request, ticket)
    if request.user.ref != ticket.user_ref:
        return _somebody_else(request, ticket)
    drafts.keep(ticket, request.POST)
    messages.warning(
        request,
        _("This page was open too long to be sent. Your text is below: look at it and send it again."),
    )
    return redirect(ticket.address)

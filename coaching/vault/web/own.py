"""One's own key: opened, backed by a recovery code, replaced. Each person's alone, whatever their role."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from coaching.kernel import rates
from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.vault import keyring
from coaching.vault.access import pair_of
from coaching.vault.services import pairs

from .forms import CodeForm, PasswordForm, TypedBackForm

LATER = "key_code_later"  # web session key: the recovery code was put off until the next sign-in
TRIES, WINDOW = 10, 300


def owes_code(request) -> bool:
    """Whether the person has a key, no code in force, and has not put it off in this session."""
    if request.session.get(LATER):
        return False
    pair = pair_of(request.user.pk)
    return pair is not None and pair.code_confirmed_at is None


def _next(request) -> str:
    """Where the person was going, if it is a place of ours."""
    target = request.POST.get("next") or request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if here and target.startswith("/") and target.isprintable() else ""


def _counted(request) -> None:
    """As at the sign-in: so many tries, then a pause. Counted before the try, whatever it gives."""
    if not rates.allowed("unlock", request.user.ref, most=TRIES, seconds=WINDOW):
        raise NotAllowedNow(_("Too many tries. Wait five minutes, then try again."))


def _opened(request):
    messages.success(request, _("Your key is open until you sign out."))
    return redirect(_next(request) or "home")


def _unlocking(request, form, template, act, **more):
    """One of the two ways in: a form whose answer opens the key."""
    if request.method == "POST" and form.is_valid():
        _counted(request)
        try:
            act(request.user, *form.cleaned_data.values())
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return _opened(request)
    return show(request, template, {"form": form, "next": _next(request), **more})


@edits(None, atomic=False)
def unlock(request):
    """The session was begun without the password, or with one that opens nothing any more: it is asked for."""
    pair = pair_of(request.user.pk)
    if (
        pair is not None
        and not pair.password_opens
        and request.method == "GET"
        and "password" not in request.GET
    ):
        return redirect(f"{reverse('unlock_code')}?{urlencode({'next': _next(request)})}")
    form = PasswordForm(request.POST or None)
    return _unlocking(request, form, "vault/unlock.html", pairs.unlock_with_password, pair=pair)


@edits(None, atomic=False)
def unlock_code(request):
    """The recovery code opens the key where the password does not."""
    pair = pair_of(request.user.pk)
    form = CodeForm(request.POST or None)
    return _unlocking(request, form, "vault/unlock_code.html", pairs.unlock_with_code, pair=pair)


@reads(None)
def key(request):
    """What stands of one's key: open here or not, backed by a code or not, and who could read."""
    context = {
        "pair": pair_of(request.user.pk),
        "is_open": keyring.find(request.user.pk) is not None,
        "altered": pairs.altered(request.user.pk),
    }
    return render(request, "vault/key.html", context)


@edits(None, atomic=False)
def code(request):
    """What the recovery code is for; then, once and never again, the code itself."""
    pair = pair_of(request.user.pk)
    shown = pairs.make_code(request.user) if request.method == "POST" else ""
    context = {"pair": pair, "code": shown, "form": TypedBackForm(), "next": _next(request)}
    return render(request, "vault/code.html", context)


@acts(None, atomic=False)
def code_confirm(request):
    """The code, typed back from the paper: from now on it opens."""
    form = TypedBackForm(request.POST)
    if form.is_valid():
        _counted(request)
        try:
            pairs.confirm_code(request.user, form.cleaned_data["code"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your recovery code is in force. Keep the paper in a safe place."))
            return redirect(_next(request) or "key")
    return show(request, "vault/code.html", {"form": form, "next": _next(request), "typing": True})


@acts(None)
def code_later(request):
    """Put off until the next sign-in."""
    request.session[LATER] = True
    return redirect(_next(request) or "home")


def _confirmed(request, template, act, done):
    """An act that takes one's password, after its consequence in a sentence."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _counted(request)
        try:
            act(request.user, form.cleaned_data["password"])
        except NotAllowedNow:
            raise
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, done)
            return redirect("key_code")
    return show(request, template, {"form": form})


@edits(None, atomic=False)
def replace(request):
    """A new pair with nothing lost, where one’s key is open."""
    return _confirmed(
        request, "vault/replace.html", pairs.replace, _("Your key is new. Print its recovery code now.")
    )


@edits(None, atomic=False)
def lost(request):
    """Neither password nor code opens the old pair: a new one, and what that means."""
    return _confirmed(
        request, "vault/lost.html", pairs.begin_anew, _("You have a new key. Print its recovery code now.")
    )

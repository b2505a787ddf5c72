"""Doors that open without an account: an invitation, and one's own preferences."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coaching.accounts import access, drafts, services
from coaching.accounts.middleware import CHOICE
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.links import carried, carry
from coaching.kernel.tokens import hash_token

from .forms import NewAccountForm, PreferencesForm

COOKIE = "invitation"
AN_HOUR = 3600  # a seat is taken at once, or the letter is opened again


@login_not_required
@never_cache
@reads(None)
def invitation_link(request, token):
    """The link of the letter: its token becomes a cookie, and the address is clean again. Nothing is written."""
    return carry(request, COOKIE, hash_token(token), to="invitation", age=AN_HOUR)


@login_not_required
@never_cache
@edits(None)
def invitation(request):
    """Who invites, to what; then an account is made, or the one there is takes its seat."""
    try:
        found = services.open_invitation(carried(request, COOKIE, age=AN_HOUR))
    except services.InvitationVoid as void:
        return render(request, "accounts/invitation_void.html", {"reason": void.message}, status=410)
    known = access.user_by_address(found.email)
    if request.user.is_authenticated or known:
        return _with_account(request, found)
    return _without_account(request, found)


def _with_account(request, found):
    mine = request.user.is_authenticated and request.user.email == found.email
    if request.method == "POST" and mine:
        try:
            services.accept_invitation(found, request.user)
        except DomainError as void:
            return render(request, "accounts/invitation_void.html", {"reason": void.message}, status=410)
        return _seated(request, found)
    context = {"invitation": found, "mine": mine, "signed_in": request.user.is_authenticated}
    return render(request, "accounts/invitation_account.html", context)


def _without_account(request, found):
    form = NewAccountForm(request.POST or None, email=found.email, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = services.join_by_invitation(found, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
            record_authentication(request, user, method="password")
            return _seated(request, found)
    return show(request, "accounts/invitation_new.html", {"invitation": found, "form": form})


def _seated(request, found):
    request.session[CHOICE] = found.practice.ref
    messages.success(request, _("Welcome. Your seat is yours."))
    answer = redirect("home")
    answer.delete_cookie(COOKIE)
    return answer


@acts(None)
def take_seat(request):
    """The switcher of the header: remember the practice, go to the portal."""
    portal, practice_ref = request.POST.get("portal", ""), request.POST.get("practice", "")
    for chair in request.chairs:
        if (chair.portal.value, chair.practice_ref) == (portal, practice_ref):
            request.session[CHOICE] = practice_ref
            return redirect(f"{portal}_home")
    return redirect("home")


@edits(None)
def preferences(request):
    """One's own language and look."""
    user = request.user
    form = PreferencesForm(request.POST or None, initial={"language": user.language, "theme": user.theme})
    if request.method == "POST" and form.is_valid():
        services.set_preferences(user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("preferences")
    return show(request, "accounts/preferences.html", {"form": form})


@acts(None)
def keep_form(request):
    """What is being typed, sent by the page itself now and then: kept for its author (see ``accounts.drafts``)."""
    ticket = getattr(request, "ticket", None)
    kept = ticket is not None and drafts.keep(ticket, request.POST)
    context = {"at": timezone.localtime() if kept else None}
    return render(request, "accounts/includes/kept.html", context)


@login_not_required
@acts(None)
def choose_language(request):
    """The switch of the header: a cookie for anyone, the account's own setting for a signed-in person."""
    language = request.POST.get("language")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("home")
    answer = HttpResponseRedirect(target)
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            services.set_preferences(request.user, language=language)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer

"""The steps of a signatory, the same behind every portal and behind a link: read, go on, agree, name, code, sign."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from coaching.accounts.access import has_authenticator
from coaching.kernel.errors import DomainError, NotAllowedNow, Stale
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import client_address

from ...consent import consent
from ...consumers.access import information_page, lacks_receipt
from ...enums import Channel
from ...services import codes, signing
from ...signing_access import Signer, signature_of
from ...transitions import CONTRACT
from .forms import DeclineForm, SignForm

BROWSER = "signing_browser"
BROWSER_AGE = 24 * 3600


@dataclass(frozen=True, slots=True)
class Frame:
    """The pages around the acts: of one portal, or of the public door."""

    sign_template: str
    decline_template: str
    read_url: str
    sign_url: str
    done_url: str


def proceed(signer: Signer, frame: Frame):
    """I have the document before me: on to the signature."""
    if lacks_receipt(signer):
        return redirect(information_page(signer))
    signing.display(signer)
    return redirect(frame.sign_url)


def sign(request, signer: Signer, frame: Frame, **context):
    """Agree, type one's name, ask for a code, type it. Nothing typed is lost between the two."""
    if signature_of(signer):
        return redirect(frame.done_url)
    if signer.signatory.displayed_at is None:
        return redirect(frame.read_url)
    signing.refuse_unless_awaited(signer)
    asking = request.POST.get("ask", "")
    form = _form(request, signer, asked=bool(codes.alive(signer)) and not asking)
    answer = None
    if request.method == "POST" and form.is_valid():
        answer = (
            _ask(request, signer, frame, form, context) if asking else _sign(request, signer, frame, form)
        )
    return answer or _page(request, signer, frame, form, context)


def _form(request, signer: Signer, *, asked: bool, data=None) -> SignForm:
    return SignForm(
        data or request.POST or None,
        wording=consent(signer.signatory.language).wording,
        language=signer.signatory.language,
        name=signer.signatory.name,
        asked=asked,
    )


def _ask(request, signer: Signer, frame: Frame, form: SignForm, context: dict):
    """Send a code and show the same page with a place for it; None when refused, with the reason in the form."""
    browser = _browser(request) or get_random_string(43)
    channel = Channel.TOTP if request.POST.get("ask") == Channel.TOTP else Channel.EMAIL
    try:
        signing.check_name(signer, form.cleaned_data["typed_name"])
        codes.ask(signer, browser, channel)
    except DomainError as refusal:
        refuse(form, refusal)
        return None
    typed = {"consent": "on", "typed_name": form.cleaned_data["typed_name"]}
    blank = SignForm(
        initial=typed,
        wording=consent(signer.signatory.language).wording,
        language=signer.signatory.language,
        name=signer.signatory.name,
        asked=True,
    )
    answer = _page(request, signer, frame, blank, context)
    # A code is good in the browser that asked for it, and in no other.
    answer.set_signed_cookie(
        BROWSER, browser, max_age=BROWSER_AGE, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return answer


def _sign(request, signer: Signer, frame: Frame, form: SignForm):
    if "code" not in form.fields:  # the code ran out between the page and the act
        form.add_error(None, str(codes.OVER))
        return None
    given = signing.Given(
        typed_name=form.cleaned_data["typed_name"],
        consent_sha256=consent(signer.signatory.language).sha256,
        code=form.cleaned_data["code"],
        browser=_browser(request),
        ip=client_address(request),
        user_agent=request.headers.get("User-Agent", ""),
    )
    try:
        signing.sign(signer, given)
    except (NotAllowedNow, Stale):
        if signature_of(signer):  # pressed twice: it is done
            return redirect(frame.done_url)
        raise
    except DomainError as refusal:
        refuse(form, refusal)
        return None
    messages.success(request, _("Signed. You will receive the sealed contract once everybody has signed."))
    return redirect(frame.done_url)


def _page(request, signer: Signer, frame: Frame, form: SignForm, context: dict):
    challenge = codes.alive(signer)
    said = {
        "form": form,
        "signer": signer,
        "signatory": signer.signatory,
        "version": signer.version,
        "contract": signer.contract,
        "mission": signer.contract.mission,
        "frame": frame,
        "challenge": challenge if "code" in form.fields else None,
        "by_totp": bool(challenge and challenge.channel == Channel.TOTP),
        "authenticator": signer.user is not None and has_authenticator(signer.user),
        **context,
    }
    return show(request, frame.sign_template, said)


def _browser(request) -> str:
    return request.get_signed_cookie(BROWSER, default="", max_age=BROWSER_AGE)


def decline(request, signer: Signer, frame: Frame, **context):
    """Decline, with a reason and a question first."""
    signing.refuse_decline(signer)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        signing.decline(signer, form.cleaned_data["reason"])
        messages.success(request, _("You have declined this contract. Your coach reads your reason."))
        return redirect(frame.done_url)
    said = {
        "form": form,
        "transition": CONTRACT["decline"],
        "signer": signer,
        "signatory": signer.signatory,
        "version": signer.version,
        "contract": signer.contract,
        "mission": signer.contract.mission,
        "frame": frame,
        **context,
    }
    return show(request, frame.decline_template, said)

"""A consumer's acts, the same from the portal and by a link: receive the information, begin early, withdraw."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow, Stale
from coaching.kernel.forms import refuse, show

from ...enums import ContractState
from ...models import Contract
from ..access import Consumer, Hand, consumer_of
from ..rendering import html_of
from ..services import early_start, informing, withdrawing
from ..wording import CONFIRM_WITHDRAWAL, WITHDRAW_HERE
from .forms import EarlyStartForm, ReceiptForm, WithdrawalForm


@dataclass(frozen=True, slots=True)
class Frame:
    """The pages around the acts: of the portal, or of a public door."""

    base: str  # the template extended
    information_url: str
    information_pdf_url: str
    early_start_url: str
    withdrawal_url: str
    withdrawal_pdf_url: str
    back_url: str
    back_label: str = ""


def labels() -> dict[str, str]:
    """The two labels the law gives, in the reader's language."""
    language = (get_language() or "fr")[:2]
    return {
        "withdraw_here": WITHDRAW_HERE.get(language, WITHDRAW_HERE["en"]),
        "confirm_withdrawal": CONFIRM_WITHDRAWAL.get(language, CONFIRM_WITHDRAWAL["en"]),
    }


def information(request, found: Consumer, hand: Hand, frame: Frame):
    """What the law wants a consumer told before they commit; then that they have received it."""
    if found.information is None:
        raise NotAllowedNow(
            _("The information of this contract is not there yet: your coach is preparing it.")
        )
    receipt = found.receipt_of(hand.seat)
    form = ReceiptForm(_typed(request), initial={"information": found.information.ref})
    if request.method == "POST" and form.is_valid():
        try:
            informing.receive(hand, found.contract, form.cleaned_data["information"])
        except (NotAllowedNow, Stale):
            raise
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Noted: you have received this information."))
            return redirect(_after_receipt(found, frame))
    context = {
        **_shown(found, frame),
        "form": form,
        "receipt": receipt,
        "text": html_of(found.information.text, found.contract.language),
        "sentence": receipt.statement if receipt else informing.receipt_text(found),
        "can_receive": receipt is None and found.contract.state in informing.SHOWN,
    }
    return show(request, "contracts/consumers/information.html", context)


def _typed(request):
    """What was sent; an empty answer is an answer."""
    return request.POST if request.method == "POST" else None


def _after_receipt(found: Consumer, frame: Frame) -> str:
    """At signing, the separate question of an early start comes next."""
    signing = found.contract.state == ContractState.SIGNING
    return frame.early_start_url if signing and early_start.may_ask(found) else frame.back_url


def begin_early(request, found: Consumer, hand: Hand, frame: Frame):
    """Ask expressly that the sessions begin before the period is over, or leave it."""
    asked = found.early_start_of(hand.seat)
    if asked is None and not early_start.may_ask(found):
        raise NotAllowedNow(_("An early start can no longer be asked for on this contract."))
    sentence = early_start.request_text(found)
    form = EarlyStartForm(_typed(request), wording=sentence)
    if request.method == "POST" and form.is_valid():
        early_start.ask(hand, found.contract)
        messages.success(request, _("Your request is recorded: the sessions may begin at once."))
        return redirect(frame.back_url)
    return show(
        request,
        "contracts/consumers/early_start.html",
        {**_shown(found, frame), "form": form, "asked": asked, "sentence": sentence},
    )


def withdraw(request, found: Consumer, hand: Hand, frame: Frame, *, name: str, email: str):
    """The statement, to be completed or confirmed; then, once confirmed, the acknowledgement."""
    form = WithdrawalForm(_typed(request), initial={"name": name, "email": email})
    if request.method == "POST" and found.withdrawal:  # pressed twice: it is done
        return redirect(frame.withdrawal_url)
    if request.method == "POST" and form.is_valid():
        try:
            withdrawing.withdraw(
                hand, found.contract, **form.cleaned_data, language=(get_language() or "fr")[:2]
            )
        except Stale:  # in two windows at once
            found = consumer_of(Contract.unscoped.get(pk=found.contract.pk))
            if found.withdrawal is None:
                raise
        else:
            messages.success(
                request, _("You have withdrawn from this contract. The acknowledgement has left.")
            )
        return redirect(frame.withdrawal_url)
    if found.withdrawal is None:
        withdrawing.refuse_closed(found, timezone.now())
    context = {
        **_shown(found, frame),
        "form": form,
        "withdrawal": found.withdrawal,
        "due": withdrawing.due_text(found),
        "sentence": withdrawing.statement_shown(found, name, email) if not found.withdrawal else "",
        "hide_withdrawal_strip": True,
    }
    return show(request, "contracts/consumers/withdrawal.html", context)


def _shown(found: Consumer, frame: Frame) -> dict:
    return {
        **labels(),
        "consumer": found,
        "contract": found.contract,
        "mission": found.contract.mission,
        "frame": frame,
        "base": frame.base,
    }

"""The public page that verifies a document somebody holds. It keeps nothing of what it is given."""

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from coaching.documents.verifying import NOT_JUDGED, SealState, Verification, verify
from coaching.kernel.http import edits
from coaching.kernel.rates import allowed
from coaching.kernel.uploads import UploadForm

MOST, WINDOW = 30, 300  # files from one address in five minutes

REFUSALS = {
    SealState.EMPTY: _("This file is empty."),
    SealState.TOO_LARGE: _("This file is too large to be a document sealed here."),
    SealState.NOT_A_PDF: _("This file is not a PDF. Choose the PDF you received, as you received it."),
    SealState.UNREADABLE: _("This PDF is damaged: it cannot be read, so it is not a document as it was sealed here."),
    SealState.ENCRYPTED: _("This PDF is locked with a password. Documents sealed here never are."),
    SealState.TOO_HEAVY: _("This PDF takes too long to read: it is not a document as it was sealed here."),
    SealState.UNAVAILABLE: _("Verification is not available at the moment. Try again in a few minutes."),
}  # fmt: skip


class VerifyForm(UploadForm):
    file = forms.FileField(
        label=_("The PDF to verify"),
        allow_empty_file=True,  # said in the words of this page
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("The file is read, then forgotten: nothing of it is kept."),
    )


@login_not_required
@never_cache
@edits(None, atomic=False)
def verify_page(request):
    """Drop a PDF: is it what was sealed here, does the seal hold. Anyone may; parties signed in read full names."""
    if request.method != "POST":
        return render(request, "contracts/verify.html", {"form": VerifyForm()})
    form = VerifyForm(request)
    if not allowed("verify", get_adapter().get_client_ip(request), most=MOST, seconds=WINDOW):
        form.add_error(None, _("Many files were verified from here. Wait a few minutes, then go on."))
        return render(request, "contracts/verify.html", {"form": form}, status=429)
    answer = _answer(form, request) if form.is_valid() else None
    status = 200 if answer else 422
    context = {"form": VerifyForm() if answer else form, "answer": answer}
    return render(request, "contracts/verify.html", context, status=status)


def _answer(form: VerifyForm, request) -> Verification | None:
    """Both answers, or None with the reason beside the field."""
    user_id = request.user.pk if request.user.is_authenticated else None
    answer = verify(form.cleaned_data["file"].read(), user_id)
    if answer.known is None and answer.seal.state in NOT_JUDGED:
        form.add_error("file", REFUSALS[answer.seal.state])
        return None
    return answer

"""Forms of a consumer's rights: nothing is asked beyond what the law names, nothing is ticked beforehand."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawalForm(forms.Form):
    """Who withdraws, and where the acknowledgement goes; both are there already, to be confirmed."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    name.audience = "contracts.Withdrawal.name"
    email = forms.EmailField(label=_("E-mail address for the acknowledgement"))
    email.audience = "contracts.Withdrawal.email"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class ReceiptForm(forms.Form):
    """Which information was shown."""

    information = forms.CharField(widget=forms.HiddenInput, max_length=16)


class EarlyStartForm(forms.Form):
    """One sentence, one box, empty."""

    asked = forms.BooleanField(
        error_messages={"required": _("Tick the box if this is what you ask for; otherwise leave this page.")}
    )

    def __init__(self, *args, wording: str, **options):
        super().__init__(*args, **options)
        self.fields["asked"].label = wording

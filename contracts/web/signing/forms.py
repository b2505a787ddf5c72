"""Forms of a signing."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LongText

from ...enums import SigningOrder


class OpenForm(forms.Form):
    """What the coach chooses when they send a contract for signature."""

    order = forms.ChoiceField(
        label=_("Who signs when"), choices=SigningOrder.choices, widget=forms.RadioSelect, initial="any"
    )
    days = forms.IntegerField(label=_("Days to sign"), min_value=1, max_value=90, initial=30)
    message = LongText(
        label=_("A word to the signatories"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=_("They read it beside the contract, not in the letter."),
    )
    message.audience = "contracts.SigningRound.message"


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The old link stops working; a new one leaves for this address at once."),
    )
    email.audience = "contracts.Signatory.email"


class SignForm(forms.Form):
    """The sentence agreed to, the name typed, and the code."""

    consent = forms.BooleanField(
        label=_("I agree"), error_messages={"required": _("Agree to the sentence before you sign.")}
    )
    typed_name = forms.CharField(label=_("Your full name"), max_length=120)
    code = forms.CharField(
        label=_("The code of six digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, *args, wording: str, language: str, name: str, asked: bool, **options):
        super().__init__(*args, **options)
        self.fields["consent"].label = format_html('<span lang="{}">{}</span>', language, wording)
        self.fields["typed_name"].help_text = _("As the contract has it: %(name)s.") % {"name": name}
        self.fields["typed_name"].widget.attrs["autocomplete"] = "name"
        if not asked:
            del self.fields["code"]


class DeclineForm(forms.Form):
    reason = LongText(label=_("Why you decline"), rows=4, max_length=2000)
    reason.audience = "contracts.Signatory.decline_reason"

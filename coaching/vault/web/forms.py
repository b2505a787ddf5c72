"""Forms about one's own key."""

from django import forms
from django.utils.translation import gettext_lazy as _

CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "inputmode": "text"}


def password_field(label, **options) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    return forms.CharField(label=label, strip=False, max_length=1000, widget=widget, **options)


def code_field(**options) -> forms.CharField:
    return forms.CharField(
        label=_("Recovery code"), max_length=60, widget=forms.TextInput(attrs=CODE), **options
    )


class PasswordForm(forms.Form):
    password = password_field(_("Your password"))


class CodeForm(forms.Form):
    """Opens the key with the code; the password, where it is given, opens it from then on."""

    code = code_field(
        help_text=_("Seven groups of four signs, as printed. Capitals and dashes do not matter.")
    )
    password = password_field(
        _("Your present password"),
        required=False,
        help_text=_("So that your password opens your texts again. You may leave it empty."),
    )


class TypedBackForm(forms.Form):
    code = code_field(
        help_text=_("Type it from the paper, not from the screen: it shows that the paper is right.")
    )

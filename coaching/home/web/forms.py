"""Forms of the pages that read several rooms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.uploads import UploadForm


class SealForm(UploadForm):
    """A certificate of the practice's own, with its key."""

    file = forms.FileField(
        label=_("Certificate and key, as one PKCS#12 file (.p12 or .pfx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
    )
    password = forms.CharField(
        label=_("Password of that file"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("It opens the file once, and is not kept."),
    )
    sure = forms.BooleanField(label=_("I understand that the key of the present seal is destroyed."))

"""Forms of a point for supervision."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LONG_TEXT, DateField, LongText, beside, rebase

from ..naming import Found

ARTICLE = ("supervision", _("Supervision"))
SEPARATOR = "|"


class PointForm(forms.Form):
    """A point in the coach's words; names in it are asked about once, those and no others."""

    text = LongText(
        label=_("What questions me"),
        rows=8,
        help_text=_("What happened in me, what I wonder; no name, no place, no employer."),
    )
    as_it_is = forms.BooleanField(label=_("Keep it as it is, these words included."), required=False)
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2 * LONG_TEXT)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["text"], audience="supervision.SupervisionPoint.sealed_ref", article=ARTICLE)
        if not self.data.get("asked"):
            self.fields["as_it_is"].widget = forms.HiddenInput()

    def meant(self) -> frozenset[str]:
        """The names that were shown, and that the coach says to keep."""
        said = self.cleaned_data
        return frozenset(said["asked"].split(SEPARATOR)) if said["as_it_is"] else frozenset()

    def ask(self, found: tuple[Found, ...]) -> None:
        """Whether these words are meant is asked from now on; another one typed meanwhile is asked about again."""
        known = self.meant() | {one.folded for one in found}
        rebase(self, asked=SEPARATOR.join(sorted(known)), as_it_is="")
        self.fields["as_it_is"].widget = forms.CheckboxInput()


class BroughtForm(forms.Form):
    brought_on = DateField(label=_("Brought on"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["brought_on"].initial = timezone.localdate
        beside(self.fields["brought_on"], audience="supervision.dates", article=ARTICLE)

"""Forms of a measure and of the means used."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LongText, beside

from ..enums import WORDS, MeansKind

MEANS = ("obligation-moyens", _("Duty of means"))


def _scale():
    return [("", "—"), *((value, f"{value} · {words}") for value, words in enumerate(WORDS))]


class MeasureForm(forms.Form):
    value = forms.TypedChoiceField(label=_("Where I am, from 0 to 10"), choices=_scale, coerce=int)
    words = LongText(label=_("In my own words"), rows=4, max_length=2000, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["words"], audience="progress.Measure.words")


class MeansForm(forms.Form):
    kind = forms.ChoiceField(label=_("What was used"), choices=[("", "—"), *MeansKind.choices])
    name = forms.CharField(
        label=_("Its name, or what it was"),
        max_length=200,
        required=False,
        help_text=_("For example the title of a questionnaire, or “letter to oneself”."),
    )
    words = LongText(label=_("How it served this objective"), rows=4, max_length=2000, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["kind"], article=MEANS)
        beside(self.fields["words"], audience="progress.Means.words")

"""Forms of minutes. None names a side, a state or a version but the text that was shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LongText, beside

from ..services.answering import LONGEST_DIVERGENCE

BALANCE = ("equilibre", _("Balance of the whole system"))


class WriteForm(forms.Form):
    """The coach's text, before it is proposed to anybody."""

    text = LongText(
        label=_("The minutes"),
        rows=18,
        help_text=_(
            "What was looked at together, what is agreed, what comes next. Nothing of what a coachee told you elsewhere."
        ),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["text"], audience="minutes.Minutes.draft_ref", article=BALANCE)


class ProposeForm(forms.Form):
    """This very draft; with words of the private note only where that is meant."""

    meant = forms.BooleanField(
        label=_("I mean to propose these words, which are in my private note too."), required=False
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, asked: bool = False, **options):
        super().__init__(*args, **options)
        if not asked:
            self.fields["meant"].widget = forms.HiddenInput()

    def ask(self) -> None:
        """The words are in the note too: whether that is meant is asked from now on."""
        self.fields["meant"].widget = forms.CheckboxInput()


class _OfText(forms.Form):
    """An answer to one text, and to no other."""

    sha256 = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def seen(self) -> dict:
        """What this side had before them when they answered."""
        return {"sha256": self.cleaned_data["sha256"], "based_on": self.cleaned_data["based_on"] or 0}


class ApproveForm(_OfText):
    divergence = LongText(
        label=_("What we see otherwise, if anything"),
        rows=4,
        required=False,
        max_length=LONGEST_DIVERGENCE,
        help_text=_(
            "It will stand under the minutes. Until all agree the coach alone reads it; from then on everybody who agreed."
        ),
    )

    def __init__(self, *args, own: bool = False, **options):
        super().__init__(*args, **options)
        if own:
            self.fields["divergence"].label = _("What I see otherwise, if anything")
        beside(self.fields["divergence"], audience="minutes.AgreedSide.divergence", article=BALANCE)


class RewordForm(_OfText):
    wording = LongText(
        label=_("The text as we would word it"),
        rows=18,
        help_text=_("Change what you would say otherwise: the coach sees word by word what you changed."),
    )

    def __init__(self, *args, audience: str, own: bool = False, **options):
        super().__init__(*args, **options)
        if own:
            self.fields["wording"].label = _("The text as I would word it")
        beside(self.fields["wording"], audience=audience)

"""Forms of notes and summaries."""

import re
import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LongText, beside

from ..services.notes import EMPTY

TAB = re.compile(r"\A[A-Za-z0-9_-]{8,24}\Z")


def new_tab() -> str:
    """A name for one window in which a note is written."""
    return secrets.token_urlsafe(9)


class NoteForm(forms.Form):
    """A private note, saved as it is typed; ``tab`` tells one window from another."""

    text = LongText(label=_("My note"), rows=16, strip=False, error_messages={"required": EMPTY})
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    tab = forms.RegexField(TAB, widget=forms.HiddenInput, required=False, strip=True)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["text"], audience="notes.SessionNote.sealed_ref")

    def said(self) -> dict:
        values = self.cleaned_data
        return {
            "text": values["text"],
            "based_on": values["based_on"] or 0,
            "tab": values["tab"] or new_tab(),
        }


class SummaryForm(forms.Form):
    """What the coach shares of a session; looked at once more before it goes."""

    text = LongText(label=_("What I share with the coachee"), rows=12)
    meant = forms.BooleanField(
        label=_("I mean to share these words, which are in my private note too."), required=False
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, asked: bool = False, **options):
        super().__init__(*args, **options)
        beside(self.fields["text"], audience="notes.SharedSummary.sealed_ref")
        if not asked:
            self.fields["meant"].widget = forms.HiddenInput()

    def ask(self) -> None:
        """The words are in the note too: whether that is meant is asked from now on."""
        self.fields["meant"].widget = forms.CheckboxInput()

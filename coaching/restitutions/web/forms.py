"""Forms of a restitution: its fields are the items that the coachee agrees to, and no others."""

from collections.abc import Iterable

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LongText, beside
from contracts.enums import ScopeItem

from ..composing import WORDS, Said, field_of
from ..enums import FACTS
from ..snapshots import FrozenRestitution

TEXT = "restitutions.RestitutionText.sealed_ref"
OWN = ("restitution", "Restitution au donneur d’ordre")


class _Worded(forms.Form):
    """One text per item; a tick for those that are facts."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, items: Iterable[str], page: FrozenRestitution | None, **options):
        super().__init__(*args, **options)
        self.items = list(items)
        for item in self.items:
            part = page.part(item) if page else None
            self._add(ScopeItem(item), part is not None, part.words if part else "")

    def _add(self, item: ScopeItem, there: bool, words: str) -> None:
        if item in FACTS:
            self.fields[f"there_{item.value}"] = forms.BooleanField(
                label=item.label, required=False, initial=there
            )
        if item == ScopeItem.ATTENDANCE:
            return
        label = format_lazy(_("{item}, in words"), item=item.label) if item in FACTS else item.label
        field = LongText(label=label, rows=4, required=False, initial=words, max_length=WORDS)
        self.fields[field_of(item)] = beside(field, audience=TEXT, article=OWN)

    def said(self) -> dict[str, Said]:
        data = self.cleaned_data
        return {
            item: Said(bool(data.get(f"there_{item}", True)), data.get(f"words_{item}", ""))
            for item in self.items
        }


class DraftForm(_Worded):
    """The coach's."""


class AmendForm(_Worded):
    """The coachee's: what is there, in their words or not at all."""


class BeginForm(forms.Form):
    """About whom, to whom: those for whom a consent stands."""

    about = forms.ChoiceField(label=_("About whom, to whom"), widget=forms.RadioSelect)

    def __init__(self, *args, choices, **options):
        super().__init__(*args, **options)
        self.fields["about"].choices = choices


class AskForm(forms.Form):
    words = LongText(label=_("What I would have otherwise"), rows=5, max_length=WORDS)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["words"], audience="restitutions.Restitution.asked_ref")


class ApproveForm(forms.Form):
    """The text that was shown, and no other."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    sha256 = forms.RegexField(r"\A[0-9a-f]{64}\Z", widget=forms.HiddenInput)

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.accounts.models import Membership
from coaching.consents.enums import HandOverItem as Item
from coaching.kernel.forms import LongText, beside

from ..composing import WORDS

PROPOSED, AGREED = "handover.HandOver.proposed_ref", "handover.HandOver.agreed_ref"
RESERVE = ("reserve", "Obligation de réserve")


def _choices(items: Iterable[str]) -> list[tuple]:
    return [(item, Item(item).label) for item in Item.values if item in set(items)]


class ProposeForm(forms.Form):
    """To whom, and what: nothing is ticked beforehand."""

    to = forms.ChoiceField(label=_("To which colleague"), widget=forms.RadioSelect)
    items = forms.MultipleChoiceField(
        label=_("What you propose to hand over"), required=False, widget=forms.CheckboxSelectMultiple
    )
    letter = LongText(
        label=_("Letter to the colleague"),
        rows=8,
        required=False,
        max_length=WORDS,
        help_text=_("Write it for them: your notes stay yours. The coachee reads it before they agree."),
    )

    def __init__(self, *args, colleagues: Iterable[Membership], items: Iterable[str], **options):
        super().__init__(*args, **options)
        self.fields["to"].choices = [(one.ref, one.user.name) for one in colleagues]
        self.fields["items"].choices = _choices({*items, Item.LETTER} - {Item.IDENTITY})
        beside(self.fields["items"], audience=PROPOSED, article=RESERVE)
        beside(self.fields["letter"], audience=PROPOSED)


class AgreeForm(forms.Form):
    """What was proposed, and no more; nothing is ticked beforehand."""

    items = forms.MultipleChoiceField(
        label=_("What I agree to hand over"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, items: Iterable[str], **options):
        super().__init__(*args, **options)
        self.fields["items"].choices = _choices(items)
        self.fields["items"].help_text = _(
            "Leave a box empty and the colleague never learns of it. With no box ticked they read who you are, and nothing else."
        )
        beside(self.fields["items"], article=RESERVE)

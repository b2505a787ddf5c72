from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import DateField, beside
from contracts.enums import ScopeItem
from contracts.scope_words import item_choices


class ConsentForm(forms.Form):
    """What a coachee lets their coach give back to one addressee from now on."""

    items = forms.MultipleChoiceField(
        label=_("What may be given back"),
        choices=ScopeItem.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = DateField(
        label=_("Until"),
        required=False,
        help_text=_("The last day it holds. Empty: until the coaching ends, or you take it back."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["items"].widget.choices = item_choices()
        beside(self.fields["items"], article=("restitution", "Restitution au donneur d’ordre"))

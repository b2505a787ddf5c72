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


class ListingForm(forms.Form):
    """Until when a coachee may be named in their coach's hours log."""

    until = DateField(
        label=_("Until"),
        required=False,
        help_text=_(
            "The last day it holds. Empty: until you take it back, even after the coaching has ended."
        ),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["until"], article=("confidentialite", "Confidentialité"))

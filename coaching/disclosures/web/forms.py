"""The form of a disclosure required by law."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import DateField, LongText, beside

from ..enums import Basis

CONFIDENTIALITY = ("confidentialite", "Confidentialité")


class DisclosureForm(forms.Form):
    """On which basis, to whom, what and when; each read by the coach and that coachee alone."""

    basis = forms.ChoiceField(label=_("What obliged me to speak"), choices=Basis, widget=forms.RadioSelect)
    article = beside(
        LongText(
            label=_("The text it rests on"),
            required=False,
            rows=2,
            max_length=1000,
            help_text=_(
                "The article of law, or the reference of the order. Needed where it is another text of law."
            ),
        ),
        audience="disclosures.Disclosure.article_ref",
        article=CONFIDENTIALITY,
    )
    recipient = beside(
        LongText(
            label=_("To whom I told it"),
            rows=2,
            max_length=1000,
            help_text=_("The authority or the person, and in what capacity."),
        ),
        audience="disclosures.Disclosure.recipient_ref",
    )
    told = beside(
        LongText(
            label=_("What I told"),
            rows=5,
            max_length=4000,
            help_text=_("No more than what was told. Documents handed over are named here."),
        ),
        audience="disclosures.Disclosure.told_ref",
    )
    told_on = DateField(label=_("On which day"))

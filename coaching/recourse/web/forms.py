"""Forms of the recourse: what one confides, what one answers, who is asked to be there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LongText, beside

from ..models import ACKNOWLEDGE, HANDLE

RESPECT = ("respect-personnes", "Respect des personnes")
WORDS = "recourse.Message.sealed_ref"


class SignalForm(forms.Form):
    text = beside(
        LongText(
            label=_("What I want to say"),
            rows=8,
            max_length=8000,
            help_text=_("In your own words; a few lines are enough. You can add to it later."),
        ),
        audience=WORDS,
        article=RESPECT,
    )


class MessageForm(forms.Form):
    text = beside(LongText(label=_("My message"), rows=5, max_length=8000), audience=WORDS)


class AppointForm(forms.Form):
    """Whom the practice asks, and what it promises coachees."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Their own: what is confided to them is read by nobody else."),
    )
    acknowledge_days = forms.IntegerField(
        label=_("Days to acknowledge what is confided"), min_value=1, max_value=90, initial=ACKNOWLEDGE
    )
    handle_days = forms.IntegerField(
        label=_("Days to deal with it"), min_value=1, max_value=90, initial=HANDLE
    )

    def clean(self):
        said = super().clean()
        if said.get("acknowledge_days") and said.get("handle_days", 90) < said["acknowledge_days"]:
            self.add_error(
                "handle_days", _("It takes at least as long to deal with it as to acknowledge it.")
            )
        return said

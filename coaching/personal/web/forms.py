"""Forms about one's own data, and about how long a practice keeps what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LongText, beside

from ..enums import AskedField, Kind
from ..retention import RULES


class NameForm(forms.Form):
    """The name of one's own account."""

    name = beside(
        forms.CharField(
            label=_("Name"), max_length=120, help_text=_("As letters and the pages of the practice name you.")
        ),
        audience="accounts.User.name",
    )


class CorrectionForm(forms.Form):
    """One thing, and what it should say."""

    about = forms.ChoiceField(label=_("What is not right"), choices=AskedField, widget=forms.RadioSelect)
    wanted = beside(
        forms.CharField(
            label=_("What it should say"),
            required=False,
            max_length=400,
            help_text=_("Leave it empty for what should not be kept at all. A name cannot be empty."),
        ),
        audience="personal.Correction.wanted",
    )


class AnswerForm(forms.Form):
    """Why a coach does not do what is asked of them."""

    reason = beside(
        LongText(
            label=_("Why not"),
            rows=4,
            max_length=2000,
            help_text=_("The person reads it. Name what obliges you to keep it as it is."),
        ),
        audience="personal.Correction.answer",
    )


class HoldForm(forms.Form):
    """Why a mission is kept."""

    reason = beside(
        LongText(
            label=_("The dispute"),
            rows=4,
            max_length=2000,
            help_text=_("What runs, before whom, since when. Not what was said in a session."),
        ),
        audience="personal.Hold.reason",
    )


class RetentionForm(forms.Form):
    """Months for each class, with its bounds."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for kind in Kind:
            rule = RULES[kind]
            said = {"least": rule.least, "most": rule.most, "preset": rule.preset, "since": rule.since}
            self.fields[kind.value] = forms.IntegerField(
                label=kind.label,
                min_value=rule.least,
                max_value=rule.most,
                help_text=_("Months from %(since)s. From %(least)d to %(most)d; preset %(preset)d.") % said,
            )

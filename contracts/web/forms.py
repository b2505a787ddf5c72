"""Forms of a contract."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import DateField, LongText, beside

from ..enums import CommentAudience, CommentKind, Medium, Outcome, ScopeItem
from ..scope_words import item_choices


class TermsForm(forms.Form):
    """Conditions and fees: said once here, quoted by the clauses."""

    sessions_count = forms.IntegerField(
        label=_("Number of sessions"), min_value=1, max_value=200, required=False
    )
    session_minutes = forms.IntegerField(
        label=_("Length of a session, in minutes"), min_value=15, max_value=600, required=False
    )
    rhythm = forms.CharField(
        label=_("Rhythm"), max_length=160, required=False, help_text=_("For example: every three weeks.")
    )
    starts_on = DateField(label=_("From"), required=False)
    ends_on = DateField(label=_("To"), required=False)
    places = forms.CharField(
        label=_("Places"),
        max_length=300,
        required=False,
        help_text=_("Article “Remote coaching and place”: agreed, quiet, private."),
    )
    media = forms.MultipleChoiceField(
        label=_("Agreed media"), choices=Medium.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    between_sessions = forms.CharField(label=_("Between sessions"), max_length=300, required=False)
    notice_hours = forms.IntegerField(label=_("Notice to postpone, in hours"), min_value=0, max_value=720)
    fee_total = forms.DecimalField(
        label=_("Fees before VAT"), min_value=0, max_digits=10, decimal_places=2, required=False
    )
    fee_schedule = forms.CharField(
        label=_("Payment schedule, one line each"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    payment_days = forms.IntegerField(label=_("Days to pay an invoice"), min_value=0, max_value=60)
    session_dates_shared = forms.BooleanField(
        label=_("The organisation sees the dates of sessions, not their number alone"), required=False
    )

    def __init__(self, *args, individual=False, amending=False, **options):
        super().__init__(*args, **options)
        if individual:
            del self.fields["session_dates_shared"]
        if individual and not amending:  # who pays, and as what, is not amended: it would be another contract
            self.fields["is_consumer"] = forms.BooleanField(
                label=_("The coachee pays as a consumer, outside any business"), required=False
            )
            self.fields["at_distance"] = forms.BooleanField(
                label=_("The contract is concluded at a distance or off premises"), required=False
            )

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The end comes before the beginning."))
        return cleaned


class ClauseForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    body = LongText(label=_("Text of the clause"), rows=16)


class WithdrawForm(forms.Form):
    reason = LongText(label=_("Why, as the parties will read it"), rows=3, max_length=2000)


class CommentForm(forms.Form):
    """What a party says of a clause, what they ask by it, and who may read it: the coach alone unless they say more."""

    text = LongText(label=_("What you have to say"), rows=3, max_length=4000)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=CommentKind.choices,
        initial=CommentKind.COMMENT,
        widget=forms.RadioSelect,
    )
    audience = forms.ChoiceField(
        label=_("Who may read it, and the answer?"),
        choices=CommentAudience.choices,
        initial=CommentAudience.COACH,
        widget=forms.RadioSelect,
    )


class AnswerForm(forms.Form):
    """The coach's answer to a comment, given once."""

    outcome = forms.ChoiceField(
        label=_("Your decision"),
        choices=(
            (Outcome.ACCEPTED, _("I accept: it will be in the next version")),
            (Outcome.EXPLAINED, _("I explain why the text stays, or what it means")),
        ),
        widget=forms.RadioSelect,
    )
    answer = LongText(
        label=_("Your answer"),
        rows=3,
        max_length=4000,
        required=False,
        help_text=_("An explanation needs words; an acceptance may do without."),
    )


class ScopeForm(forms.Form):
    """What a coachee lets the coach give back to one addressee."""

    items = beside(
        forms.MultipleChoiceField(
            label=_("What may be given back"),
            choices=ScopeItem.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        article=("restitution", "Restitution au donneur d’ordre"),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["items"].widget.choices = item_choices()


class PurposeForm(forms.Form):
    """Why an amendment is made."""

    purpose = LongText(
        label=_("Why this amendment"),
        rows=5,
        max_length=4000,
        help_text=_(
            "In a few sentences, as the parties will read it. It stands at the head of the amendment."
        ),
    )
    purpose.audience = "contracts.Amendment.purpose"


class PickForm(forms.Form):
    """Which clauses of the contract an amendment changes."""

    sections = forms.MultipleChoiceField(
        label=_("Clauses to change"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pick a clause.")},
    )

    def __init__(self, *args, choices, **options):
        super().__init__(*args, **options)
        self.fields["sections"].choices = choices


class AdhesionsForm(forms.Form):
    """Which adhesions leave together, and for what."""

    step = forms.ChoiceField(choices=[("review", ""), ("signature", "")], widget=forms.HiddenInput)

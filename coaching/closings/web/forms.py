"""Forms of a mission's end: each text beside who will read it, and no other."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LongText, beside
from coaching.missions.enums import RefusalGround

REFUSAL = ("refus", "Refus de prise en charge")
STOP = ("arret-mission", "Arrêt d’une mission")
MEANS = ("obligation-moyens", "Obligation de moyens")
ANSWER = "closings.Satisfaction.answer_ref"
SEPARATE = _("A text of its own: the organisation reads nothing of what you tell the coachee.")


def _told_organisation(model: str, **more):
    return beside(
        LongText(
            label=_("What you tell the organisation"),
            rows=3,
            max_length=4000,
            required=False,
            **{"help_text": SEPARATE, **more},
        ),
        audience=f"missions.{model}.told_organisation",
    )


class RefusalForm(forms.Form):
    ground = forms.ChoiceField(label=_("Ground"), choices=RefusalGround.choices, widget=forms.RadioSelect)
    explanation = beside(
        LongText(label=_("What you tell the coachee"), rows=5, max_length=4000),
        audience="missions.Refusal.explanation",
        article=REFUSAL,
    )
    orientation = beside(
        LongText(
            label=_("Another way you suggest"),
            rows=3,
            max_length=4000,
            required=False,
            help_text=_("A colleague, another form of help, another moment: where it is possible."),
        ),
        audience="missions.Refusal.orientation",
    )
    told_organisation = _told_organisation("Refusal")


class StopForm(forms.Form):
    explanation = beside(
        LongText(
            label=_("Your reasons, to the coachee"),
            rows=5,
            max_length=4000,
            help_text=_("In your own words, and better said to them before they are written."),
        ),
        audience="missions.Termination.explanation",
        article=STOP,
    )
    alternatives = beside(
        LongText(
            label=_("Other options you propose"),
            rows=3,
            max_length=4000,
            required=False,
            help_text=_("A colleague, another form of help, a pause, a closing session."),
        ),
        audience="missions.Termination.alternatives",
        article=STOP,
    )
    not_possible = beside(
        LongText(
            label=_("Or: not possible, because"),
            rows=2,
            max_length=2000,
            required=False,
            help_text=_("Only where you propose no other option. Your reason is kept with its article."),
        ),
        audience="missions.Override.reason",
    )
    told_organisation = _told_organisation(
        "Termination",
        help_text=_(
            "The organisation learns the fact and the date. What you write here is added to it; it reads nothing of what "
            "you tell the coachee."
        ),
    )

    def __init__(self, *args, organisation: bool, **options):
        super().__init__(*args, **options)
        if not organisation:
            del self.fields["told_organisation"]


class CoacheeStopForm(forms.Form):
    words = beside(
        LongText(
            label=_("A word to my coach"),
            rows=4,
            max_length=4000,
            required=False,
            help_text=_("Only if you wish. You owe nobody a reason."),
        ),
        audience="missions.Termination.words_ref",
        article=STOP,
    )


class OrganisationStopForm(forms.Form):
    told_coach = beside(
        LongText(label=_("Your reason, to the coach"), rows=4, max_length=4000),
        audience="missions.Termination.told_coach",
        article=STOP,
    )
    told_coachee = beside(
        LongText(
            label=_("What the coachee is told"),
            rows=3,
            max_length=4000,
            required=False,
            help_text=_("A text of its own: the coachee reads nothing of what you tell the coach."),
        ),
        audience="missions.Termination.told_coachee",
    )


class CloseForm(forms.Form):
    """Words for each party; and a reason for each gate that stands closed, where judgement may pass it."""

    explanation = beside(
        LongText(
            label=_("What you tell the coachee"),
            rows=4,
            max_length=4000,
            required=False,
            help_text=_("A few words to close with, if you like."),
        ),
        audience="missions.Termination.explanation",
        article=MEANS,
    )
    told_organisation = _told_organisation("Termination")

    def __init__(self, *args, closed=(), organisation: bool, **options):
        super().__init__(*args, **options)
        if not organisation:
            del self.fields["told_organisation"]
        for state in closed:
            reason = LongText(
                label=state.gate.label,
                rows=2,
                max_length=2000,
                required=False,
                help_text=_("Your reason for going on without it. It is kept with its article."),
            )
            self.fields[state.gate.name] = beside(reason, audience="missions.Override.reason")

    def said(self) -> dict:
        words = {name: text for name, text in self.cleaned_data.items() if "." not in name}
        overrides = {name: text for name, text in self.cleaned_data.items() if "." in name}
        return {**words, "overrides": overrides}


class LookForm(forms.Form):
    words = beside(
        LongText(
            label=_("In my own words, if I like"),
            rows=2,
            max_length=2000,
            required=False,
        ),
        audience="closings.Look.words",
        article=MEANS,
    )


class SatisfactionForm(forms.Form):
    text = beside(
        LongText(
            label=_("What has this coaching brought you, and what would you have wanted otherwise?"),
            rows=6,
        ),
        audience=f"{ANSWER}:kept",
    )
    shared = forms.BooleanField(
        label=_("Let my coach read it"),
        required=False,
        help_text=_("You may take it back later. Your organisation never reads it."),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, shared: bool = False, **options):
        super().__init__(*args, **options)
        if shared:  # as it now is, until the coachee chooses otherwise
            self.fields["text"].audience = ANSWER

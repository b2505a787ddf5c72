"""Forms of supervision: points, supervisors, what took place, what is asked for, and the supervisor's answer."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LONG_TEXT, DateField, LongText, beside, rebase

from ..enums import Form, Preset, Relation
from ..naming import Found

ARTICLE = ("supervision", _("Supervision"))
SEPARATOR = "|"


class NamelessForm(forms.Form):
    """Words that name nobody, in a field ``text``: names in them are asked about once, those and no others."""

    as_it_is = forms.BooleanField(label=_("Keep it as it is, these words included."), required=False)
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2 * LONG_TEXT)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    reader = ""  # the path of the registry of the text

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["text"], audience=self.reader, article=ARTICLE)
        if not self.data.get("asked"):
            self.fields["as_it_is"].widget = forms.HiddenInput()

    def meant(self) -> frozenset[str]:
        """The names that were shown, and that the coach says to keep."""
        said = self.cleaned_data
        return frozenset(said["asked"].split(SEPARATOR)) if said["as_it_is"] else frozenset()

    def ask(self, found: tuple[Found, ...]) -> None:
        """Whether these words are meant is asked from now on; another one typed meanwhile is asked about again."""
        known = self.meant() | {one.folded for one in found}
        rebase(self, asked=SEPARATOR.join(sorted(known)), as_it_is="")
        self.fields["as_it_is"].widget = forms.CheckboxInput()


class PointForm(NamelessForm):
    """A point in the coach's words."""

    text = LongText(
        label=_("What questions me"),
        rows=8,
        help_text=_("What happened in me, what I wonder; no name, no place, no employer."),
    )
    field_order = ["text", "as_it_is", "asked", "based_on"]
    reader = "supervision.SupervisionPoint.sealed_ref"


class LearningForm(NamelessForm):
    """What the coach takes from a supervision."""

    text = LongText(label=_("What I take from it"), rows=6, help_text=_("For you alone; it names nobody."))
    field_order = ["text", "as_it_is", "asked", "based_on"]
    reader = "supervision.SupervisionSession.learning_ref"


class SupervisorForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Where they receive the link to attest a supervision. They need no account."),
    )
    relation = forms.ChoiceField(label=_("They are"), choices=Relation.choices)
    form = forms.ChoiceField(label=_("Usually"), choices=Form.choices)
    credentials = forms.CharField(
        label=_("Training or accreditation as a supervisor"), max_length=200, required=False
    )
    language = forms.ChoiceField(label=_("Language of their letters"), choices=settings.LANGUAGES)
    agreed_from = DateField(label=_("Our agreement begins on"), required=False)
    agreed_until = DateField(label=_("It ends on"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["name"], audience="supervision.Supervisor.name", article=ARTICLE)


class PartForm(forms.Form):
    """What is attested of a supervision: with whom, when, how long, in what form; and the points brought there."""

    supervisor = forms.ChoiceField(label=_("With"))
    held_on = DateField(label=_("Took place on"))
    minutes = forms.IntegerField(
        label=_("Length in minutes"),
        min_value=1,
        max_value=600,
        help_text=_("Its real length; in a group, the whole of it."),
    )
    form = forms.ChoiceField(label=_("Form"), choices=Form.choices)
    treated = forms.MultipleChoiceField(
        label=_("Points brought there"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, supervisors=(), points=(), **options):
        super().__init__(*args, **options)
        self.fields["supervisor"].choices = [(one.ref, one.name) for one in supervisors]
        self.fields["treated"].choices = list(points)
        if not points:
            del self.fields["treated"]
        beside(self.fields["held_on"], audience="supervision.held", article=ARTICLE)

    def said(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("held_on", "minutes", "form")}


class SupervisionForm(PartForm, NamelessForm):
    """The same when it is recorded, with what the coach takes from it."""

    text = LongText(
        label=_("What I take from it"), rows=5, required=False, help_text=_("For you alone; it names nobody.")
    )
    field_order = [
        "supervisor",
        "held_on",
        "minutes",
        "form",
        "treated",
        "text",
        "as_it_is",
        "asked",
        "based_on",
    ]
    reader = "supervision.SupervisionSession.learning_ref"


class RuleForm(forms.Form):
    """What the practice asks of its coaches."""

    preset = forms.ChoiceField(label=_("Ratio"), choices=Preset.choices, widget=forms.RadioSelect)
    coaching_hours = forms.IntegerField(
        label=_("Hours of coaching for 1 h of supervision"), min_value=1, max_value=200, required=False
    )
    hours_a_year = forms.IntegerField(
        label=_("Hours of supervision a year, at the least"), min_value=0, max_value=200, required=False
    )
    hours_a_quarter = forms.IntegerField(
        label=_("Hours of supervision a quarter, at the least"), min_value=0, max_value=200, required=False
    )
    group_share = forms.IntegerField(
        label=_("Supervision in a group counts for, in per cent"), min_value=0, max_value=100
    )
    attest_within = forms.IntegerField(
        label=_("Days to have it attested"),
        min_value=1,
        max_value=365,
        help_text=_("A supervision counts on the coach’s word for so long; after that, once it is attested."),
    )

    def clean(self):
        cleaned = super().clean()
        own = ("coaching_hours", "hours_a_year", "hours_a_quarter")
        for name in own:
            if cleaned.get("preset") == Preset.OWN and cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("The practice’s own figures are asked for here."))
        return {name: value for name, value in cleaned.items() if not (name in own and value is None)}


class StricterForm(forms.Form):
    coaching_hours = forms.IntegerField(
        label=_("Hours of coaching for 1 h of supervision"),
        min_value=1,
        max_value=200,
        required=False,
        help_text=_("Leave it empty for what your practice asks."),
    )


class YearForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args, years=(), **options):
        super().__init__(*args, **options)
        self.fields["year"].choices = [(year, year) for year in years]


class AttestForm(forms.Form):
    """The supervisor's own name, under what they attest."""

    name = forms.CharField(label=_("Your first name and surname"), max_length=120)


class ContestForm(forms.Form):
    words = forms.CharField(
        label=_("What was otherwise"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The day, how long, in what form. The coach reads it; name no client."),
    )


class BroughtForm(forms.Form):
    brought_on = DateField(label=_("Brought on"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["brought_on"].initial = timezone.localdate
        beside(self.fields["brought_on"], audience="supervision.dates", article=ARTICLE)

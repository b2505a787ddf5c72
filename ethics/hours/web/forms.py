"""Forms of the hours log: a file, its columns, a letter, the figures of a practice."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import DateField, beside
from coaching.kernel.uploads import UploadForm

from ..credentials import FIGURES, presets
from ..enums import Column
from ..models import MOST_IN_GROUP
from ..reading import Headings
from ..reckoning import HOUR, hours

ARTICLE = ("maintien-competences", "Maintien et développement des compétences")
ORDERS = (("day", _("day/month/year")), ("month", _("month/day/year")))
UNUSED = "-"


class ImportForm(UploadForm):
    file = forms.FileField(
        label=_("The table of your hours"),
        allow_empty_file=True,  # said in the words of the service
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        help_text=_("CSV or XLSX, at most 50,000 lines. You see what was read before anything is kept."),
    )
    order = forms.ChoiceField(label=_("How dates are written in it"), choices=ORDERS, initial="day")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["file"], audience="hours.ImportPart.sealed", article=ARTICLE)


class ColumnsForm(forms.Form):
    """Which column of the file is which of the log: one choice for each, among what stands in the file."""

    headless = forms.BooleanField(label=_("The first line is a client already, not headings"), required=False)

    def __init__(self, headings: Headings, *args, **options):
        super().__init__(*args, **options)
        places = [(str(place), _place(place, word)) for place, word in enumerate(headings.words)]
        for column in Column:
            self.fields[column.value] = forms.ChoiceField(
                label=column.label,
                choices=[(UNUSED, _("not in the file")), *places],
                initial=str(headings.columns.get(column.value, UNUSED)),
            )
        self.order_fields([*(column.value for column in Column), "headless"])

    def columns(self) -> dict[str, int]:
        said = ((column.value, self.cleaned_data[column.value]) for column in Column)
        return {name: int(place) for name, place in said if place != UNUSED}


def _place(place: int, word: str) -> str:
    """As a spreadsheet names it, with what stands there."""
    letter = chr(65 + place) if place < 26 else f"A{chr(65 + place - 26)}"
    return f"{letter} · {word}" if word else letter


class HoursField(forms.DecimalField):
    """Hours with a fraction; kept in minutes."""

    def __init__(self, **options):
        super().__init__(
            min_value=0, max_value=100_000, max_digits=9, decimal_places=2, required=False, **options
        )


class LetterForm(forms.Form):
    issuer = forms.CharField(
        label=_("Organisation"), max_length=200, help_text=_("The company or agency that attests.")
    )
    contact = forms.CharField(
        label=_("Contact"), max_length=200, required=False, help_text=_("Who signs, and how to reach them.")
    )
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("To"))
    paid_hours = HoursField(label=_("Paid hours"))
    pro_bono_hours = HoursField(label=_("Pro-bono hours"))
    clients = forms.IntegerField(label=_("Number of clients"), min_value=1, max_value=10_000)
    missions = forms.MultipleChoiceField(
        label=_("Missions whose clients are not named"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Their sessions in this period count by the letter. None: the letter attests hours that are not here."
        ),
    )
    issued_on = DateField(
        label=_("Signed on"),
        required=False,
        help_text=_("Empty until the organisation has signed: the letter counts nothing before."),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, missions, *args, **options):
        super().__init__(*args, **options)
        self.fields["missions"].choices = [(one.ref, one.title) for one in missions]
        if not missions:
            del self.fields["missions"]
        beside(self.fields["issuer"], audience="hours.VerificationLetter.issuer", article=ARTICLE)

    def values(self) -> dict:
        """As the service takes them."""
        said = self.cleaned_data
        names = ("issuer", "contact", "starts_on", "ends_on", "clients", "issued_on")
        minutes = {
            f"{name}_minutes": round((said[f"{name}_hours"] or 0) * HOUR) for name in ("paid", "pro_bono")
        }
        return {**{name: said[name] for name in names}, **minutes}


def letter_initial(letter, missions) -> dict:
    return {
        **{name: getattr(letter, name) for name in ("issuer", "contact", "starts_on", "ends_on", "clients", "issued_on")},
        "paid_hours": hours(letter.paid_minutes),
        "pro_bono_hours": hours(letter.pro_bono_minutes),
        "missions": [one.ref for one in missions],
        "based_on": letter.number,
    }  # fmt: skip


FIGURE_LABELS = {
    "hours": _("{credential}: hours in all"),
    "paid": _("{credential}: paid hours"),
    "clients": _("{credential}: clients"),
    "recent": _("{credential}: hours within 18 months"),
}


class RulesForm(forms.Form):
    """The largest group that counts, and for each credential its four figures; 0 is not asked for."""

    largest_group = forms.IntegerField(
        label=_("Largest group that counts"),
        min_value=2,
        max_value=MOST_IN_GROUP,
        help_text=_("Sessions with more people at once count in no log. Preset: 15."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["largest_group"], audience="hours.rules", article=ARTICLE)
        for one in presets():
            for figure in FIGURES:
                self.fields[f"{one.code}_{figure}"] = forms.IntegerField(
                    label=format_lazy(FIGURE_LABELS[figure], credential=one.title),
                    min_value=0,
                    max_value=100_000,
                )

    def figures(self) -> dict[str, dict[str, int]]:
        return {
            one.code: {figure: self.cleaned_data[f"{one.code}_{figure}"] for figure in FIGURES}
            for one in presets()
        }


def rules_initial(rules) -> dict:
    figures = {
        f"{one.code}_{figure}": getattr(one, figure) for one in rules.credentials for figure in FIGURES
    }
    return {"largest_group": rules.largest_group, **figures}

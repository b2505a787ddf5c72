"""Forms of a coach's competence."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.documents.files import Cleaned, cleaned
from coaching.kernel.forms import DateField, LongText, beside
from coaching.kernel.uploads import UploadForm

from ..enums import MOST_QUARTERS, QUARTER, ActivityKind

FORMATS = ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"


def proof_field(*, required: bool = False) -> forms.FileField:
    """What it accepts is a convenience of the browser; what is in the file decides."""
    field = forms.FileField(
        label=_("Proof: a PDF, a PNG or a JPEG"),
        required=required,
        widget=forms.FileInput(attrs={"accept": FORMATS}),
        help_text=_(
            "At most 20 MB. The file is written anew: only what it shows is kept, without scripts, forms, hidden files or places."
        ),
    )
    return beside(field, audience="development.proof")


class WithProof(UploadForm):
    """A form with a proof: what was typed beside a refused file is kept."""

    def proof(self) -> Cleaned | None:
        """The file cleaned, outside any transaction. Raises :class:`coaching.kernel.errors.Invalid` beside it."""
        sent = self.cleaned_data.get("file")
        return cleaned(sent.read()) if sent else None

    def values(self, *names: str) -> dict:
        return {name: self.cleaned_data[name] for name in names}


class QualificationForm(WithProof):
    title = forms.CharField(label=_("Training or credential"), max_length=200)
    body = forms.CharField(label=_("School or body"), max_length=200)
    obtained_on = DateField(label=_("Obtained on"))
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=20_000, required=False)
    expires_on = DateField(label=_("Valid until"), required=False)
    file = proof_field()
    shared = forms.BooleanField(
        label=_("My clients may open this proof from my sheet"),
        required=False,
        help_text=_("Never anybody else, and never from a published sheet."),
    )

    def said(self) -> dict:
        return self.values("title", "body", "obtained_on", "hours", "expires_on")


class ProofForm(WithProof):
    """The file alone: a page where a long text is typed, and kept as it is typed, takes none."""

    file = proof_field(required=True)


class ActivityForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind)
    title = beside(
        forms.CharField(label=_("What it was"), max_length=200),
        audience="development.DevelopmentActivity.title",
    )
    body = forms.CharField(label=_("With whom, or where"), max_length=200, required=False)
    held_on = DateField(label=_("On which day"))
    hours = forms.DecimalField(
        label=_("Hours, in quarters"),
        localize=True,
        min_value=Decimal("0.25"),
        max_value=MOST_QUARTERS // QUARTER,
        max_digits=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("For example 1.5 for an hour and a half."),
    )
    learning = beside(
        LongText(
            label=_("What I take from it"),
            required=False,
            rows=4,
            max_length=4000,
            help_text=_("Sealed with your own key: it is in no dossier, and nobody else ever reads it."),
        ),
        audience="development.DevelopmentActivity.learning_ref",
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["held_on"].initial = timezone.localdate

    def clean_hours(self):
        quarters = self.cleaned_data["hours"] * QUARTER
        if quarters != quarters.to_integral_value():
            raise forms.ValidationError(_("Count in quarters of an hour: 0.25, 0.5, 0.75, 1…"))
        return self.cleaned_data["hours"]

    def said(self) -> dict:
        quarters = int(self.cleaned_data["hours"] * QUARTER)
        said = {name: self.cleaned_data[name] for name in ("kind", "title", "body", "held_on")}
        return {**said, "quarters": quarters}

"""Forms about people and organisations."""

import phonenumbers
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coaching.kernel.forms import LongText
from coaching.kernel.identifiers import check_siret, check_vat

SHEET_TEXT = 4000


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    legal_form = forms.CharField(label=_("Legal form"), max_length=80, required=False)
    siret = forms.CharField(label=_("SIREN or SIRET"), max_length=20, required=False)
    vat_number = forms.CharField(label=_("VAT number"), max_length=20, required=False)
    address = forms.CharField(
        label=_("Address"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    represented_by = forms.CharField(label=_("Represented by"), max_length=160, required=False)
    representative_role = forms.CharField(label=_("Their title"), max_length=160, required=False)

    def clean_siret(self):
        return check_siret(self.cleaned_data["siret"])

    def clean_vat_number(self):
        return check_vat(self.cleaned_data["vat_number"])


class ContextSheetForm(forms.Form):
    """What the coach is attentive to in the organisation (article Protection des organisations)."""

    trade = LongText(label=_("Trade"), required=False, rows=3, max_length=SHEET_TEXT)
    usages = LongText(label=_("Usages"), required=False, rows=3, max_length=SHEET_TEXT)
    culture = LongText(label=_("Culture"), required=False, rows=3, max_length=SHEET_TEXT)
    context = LongText(label=_("Context"), required=False, rows=3, max_length=SHEET_TEXT)
    constraints = LongText(label=_("Constraints"), required=False, rows=3, max_length=SHEET_TEXT)
    no_interference = LongText(
        label=_("What not to interfere with"),
        required=False,
        rows=3,
        max_length=SHEET_TEXT,
        help_text=_(
            "Decisions, reorganisations, disputes that are the organisation’s own. “Nothing” is an answer."
        ),
    )


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    job_title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    address = forms.CharField(
        label=_("Postal address"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed in the contract when the person pays for their own coaching."),
    )
    registration = forms.CharField(
        label=_("SIREN or SIRET"),
        max_length=20,
        required=False,
        help_text=_("For a person who pays for their coaching through their own business."),
    )
    language = forms.ChoiceField(label=_("Language of letters to this person"), choices=settings.LANGUAGES)

    def __init__(self, *args, organisations=(), seats=0, **options):
        super().__init__(*args, **options)
        self._leave_or_stay(seats)
        self._organisations = {row.ref: row for row in organisations}
        choices = [("", "—"), *((ref, row.name) for ref, row in self._organisations.items())]
        self.fields["organisation"].choices = choices

    def _leave_or_stay(self, seats: int) -> None:
        """Whoever sits on their organisation's side leaves it with the organisation: said, and agreed to, beforehand."""
        if not seats:
            return
        words = ngettext(
            "This person sits on their organisation’s side at %(n)d mission. If you change the organisation, this seat ends at "
            "once and nothing of the mission opens to them any more: no page, contract or restitution. At a mission that is "
            "over, it cannot be given back.",
            "This person sits on their organisation’s side at %(n)d missions. If you change the organisation, these seats end at "
            "once and nothing of the missions opens to them any more: no page, contract or restitution. At a mission that is "
            "over, they cannot be given back.",
            seats,
        )
        self.fields["leaves"] = forms.BooleanField(
            label=_("They leave this organisation’s side of the table"),
            required=False,
            help_text=words % {"n": seats},
        )
        names = list(self.fields)
        names.insert(names.index("organisation") + 1, names.pop())
        self.order_fields(names)

    def clean_organisation(self):
        return self._organisations.get(self.cleaned_data["organisation"])

    def clean_leaves(self):
        chosen = self.cleaned_data.get("organisation")
        changes = (chosen.ref if chosen else "") != self.initial.get("organisation", "")
        if changes and "organisation" in self.cleaned_data and not self.cleaned_data["leaves"]:
            raise ValidationError(
                _("Tick this to change the organisation, or choose the organisation they had.")
            )
        return self.cleaned_data["leaves"]

    def clean_registration(self):
        return check_siret(self.cleaned_data["registration"])

    def clean_phone(self):
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, "FR")
        except phonenumbers.NumberParseException as wrong:
            raise ValidationError(_("This is not a telephone number.")) from wrong
        if not phonenumbers.is_possible_number(number):
            raise ValidationError(_("This telephone number has too few or too many digits."))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

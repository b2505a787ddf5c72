"""Forms about accounts."""

from allauth.account.forms import ChangePasswordForm as PlainChangePasswordForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from coaching.accounts import passwords
from coaching.accounts.enums import FEWEST, MOST, MOST_DEVELOPMENT, Theme, VatRegime
from coaching.accounts.models import User
from coaching.kernel.acts import act
from coaching.kernel.identifiers import check_siret, check_vat


class NewAccountForm(forms.Form):
    """What an invited person without an account says: name and a password of their own."""

    name = forms.CharField(label=_("Your name, as it will stand in a contract"), max_length=120)
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A sentence is easier to remember than a code."),
    )

    def __init__(self, *args, email: str = "", **options):
        super().__init__(*args, **options)
        self.email = email

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


class FirstRunForm(NewAccountForm):
    """The first page of a new installation: the practice and its first coach."""

    email = forms.EmailField(label=_("Your e-mail address"))
    practice = forms.CharField(label=_("Name of your practice"), max_length=120)

    field_order = ["practice", "name", "email", "password"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class ChangePasswordForm(PlainChangePasswordForm):
    """The sign-in library's form; what is kept under the old password moves under the new one, both or neither."""

    @act
    def save(self):
        super().save()
        said = self.cleaned_data
        passwords.changed(self.user, said["oldpassword"], said["password1"])


class MemberInvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=120)
    as_coach = forms.BooleanField(label=_("Coach"), required=False, initial=True)
    as_administrator = forms.BooleanField(
        label=_("Administrator"),
        required=False,
        help_text=_("Members, charter, clauses, seal, journal. Never the content of a mission."),
    )

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("as_coach") or cleaned.get("as_administrator")):
            self.add_error("as_coach", _("Choose at least one role."))
        return cleaned


class PracticeForm(forms.Form):
    """The practice as contracts name it."""

    name = forms.CharField(label=_("Name"), max_length=120)
    legal_form = forms.CharField(label=_("Legal form"), max_length=80, required=False)
    siret = forms.CharField(label=_("SIREN or SIRET"), max_length=20, required=False)
    vat_regime = forms.ChoiceField(label=_("VAT"), choices=VatRegime.choices)
    vat_rate = forms.DecimalField(
        label=_("VAT rate, in per cent"), min_value=0, max_value=99, decimal_places=2
    )
    vat_number = forms.CharField(label=_("VAT number"), max_length=20, required=False)
    address = forms.CharField(
        label=_("Address"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    city = forms.CharField(
        label=_("City"), max_length=80, required=False, help_text=_("The place where contracts are made.")
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    insurance = forms.CharField(label=_("Professional liability insurance"), max_length=200, required=False)
    recourse_name = forms.CharField(
        label=_("Recourse person"),
        max_length=120,
        required=False,
        help_text=_(
            "Somebody outside the mission to whom a coachee can turn (article “Respect for persons”)."
        ),
    )
    recourse_contact = forms.CharField(label=_("How to reach them"), max_length=200, required=False)
    mediator_name = forms.CharField(
        label=_("Consumer mediator"),
        max_length=120,
        required=False,
        help_text=_("Required by law where a client is a consumer."),
    )
    mediator_contact = forms.CharField(label=_("Address of the mediator"), max_length=200, required=False)
    smallest_group = forms.IntegerField(
        label=_("Smallest group shown to an organisation"),
        min_value=FEWEST,
        max_value=MOST,
        help_text=_(
            "A total speaks of at least this many people, so that it gives nobody away (article on confidentiality)."
        ),
    )
    development_hours = forms.IntegerField(
        label=_("Hours of development a year"),
        min_value=0,
        max_value=MOST_DEVELOPMENT,
        help_text=_(
            "What each coach of the practice gives to their own training, at the least (article on keeping up skills)."
        ),
    )

    def clean_siret(self):
        return check_siret(self.cleaned_data["siret"])

    def clean_vat_number(self):
        return check_vat(self.cleaned_data["vat_number"])


class PreferencesForm(forms.Form):
    """Language and look."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Look"), choices=Theme.choices)

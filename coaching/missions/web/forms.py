"""Forms of a mission's life."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LongText

from ..enums import MissionKind, ObjectiveTag, Payer, RefusalGround, SeatRole


class NewMissionForm(forms.Form):
    """The guided start: who, paid by whom, in which language. Everything else comes later."""

    title = forms.CharField(
        label=_("A short title"),
        max_length=160,
        help_text=_("For example: taking up a management post. No names."),
    )
    kind = forms.ChoiceField(label=_("Coaching of"), choices=MissionKind.choices, widget=forms.RadioSelect)
    payer = forms.ChoiceField(label=_("Paid by"), choices=Payer.choices, widget=forms.RadioSelect)
    organisation = forms.ChoiceField(label=_("Organisation already known"), required=False)
    organisation_name = forms.CharField(label=_("or a new organisation"), max_length=160, required=False)
    coachee_name = forms.CharField(label=_("Coachee: name"), max_length=120)
    coachee_email = forms.EmailField(label=_("Coachee: e-mail address"))
    sponsor_name = forms.CharField(label=_("Sponsor: name"), max_length=120, required=False)
    sponsor_email = forms.EmailField(label=_("Sponsor: e-mail address"), required=False)
    language = forms.ChoiceField(label=_("Language of the contract"), choices=settings.LANGUAGES)
    invite = forms.BooleanField(
        label=_("Invite each of them now to formulate their request"), required=False, initial=True
    )

    def __init__(self, *args, organisations=(), **options):
        super().__init__(*args, **options)
        self._organisations = {row.ref: row for row in organisations}
        choices = [("", "—"), *((ref, row.name) for ref, row in self._organisations.items())]
        self.fields["organisation"].choices = choices

    def clean_organisation(self):
        return self._organisations.get(self.cleaned_data["organisation"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("payer") == Payer.ORGANISATION:
            if not (cleaned.get("organisation") or cleaned.get("organisation_name")):
                self.add_error("organisation_name", _("Say which organisation pays."))
            for name in ("sponsor_name", "sponsor_email"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("An organisation pays: somebody there formulates its request."))
        coachee, sponsor = (cleaned.get(name, "").lower() for name in ("coachee_email", "sponsor_email"))
        if sponsor and sponsor == coachee:
            self.add_error("sponsor_email", _("The coachee and the sponsor are two people."))
        return cleaned


class SeatForm(forms.Form):
    person = forms.ChoiceField(label=_("Person already known"), required=False)
    name = forms.CharField(label=_("or a new person: name"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    role = forms.ChoiceField(label=_("Seat"), choices=SeatRole.choices)
    signs = forms.BooleanField(label=_("Signs the contract"), required=False, initial=True)
    invite = forms.BooleanField(label=_("Send the invitation now"), required=False, initial=True)

    def __init__(self, *args, people=(), **options):
        super().__init__(*args, **options)
        self._people = {row.ref: row for row in people}
        choices = [("", "—"), *((ref, f"{row.name} · {row.email}") for ref, row in self._people.items())]
        self.fields["person"].choices = choices

    def clean_person(self):
        return self._people.get(self.cleaned_data["person"])

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("person"):
            for name in ("name", "email"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Choose a person, or give a name and an address."))
        return cleaned


class RequestForm(forms.Form):
    """A request, and the version it was written upon."""

    text = LongText(label=_("The request"), rows=10)
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def rebase(self, number: int) -> None:
        """The writer is shown version ``number`` beside their text: saved again, it comes after that one."""
        self.data = {**self.data.dict(), "based_on": number}


class WordingForm(forms.Form):
    text = LongText(label=_("What the organisation will read"), rows=5, max_length=4000)


class ValidationForm(forms.Form):
    wording = LongText(
        label=_("What you validate"),
        rows=3,
        max_length=2000,
        help_text=_(
            "One or two sentences. They appear in the contract: name nothing the coachee has not shared."
        ),
    )


class ObjectiveForm(forms.Form):
    tag = forms.ChoiceField(label=_("Whose objective"), choices=ObjectiveTag.choices)
    seat = forms.ChoiceField(label=_("Coachee"), required=False)
    title = forms.CharField(label=_("Objective"), max_length=300)
    indicator = forms.CharField(label=_("How it will be seen"), max_length=300, required=False)
    baseline = forms.CharField(label=_("Where we start"), max_length=300, required=False)
    target = forms.CharField(label=_("Where we want to be"), max_length=300, required=False)

    def __init__(self, *args, seats=(), tags=None, **options):
        super().__init__(*args, **options)
        self._seats = {row.ref: row for row in seats}
        if len(self._seats) < 2:
            del self.fields["seat"]
        else:
            self.fields["seat"].choices = [
                ("", "—"),
                *((ref, row.person.name) for ref, row in self._seats.items()),
            ]
        if tags:
            self.fields["tag"].choices = [(tag, label) for tag, label in ObjectiveTag.choices if tag in tags]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("tag") == ObjectiveTag.COACHEE:
            cleaned["seat"] = self._chosen_seat(cleaned)
            if cleaned["seat"] is None:
                self.add_error(
                    "seat" if "seat" in self.fields else "tag", _("Say which coachee’s objective it is.")
                )
        else:
            cleaned["seat"] = None
        return cleaned

    def _chosen_seat(self, cleaned):
        if len(self._seats) == 1:
            return next(iter(self._seats.values()))
        return self._seats.get(cleaned.get("seat", ""))


class BalanceForm(forms.Form):
    explanation = LongText(label=_("Why no objective is common"), rows=4, max_length=2000)


class DeclarationForm(forms.Form):
    has_conflict = forms.TypedChoiceField(
        label=_("Conflict of interest"),
        choices=[
            ("no", _("I know of no conflict of interest in this mission.")),
            ("yes", _("There is one; I say below what it is and how I deal with it.")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    statement = LongText(
        label=_("What it is and how I deal with it"), rows=4, max_length=2000, required=False
    )


class RefusalForm(forms.Form):
    ground = forms.ChoiceField(label=_("Ground"), choices=RefusalGround.choices, widget=forms.RadioSelect)
    explanation = LongText(label=_("What you tell the coachee"), rows=5, max_length=4000)
    orientation = LongText(
        label=_("Another way you suggest"),
        rows=3,
        max_length=4000,
        required=False,
        help_text=_("A colleague, another form of help, another moment: where it is possible."),
    )
    told_organisation = LongText(
        label=_("What you tell the organisation"),
        rows=3,
        max_length=4000,
        required=False,
        help_text=_("A text of its own: the organisation reads nothing of what you tell the coachee."),
    )


class OverrideForm(forms.Form):
    """A reason for each gate that judgement may pass; built from the gates that stand closed."""

    def __init__(self, *args, closed=(), **options):
        super().__init__(*args, **options)
        for state in closed:
            if state.gate.overridable:
                self.fields[state.gate.name] = LongText(
                    label=state.gate.label,
                    rows=2,
                    max_length=2000,
                    required=False,
                    help_text=_("Your reason for going on without it. It is kept with its article."),
                )

"""Forms of a mission's life."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import LongText, beside

from ..enums import MissionKind, ObjectiveTag, Payer, RequestLevel, SeatRole


class WhoForm(forms.Form):
    """First step of a new mission: who is coached, and of what."""

    kind = forms.ChoiceField(
        label=_("Coaching of"),
        choices=[(MissionKind.INDIVIDUAL, _("one person")), (MissionKind.TEAM, _("a team"))],
        widget=forms.RadioSelect,
        initial=MissionKind.INDIVIDUAL,
    )
    coachee_name = forms.CharField(
        label=_("Name of the person who is coached"),
        max_length=120,
        help_text=_("Of a team, name one person: the others get their seats on the mission’s page."),
    )
    coachee_email = forms.EmailField(label=_("Their e-mail address"))
    title = forms.CharField(
        label=_("A short title"),
        max_length=160,
        help_text=_("Every seat at the table reads it. For example: taking up a management post. No names."),
    )


class PayerForm(forms.Form):
    """Second step: who pays, and who speaks for the organisation."""

    payer = forms.ChoiceField(
        label=_("Paid by"), choices=Payer.choices, widget=forms.RadioSelect, initial=Payer.ORGANISATION
    )
    organisation = forms.ChoiceField(label=_("Organisation already known"), required=False)
    organisation_name = forms.CharField(label=_("or a new organisation"), max_length=160, required=False)
    sponsor_name = forms.CharField(
        label=_("Sponsor: name"),
        max_length=120,
        required=False,
        help_text=_("Whoever words the organisation’s request: human resources, a manager."),
    )
    sponsor_email = forms.EmailField(label=_("Sponsor: e-mail address"), required=False)

    def __init__(self, *args, organisations=(), coachee_email="", **options):
        super().__init__(*args, **options)
        self._known = {row.ref: row.name for row in organisations}
        self._coachee = coachee_email.strip().lower()
        self.fields["organisation"].choices = [("", "—"), *self._known.items()]
        if not self._known:
            del self.fields["organisation"]
            self.fields["organisation_name"].label = _("Organisation")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("payer") != Payer.ORGANISATION:
            return cleaned
        if not (cleaned.get("organisation") or cleaned.get("organisation_name")):
            self.add_error("organisation_name", _("Say which organisation pays."))
        for name in ("sponsor_name", "sponsor_email"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("An organisation pays: somebody there formulates its request."))
        if cleaned.get("sponsor_email") and cleaned["sponsor_email"].lower() == self._coachee:
            self.add_error("sponsor_email", _("The coachee and the sponsor are two people."))
        return cleaned


class InviteForm(forms.Form):
    """Third step: in which language, and whether each is written to at once."""

    language = forms.ChoiceField(
        label=_("Language of the contract and of the letters"), choices=settings.LANGUAGES, initial="fr"
    )
    invite_coachee = forms.BooleanField(required=False, initial=True)
    invite_sponsor = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args, coachee_name="", sponsor_name="", **options):
        super().__init__(*args, **options)
        asks = _("Invite %(name)s now to word their own request")
        self.fields["invite_coachee"].label = format_lazy_name(asks, coachee_name)
        self.fields["invite_coachee"].help_text = _(
            "A letter with a link for them alone. You read what they write; the organisation does not."
        )
        if sponsor_name:
            asks = _("Invite %(name)s now to word the organisation’s request")
            self.fields["invite_sponsor"].label = format_lazy_name(asks, sponsor_name)
        else:
            del self.fields["invite_sponsor"]


class LookOverForm(forms.Form):
    """Last step: nothing to fill in, one button."""


def format_lazy_name(sentence, name: str) -> str:
    return str(sentence) % {"name": name}


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


REQUEST = ("demande-formulee", "Demande formulée")
SECRECY = ("confidentialite", "Confidentialité")
PERSONS = ("respect-personnes", "Respect des personnes")
BALANCE = ("equilibre", "Équilibre de l’ensemble du système")


class RequestForm(forms.Form):
    """A request, and the version it was written upon. ``level`` says whose, and so who reads it."""

    text = LongText(label=_("The request"), rows=10)
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, level: str, **options):
        super().__init__(*args, **options)
        sealed = level == RequestLevel.COACHEE
        path = "missions.RequestVersion.sealed_ref" if sealed else "missions.RequestVersion.text"
        beside(self.fields["text"], audience=path, article=REQUEST)


class WordingForm(forms.Form):
    text = beside(
        LongText(label=_("What the organisation will read"), rows=5, max_length=4000),
        audience="missions.SharedWording.text",
        article=SECRECY,
    )


class ValidationForm(forms.Form):
    wording = beside(
        LongText(
            label=_("What you validate"),
            rows=3,
            max_length=2000,
            help_text=_(
                "One or two sentences. They appear in the contract: name nothing the coachee has not shared."
            ),
        ),
        audience="missions.Validation.wording",
        article=REQUEST,
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
    explanation = beside(
        LongText(label=_("Why no objective is common"), rows=4, max_length=2000),
        audience="missions.Balance.explanation",
        article=BALANCE,
    )


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
    statement = beside(
        LongText(label=_("What it is and how I deal with it"), rows=4, max_length=2000, required=False),
        audience="missions.ConflictDeclaration.statement",
        article=PERSONS,
    )


PROTECTION = ("protection-personne", "Protection de la personne")


class PauseForm(forms.Form):
    """The coach's reason, in their own words to the coachee."""

    reason = beside(
        LongText(
            label=_("What you tell the coachee"),
            rows=4,
            max_length=2000,
            help_text=_(
                "The contract has it that you explain your reason. The organisation learns the date alone."
            ),
        ),
        audience="missions.Pause.reason",
        article=PROTECTION,
    )


class ReferralForm(forms.Form):
    """Other help than coaching: what was noticed, what was said, which ways were suggested."""

    noticed = beside(
        LongText(
            label=_("What I noticed"),
            rows=4,
            max_length=4000,
            help_text=_("For yourself and your supervision; encrypted. No diagnosis is asked of you."),
        ),
        audience="missions.Referral.noticed_ref",
        article=PROTECTION,
    )
    told_on = forms.DateField(
        label=_("I told the coachee on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("It is said to them first, face to face or on the telephone, and written down then."),
    )
    ways = beside(
        LongText(
            label=_("The ways I suggested"),
            rows=4,
            max_length=4000,
            help_text=_(
                "A doctor, a psychologist, occupational health, a helpline, a legal adviser: in the words you used. "
                "The coachee is free to follow them or not."
            ),
        ),
        audience="missions.Referral.ways_ref",
    )
    to_supervision = forms.BooleanField(label=_("To be raised in supervision"), required=False)


class AnswerForm(forms.Form):
    """What the coachee answers, if they wish."""

    text = beside(
        LongText(
            label=_("A word to my coach"),
            rows=3,
            max_length=2000,
            required=False,
            help_text=_("Only if you wish. You owe nobody an answer."),
        ),
        audience="missions.Referral.answer_ref",
        article=PROTECTION,
    )


class OverrideForm(forms.Form):
    """A reason for each gate that judgement may pass; built from the gates that stand closed."""

    def __init__(self, *args, closed=(), **options):
        super().__init__(*args, **options)
        for state in closed:
            if state.gate.overridable:
                reason = LongText(
                    label=state.gate.label,
                    rows=2,
                    max_length=2000,
                    required=False,
                    help_text=_("Your reason for going on without it. It is kept with its article."),
                )
                self.fields[state.gate.name] = beside(reason, audience="missions.Override.reason")

"""Forms of a session."""

from datetime import datetime, time
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import DateField, beside
from contracts.enums import Medium

from ..enums import SessionKind, ThreeWayStage
from ..services.planning import LONGEST, MOST, Said

TELE = ("tele-coaching-lieu", _("Distance coaching, place"))
ZONES = sorted(
    zone
    for zone in available_timezones()
    if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))
)


class WhenForm(forms.Form):
    """When, how and where a session takes place."""

    day = DateField(label=_("Day"))
    time = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("Length, in minutes"), min_value=5, max_value=LONGEST)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone.replace("_", " ")) for zone in ZONES],
        initial="Europe/Paris",
    )
    medium = forms.ChoiceField(label=_("Medium"), choices=Medium.choices, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Place"),
        max_length=300,
        required=False,
        help_text=_("An address, a room, or where each of you will be."),
    )
    join_link = forms.URLField(label=_("Link to join"), max_length=300, required=False, assume_scheme="https")
    private = forms.BooleanField(
        label=_("Nobody can listen in there: I have made sure of it."), required=False
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["medium"], article=TELE)
        beside(self.fields["place"], audience="coaching_sessions.CoachingSession.place")

    def said(self) -> Said:
        values = self.cleaned_data
        at = datetime.combine(values["day"], values["time"].replace(second=0, microsecond=0))
        names = ("minutes", "medium", "zone", "place", "join_link", "private")
        return Said(at, **{name: values[name] for name in names})


class PlanForm(WhenForm):
    """One session, or a series at the same hour."""

    kind = forms.ChoiceField(label=_("What it is"), choices=SessionKind.choices, widget=forms.RadioSelect)
    stage = forms.ChoiceField(
        label=_("Of a three-way meeting: when in the coaching"),
        choices=[("", "—"), *ThreeWayStage.choices],
        required=False,
    )
    seats = forms.MultipleChoiceField(label=_("Who takes part"), widget=forms.CheckboxSelectMultiple)
    times = forms.IntegerField(label=_("How many sessions"), min_value=1, max_value=MOST, initial=1)
    every_weeks = forms.IntegerField(
        label=_("Weeks from one to the next"),
        min_value=1,
        max_value=26,
        initial=2,
        help_text=_("For a series: each at the same hour."),
    )
    field_order = (
        "kind",
        "stage",
        "seats",
        "day",
        "time",
        "minutes",
        "times",
        "every_weeks",
        "medium",
        "place",
        "join_link",
        "private",
        "zone",
    )

    def __init__(self, *args, seats=(), kinds=(), **options):
        super().__init__(*args, **options)
        self._seats = {seat.ref: seat for seat in seats}
        self.fields["seats"].choices = [
            (seat.ref, f"{seat.person.name} · {seat.get_role_display()}") for seat in seats
        ]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        del self.fields["based_on"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == SessionKind.THREE_WAY and not cleaned.get("stage"):
            self.add_error("stage", _("Say when in the coaching this meeting takes place."))
        if cleaned.get("kind") != SessionKind.THREE_WAY:
            cleaned["stage"] = ""
        return cleaned

    def chosen(self) -> list:
        return [self._seats[ref] for ref in self.cleaned_data["seats"]]


class HoldForm(forms.Form):
    """What is recorded of a session that was held."""

    minutes = forms.IntegerField(
        label=_("Real length, in minutes"),
        min_value=5,
        max_value=LONGEST,
        help_text=_("Your hours are counted by it."),
    )
    present = forms.MultipleChoiceField(
        label=_("Who was there"), widget=forms.CheckboxSelectMultiple, required=False
    )
    medium_reason = forms.CharField(label=_("Why this medium all the same"), max_length=2000, required=False)

    def __init__(self, *args, participants=(), medium_closed=False, **options):
        super().__init__(*args, **options)
        self.fields["present"].choices = [(row.seat.ref, row.seat.person.name) for row in participants]
        if medium_closed:
            beside(self.fields["medium_reason"], audience="missions.Override.reason", article=TELE)
        else:
            del self.fields["medium_reason"]

    def overrides(self) -> dict[str, str]:
        return {"sessions.medium": self.cleaned_data.get("medium_reason", "")}


class CancelForm(forms.Form):
    """A cancellation after the notice; asked only then."""

    excused = forms.BooleanField(
        label=_("Illness, accident or an emergency"),
        required=False,
        help_text=_("The session then does not count. Your word is enough: no reason is asked or kept."),
    )


class CancelByCoachForm(forms.Form):
    asked_by_coachee = forms.BooleanField(label=_("The coachee asked for it"), required=False)
    excused = forms.BooleanField(
        label=_("For illness, an accident or an emergency"),
        required=False,
        help_text=_(
            "After the notice, a session the coachee cancels counts, but for these. No reason is kept."
        ),
    )


def local_values(session) -> dict:
    """What a form shows of a session that is planned."""
    start = session.local_start
    return {
        "day": start.date(),
        "time": time(start.hour, start.minute),
        "based_on": session.sequence,
        **{
            name: getattr(session, name)
            for name in ("minutes", "zone", "medium", "place", "join_link", "private")
        },
    }

"""Forms of calendars: opening hours, closed days, a booking, a person's wishes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import DateField, beside
from coaching.sessions.web.forms import TELE, ZONES
from contracts.enums import Medium

from ..enums import Remind, Weekday
from ..models import BookingRules, OpeningHours, Wishes
from ..services.booking import TAKEN

ZONE_CHOICES = [(zone, zone.replace("_", " ")) for zone in ZONES]
STEPS = (15, 30, 45, 60, 90, 120)


class WallTime(forms.TimeField):
    """An hour on the wall, to the five minutes."""

    def __init__(self, **options):
        widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
        super().__init__(widget=widget, **options)

    def clean(self, value):
        at = super().clean(value)
        if at.minute % 5 or at.second:
            raise forms.ValidationError(_("Choose an hour to the five minutes, such as 9:05 or 9:30."))
        return at


class OpeningForm(forms.Form):
    """A stretch of a weekday in which one may book."""

    weekday = forms.TypedChoiceField(label=_("Day of the week"), choices=Weekday.choices, coerce=int)
    opens = WallTime(label=_("Opens at"))
    closes = WallTime(label=_("Closes at"))
    every = forms.TypedChoiceField(
        label=_("A meeting may begin"),
        choices=[(step, _("every %(step)d minutes") % {"step": step}) for step in STEPS],
        coerce=int,
        initial=60,
        help_text=_("Counted from the beginning. Each lasts as long as its contract says, and ends in time."),
    )
    medium = forms.ChoiceField(
        label=_("Medium"),
        choices=Medium.choices,
        widget=forms.RadioSelect,
        help_text=_("Offered to those whose contract names it."),
    )
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    join_link = forms.URLField(label=_("Link to join"), max_length=300, required=False, assume_scheme="https")
    valid_from = DateField(label=_("From which day on"))
    valid_until = DateField(
        label=_("Until which day"), required=False, help_text=_("Empty: until you say otherwise.")
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=ZONE_CHOICES)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["medium"], article=TELE)
        for name in ("place", "join_link"):
            beside(self.fields[name], audience=f"calendar.OpeningHours.{name}")

    def clean(self):
        said = super().clean()
        if said.get("medium") == Medium.ON_SITE and not said.get("place", "").strip():
            self.add_error("place", _("Say where you meet."))
        return said


def opening_values(row: OpeningHours) -> dict:
    return {name: getattr(row, name) for name in OpeningForm.base_fields}


class ClosedForm(forms.Form):
    first = DateField(label=_("First day"))
    last = DateField(label=_("Last day"))


class RulesForm(forms.Form):
    """How late and how far ahead."""

    notice_hours = forms.IntegerField(
        label=_("Hours between a booking and its meeting, at least"), min_value=0, max_value=14 * 24
    )
    horizon_weeks = forms.IntegerField(label=_("Weeks ahead that may be booked"), min_value=1, max_value=52)


def rules_values(row: BookingRules) -> dict:
    return {"notice_hours": row.notice_hours, "horizon_weeks": row.horizon_weeks}


class BookForm(forms.Form):
    """One of the hours that are open; drawn by the page, day by day."""

    slot = forms.ChoiceField(
        label=_("Hour"),
        error_messages={"required": _("Choose an hour."), "invalid_choice": TAKEN},
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, slots=(), **options):
        super().__init__(*args, **options)
        self.fields["slot"].choices = [(slot.code, slot.code) for slot in slots]


class WishesForm(forms.Form):
    """How a person wants their calendar."""

    remind_hours = forms.TypedChoiceField(
        label=_("Reminder by letter"), choices=Remind.choices, coerce=int, widget=forms.RadioSelect
    )
    zone = forms.ChoiceField(
        label=_("My time zone"), choices=ZONE_CHOICES, help_text=_("The hours of your calendar here.")
    )
    show_place = forms.BooleanField(
        label=_("Show the place, or the link to join, in my calendar program"),
        required=False,
        help_text=_("Whoever looks into that calendar then reads it too."),
    )


def wishes_values(row: Wishes) -> dict:
    return {name: getattr(row, name) for name in WishesForm.base_fields}

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scale(models.TextChoices):
    """How much of the calendar a page shows."""

    MONTH = "month", _("Month")
    WEEK = "week", _("Week")
    DAY = "day", _("Day")
    LIST = "list", _("List")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Remind(models.IntegerChoices):
    """How many hours before a session a person wishes to be reminded of it."""

    NEVER = 0, _("No reminder")
    TWO_HOURS = 2, _("Two hours before")
    DAY = 24, _("The day before")
    TWO_DAYS = 48, _("Two days before")


PRESET_REMINDER = Remind.DAY
PRESET_ZONE = "Europe/Paris"

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionKind(models.TextChoices):
    """What a meeting is. Only individual and team sessions count against the number agreed in the contract."""

    EXPLORATORY = "exploratory", _("Exploratory meeting")
    INDIVIDUAL = "individual", _("Individual session")
    TEAM = "team", _("Team session")
    THREE_WAY = "three_way", _("Three-way meeting")


class ThreeWayStage(models.TextChoices):
    START = "start", _("at the start")
    MIDDLE = "middle", _("midway")
    END = "end", _("at the end")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    MISSED = "missed", _("Missed")
    CANCELLED = "cancelled", _("Cancelled")
    CANCELLED_LATE = "cancelled_late", _("Cancelled late")


COUNTED_KINDS = frozenset({SessionKind.INDIVIDUAL, SessionKind.TEAM})
# What the clause on cancellation lets count: held, or owed because it was missed or cancelled too late.
COUNTED_STATES = frozenset({SessionState.HELD, SessionState.MISSED, SessionState.CANCELLED_LATE})
KEPT_STATES = frozenset({SessionState.PLANNED, SessionState.HELD})  # those that occupy the coach's time
GONE_STATES = frozenset({SessionState.CANCELLED, SessionState.CANCELLED_LATE})  # out of everybody's calendar

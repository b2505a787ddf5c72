"""When a coach may be booked; each person's private feed, wishes, and the reminders they had."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel
from contracts.enums import Medium

from .enums import PRESET_REMINDER, PRESET_ZONE, Remind, Weekday


class OpeningHours(ScopedModel):
    """One stretch of a weekday in which a coach's coachees may book, said as a clock on the wall says it in ``zone``."""

    ref = RefField(prefix="OH")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()
    zone = models.CharField(max_length=40, default=PRESET_ZONE)
    every = models.PositiveSmallIntegerField(default=60)  # minutes from one hour offered to the next
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    medium = models.CharField(max_length=10, choices=Medium.choices)
    place = models.CharField(max_length=300, blank=True)
    join_link = models.URLField(max_length=300, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["weekday", "opens", "id"]
        constraints = [
            models.CheckConstraint(name="opening_weekday", condition=Q(weekday__in=Weekday.values)),
            models.CheckConstraint(name="opening_medium", condition=Q(medium__in=Medium.values)),
            models.CheckConstraint(name="opening_ends_after_it_starts", condition=Q(closes__gt=F("opens"))),
            models.CheckConstraint(name="opening_every_so_often", condition=Q(every__gte=5)),
            models.CheckConstraint(
                name="opening_valid_for_a_while",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["coach", "practice"], name="opening_of_coach")]


class ClosedDays(ScopedModel):
    """Days on which a coach cannot be booked, whatever the weekly hours say: leave, a feast."""

    ref = RefField(prefix="CD")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    first = models.DateField()
    last = models.DateField()

    class Meta(ScopedModel.Meta):
        ordering = ["first", "id"]
        constraints = [models.CheckConstraint(name="closed_days_in_order", condition=Q(last__gte=F("first")))]
        indexes = [models.Index(fields=["coach", "practice", "last"], name="closed_days_of_coach")]


class BookingRules(ScopedModel):
    """How late and how far ahead a coach may be booked."""

    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    notice_hours = models.PositiveSmallIntegerField(default=24)
    horizon_weeks = models.PositiveSmallIntegerField(default=8)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["practice", "coach"], name="booking_rules_once")]


class Feed(ScopedModel):
    """The address at which a calendar program reads a person's sessions; the database has the hash of it alone."""

    ref = RefField(prefix="FE")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="one_live_feed_a_person"
            )
        ]


class Wishes(ScopedModel):
    """How a person wants their calendar: without a row, the presets stand."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", unique=True)
    zone = models.CharField(max_length=40, default=PRESET_ZONE)
    remind_hours = models.PositiveSmallIntegerField(choices=Remind, default=PRESET_REMINDER)
    show_place = models.BooleanField(default=False)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(name="wishes_reminder", condition=Q(remind_hours__in=Remind.values))
        ]


class SentReminder(ScopedModel):
    """That somebody was reminded of a session at this very hour: moved to another, it is reminded again."""

    session = models.ForeignKey("coaching_sessions.CoachingSession", models.RESTRICT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    starts_at = models.DateTimeField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["session", "user", "starts_at"], name="reminded_once_of_an_hour")
        ]

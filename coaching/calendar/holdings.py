"""How a person wants their calendar; and when a coach may be booked."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import ALL, Holding, fact, word
from coaching.kernel.viewer import Portal

from .access import closed_for, openings_for
from .models import Feed, Wishes

COACH = frozenset({Portal.COACH})
ALL_HELD = (
    Holding(
        "calendar_wishes",
        _("How I want my calendar"),
        ALL,
        lambda v: Wishes.unscoped.filter(user_id=v.user_id),
        (
            fact("zone", _("Time zone")),
            fact("remind_hours", _("Reminder")),
            fact("show_place", _("Show the place")),
        ),
        order=7,
    ),
    Holding(
        "calendar_feeds",
        _("My private calendar addresses"),
        ALL,
        lambda v: Feed.unscoped.filter(user_id=v.user_id).order_by("pk"),
        (fact("ref", _("Reference")), fact("created_at", _("Made on")), fact("revoked_at", _("Closed on"))),
        order=8,
    ),
    Holding(
        "opening_hours",
        _("Hours at which I may be booked"),
        COACH,
        lambda v: openings_for(v).order_by("pk"),
        (
            fact("weekday", _("Day")),
            fact("opens", _("From")),
            fact("closes", _("Until")),
            fact("medium", _("Medium")),
            word("place", _("Place"), "calendar.OpeningHours.place"),
            word("join_link", _("Link to join"), "calendar.OpeningHours.join_link"),
        ),
        order=31,
    ),
    Holding(
        "closed_days",
        _("Days on which I am away"),
        COACH,
        lambda v: closed_for(v).order_by("pk"),
        (fact("first", _("From")), fact("last", _("Until"))),
        order=32,
    ),
)

"""What a coach has learnt and goes on learning: to that coach; the sheets that were shown, to coach and client."""

import json

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import PARTIES, Holding, fact, sealed, word
from coaching.kernel.viewer import Portal

from .access import activities_for
from .models import Qualification, ShownSheet
from .policy import LEARNING_PLACE

ALL_HELD = (
    Holding(
        "qualifications",
        _("My qualifications"),
        frozenset({Portal.COACH}),
        lambda v: Qualification.unscoped.filter(coach_id=v.user_id, practice_id=v.practice_id).order_by("pk"),
        (
            word("title", _("Title"), "development.Qualification.title"),
            word("body", _("Awarded by"), "development.Qualification.body"),
            fact("obtained_on", _("Obtained on")),
            fact("hours", _("Hours")),
            fact("expires_on", _("Expires on")),
            fact("removed_at", _("Removed on")),
        ),
        order=20,
    ),
    Holding(
        "activities",
        _("My development"),
        frozenset({Portal.COACH}),
        lambda v: activities_for(v).order_by("pk"),
        (
            fact("ref", _("Reference")),
            fact("kind", _("Kind")),
            word("title", _("Title"), "development.DevelopmentActivity.title"),
            word("body", _("Awarded by"), "development.DevelopmentActivity.body"),
            fact("held_on", _("Day")),
            fact("hours", _("Hours")),
            sealed("learning_ref", _("What I take from it"), LEARNING_PLACE),
        ),
        order=21,
    ),
    Holding(
        "shown_sheets",
        _("Sheets of a coach’s competence that were shown to me"),
        PARTIES,
        lambda v: ShownSheet.unscoped.filter(
            practice_id=v.practice_id, shown_to_id=v.user_id, portal=v.portal.value
        ).order_by("pk"),
        (
            fact("ref", _("Reference")),
            fact("mission_ref", _("Mission")),
            fact("shown_at", _("On")),
            word("shown_as", _("Shown to"), "development.ShownSheet.shown_as"),
            word("content", _("Text"), "development.ShownSheet.content", read=json.loads),
        ),
        order=65,
    ),
)

"""Summaries, to the coachee they were shared with; notes, to their author alone."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, sealed
from coaching.kernel.viewer import Portal

from .access import summaries_for, written_for
from .policy import NOTE_PLACE, SUMMARY_PLACE

ALL_HELD = (
    Holding(
        "summaries",
        _("Summaries shared with me"),
        frozenset({Portal.COACHEE}),
        lambda v: summaries_for(v).select_related("session").order_by("pk"),
        (
            fact("session__ref", _("Session")),
            fact("shared_at", _("Shared on")),
            fact("changed_at", _("Changed on")),
            sealed("sealed_ref", _("Text"), SUMMARY_PLACE),
        ),
        order=31,
    ),
    Holding(
        "notes",
        _("My private notes"),
        frozenset({Portal.COACH}),
        lambda v: written_for(v).order_by("pk"),
        (
            fact("ref", _("Reference")),
            fact("mission__ref", _("Mission")),
            fact("session__ref", _("Session")),
            fact("written_at", _("Written on")),
            sealed("sealed_ref", _("Text"), NOTE_PLACE),
        ),
        order=40,
    ),
)

"""Decisions in every wording, to their coachee; suggestions, to the coachee they were made to."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, sealed
from coaching.kernel.viewer import Portal, Viewer

from .access import CLOSING, REASON, SUGGESTED, TEXT, suggestions_for
from .models import Decision, Wording
from .policy import DECISION_RULES

COACHEE = frozenset({Portal.COACHEE})


def _wordings(viewer: Viewer):
    seen = Decision.objects.visible_to(viewer, DECISION_RULES).order_by().values("pk")
    rows = Wording.unscoped.filter(decision__in=seen).select_related("decision", "decision__seat__mission")
    return rows.order_by("decision_id", "number")


ALL_HELD = (
    Holding(
        "decisions",
        _("My decisions, in every wording"),
        COACHEE,
        _wordings,
        (
            fact("decision__ref", _("Decision")),
            fact("decision__seat__mission__ref", _("Mission")),
            fact("decision__taken_on", _("Taken on")),
            fact("decision__state", _("State")),
            fact("shared", _("Shared with the coach")),
            fact("written_at", _("Written on")),
            sealed("text_ref", _("Text"), TEXT),
            sealed("closing_ref", _("How it ended"), CLOSING),
        ),
        order=33,
    ),
    Holding(
        "suggestions",
        _("Suggestions made to me"),
        COACHEE,
        lambda v: suggestions_for(v).order_by("pk"),
        (
            fact("ref", _("Reference")),
            fact("seat__mission__ref", _("Mission")),
            fact("state", _("State")),
            fact("written_at", _("Written on")),
            sealed("sealed_ref", _("Text"), SUGGESTED),
            sealed("reason_ref", _("Why I declined"), REASON),
        ),
        order=34,
    ),
)

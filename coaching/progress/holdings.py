"""Measures a coachee gave, and the means used with them."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, word
from coaching.kernel.viewer import Portal

from .access import means_for, measures_for

COACHEE = frozenset({Portal.COACHEE})
ALL_HELD = (
    Holding(
        "measures",
        _("Where I see my objectives"),
        COACHEE,
        lambda v: measures_for(v).select_related("objective__mission").order_by("pk"),
        (
            fact("objective__mission__ref", _("Mission")),
            fact("objective__title", _("Objective")),
            fact("stage", _("Stage")),
            fact("value", _("Figure")),
            fact("given_at", _("Given on")),
            word("words", _("In my words"), "progress.Measure.words"),
        ),
        order=35,
    ),
    Holding(
        "means",
        _("Means used in my sessions"),
        COACHEE,
        lambda v: means_for(v).select_related("objective", "session").order_by("pk"),
        (
            fact("session__ref", _("Session")),
            fact("objective__title", _("Objective")),
            fact("kind", _("Kind")),
            word("name", _("Name"), "progress.Means.name"),
            word("words", _("Text"), "progress.Means.words"),
        ),
        order=36,
    ),
)

"""What surrounds an end: to each party their own letter; to a coachee what they looked at, answered, and said as they stopped."""

import json

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import PARTIES, Holding, fact, sealed, withhold, word
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import Hand
from coaching.missions.holdings import seats_ever
from coaching.missions.models import Termination

from .access import ANSWER, WORDS, letters_for
from .models import Look, Satisfaction

COACHEE = frozenset({Portal.COACHEE})
MISSION = fact("seat__mission__ref", _("Mission"))


def _stops(viewer: Viewer):
    """Those of the coachee's own hand, with words to their coach."""
    rows = Termination.unscoped.filter(by=Hand.COACHEE, ended_by_id=viewer.user_id).exclude(words_ref="")
    return rows.filter(mission__practice_id=viewer.practice_id).select_related("mission").order_by("pk")


def _read(text: str):
    return json.loads(text) if text else text


ALL_HELD = (
    Holding(
        "letters_of_ends",
        _("How a coaching ended: the letter to me"),
        PARTIES,
        lambda v: letters_for(v).select_related("seat__mission").order_by("pk"),
        (
            fact("ref", _("Reference")),
            MISSION,
            fact("written_at", _("Written on")),
            fact("acknowledged", _("Read on")),
            word("content", _("Text"), "closings.PartyLetter.content", read=_read),
        ),
        order=61,
        within=(
            "missions.Termination.explanation",
            "missions.Termination.alternatives",
            "missions.Termination.told_organisation",
            "missions.Termination.told_coachee",
        ),
    ),
    Holding(
        "looks",
        _("What I looked at when it ended"),
        COACHEE,
        lambda v: Look.unscoped.filter(seat__in=seats_ever(v)).select_related("seat__mission").order_by("pk"),
        (
            MISSION,
            fact("looked_at", _("On")),
            word("words", _("Text"), "closings.Look.words"),
        ),
        order=62,
    ),
    Holding(
        "satisfaction",
        _("What my coaching brought me"),
        COACHEE,
        lambda v: (
            Satisfaction.unscoped.filter(seat__in=seats_ever(v))
            .select_related("seat__mission")
            .order_by("pk")
        ),
        (
            fact("ref", _("Reference")),
            MISSION,
            fact("shared", _("Shared with my coach")),
            fact("written_at", _("Written on")),
            sealed("answer_ref", _("Text"), ANSWER),
        ),
        order=63,
    ),
    Holding(
        "stops",
        _("What I said to my coach as I stopped"),
        COACHEE,
        _stops,
        (
            fact("ref", _("Reference")),
            fact("mission__ref", _("Mission")),
            fact("ended_at", _("On")),
            sealed("words_ref", _("Text"), WORDS),
        ),
        order=64,
    ),
)

withhold(
    "missions.Termination",
    "told_coach",
    _(
        "What an organisation tells the coach of why it stops is between these two; the coach reads it on the mission."
    ),
)

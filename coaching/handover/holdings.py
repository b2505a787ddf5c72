"""Hand-overs, to the coachee they are about."""

import json

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, sealed
from coaching.kernel.viewer import Portal

from .access import handovers_for


def _read(text: str):
    try:
        return json.loads(text)
    except ValueError:
        return text


ALL_HELD = (
    Holding(
        "handovers",
        _("Hand-overs about me"),
        frozenset({Portal.COACHEE}),
        lambda v: handovers_for(v).order_by("pk"),
        (
            fact("ref", _("Reference")),
            fact("seat__mission__ref", _("Mission")),
            fact("state", _("State")),
            fact("items", _("What was to be handed over")),
            fact("proposed_at", _("Proposed on")),
            fact("agreed_at", _("Agreed on")),
            sealed("proposed_ref", _("As it was proposed"), "handover.HandOver.proposed_ref", read=_read),
            sealed("agreed_ref", _("As I agreed to it"), "handover.HandOver.agreed_ref", read=_read),
        ),
        order=45,
    ),
)

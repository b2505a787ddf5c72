"""Who may read what the coachee decides: themself; their coach what they share, while they share it; nobody else, not even a number."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, narrow, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.policy import seats_held

from .enums import SuggestionState


def _coach_of(v: Viewer) -> Q:
    return Q(seat__mission__practice_id=v.practice_id, seat__mission__coach_id=v.user_id)


def _own(v: Viewer) -> Q:
    return Q(seat__mission__practice_id=v.practice_id, seat__in=seats_held(v, SeatRole.COACHEE))


DECISION_RULES = {
    Portal.COACHEE: _own,
    Portal.COACH: lambda v: _coach_of(v) & Q(shared_at__isnull=False),
}
SUGGESTION_RULES = {
    Portal.COACH: _coach_of,
    Portal.COACHEE: lambda v: _own(v) & ~Q(state=SuggestionState.WITHDRAWN),
}

BOTH = (Reader.COACH, Reader.COACHEE)

plumbing(
    "decisions.Decision",
    "id ref seat session suggestion state number taken_on look_on remind reminded_at shared_at closed_at created_at",
)
plumbing("decisions.Wording", "id ref decision number shared written_at")
declare("decisions.Wording", "text_ref closing_ref", Confidence.SECRET, *BOTH, when="shared")
narrow("decisions.Wording.text_ref", "kept", Reader.COACHEE)
narrow("decisions.Wording.closing_ref", "kept", Reader.COACHEE)
plumbing("decisions.Suggestion", "id ref seat session state written_by written_at answered_at withdrawn_at")
declare("decisions.Suggestion", "sealed_ref reason_ref", Confidence.SECRET, *BOTH)
declare_section(
    "decisions.timeline", Reader.COACHEE
)  # what happened to a decision is told to its author alone

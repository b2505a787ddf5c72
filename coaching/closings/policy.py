"""Who may read what surrounds the end of a mission (the table "Who sees what"): each party their own letter, the coach all of them."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, narrow, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.policy import AT_TABLE, seats_held


def _coach_of(through: str):
    return lambda v: Q(
        **{f"{through}__practice_id": v.practice_id, f"{through}__coach_id": v.user_id},
    )


def _own(*roles: SeatRole):
    return lambda v: Q(seat__mission__practice_id=v.practice_id, seat__in=seats_held(v, *roles))


LETTER_RULES = {
    Portal.COACH: _coach_of("mission"),
    Portal.COACHEE: _own(SeatRole.COACHEE),
    Portal.ORGANISATION: _own(*AT_TABLE),
}
LOOK_RULES = {Portal.COACH: _coach_of("seat__mission"), Portal.COACHEE: _own(SeatRole.COACHEE)}


def _shared_with(v: Viewer) -> Q:
    return _coach_of("seat__mission")(v) & Q(shared=True)


SATISFACTION_RULES = {Portal.COACH: _shared_with, Portal.COACHEE: _own(SeatRole.COACHEE)}

BOTH = (Reader.COACH, Reader.COACHEE)

plumbing("closings.PartyLetter", "id ref mission seat refusal termination sha256 document written_at")
declare("closings.PartyLetter", "content", Confidence.SHARED, *BOTH, Reader.SPONSOR, Reader.MANAGER)
narrow("closings.PartyLetter.content", "coachee", *BOTH)
narrow("closings.PartyLetter.content", "sponsor", Reader.COACH, Reader.SPONSOR)
narrow("closings.PartyLetter.content", "manager", Reader.COACH, Reader.MANAGER)
plumbing("closings.Acknowledgement", "id letter through user at")
plumbing("closings.Preparation", "id mission asked_by asked_at")
plumbing("closings.Look", "id ref objective seat looked_at")
declare("closings.Look", "words", Confidence.SHARED, *BOTH)
plumbing("closings.Satisfaction", "id ref seat number shared written_at")
declare("closings.Satisfaction", "answer_ref", Confidence.SECRET, *BOTH, when="shared")
narrow("closings.Satisfaction.answer_ref", "kept", Reader.COACHEE)
declare_section("closings.letters", Reader.COACH)  # to whom one went, and who says they have read it
declare_section("closings.gates", Reader.COACH)

"""Who may read consents: the coachee who gave them, and their coach, who acts within them."""

from django.db.models import Q

from coaching.kernel.registry import Reader, declare_section, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.policy import seats_held


def _coach_of(v: Viewer) -> Q:
    return Q(seat__mission__practice_id=v.practice_id, seat__mission__coach_id=v.user_id)


def _own(v: Viewer) -> Q:
    return Q(seat__mission__practice_id=v.practice_id, seat__in=seats_held(v, SeatRole.COACHEE))


CONSENT_RULES = {Portal.COACH: _coach_of, Portal.COACHEE: _own}

plumbing(
    "consents.Consent",
    "id ref seat kind addressee to_user items contract given_by given_at until ended_at ending",
)
declare_section("consents.consents", Reader.COACH, Reader.COACHEE)

"""Who may read what the law obliged a coach to tell: the coach, and that one coachee. Nobody else, not even that it was."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.policy import seats_held

BOTH = (Reader.COACH, Reader.COACHEE)


def _of_coachee(v: Viewer) -> Q:
    return Q(mission__practice_id=v.practice_id, seat__in=seats_held(v, SeatRole.COACHEE))


DISCLOSURE_RULES = {
    Portal.COACH: lambda v: Q(mission__practice_id=v.practice_id, mission__coach_id=v.user_id),
    Portal.COACHEE: _of_coachee,
}

plumbing("disclosures.Disclosure", "id ref mission seat basis told_on corrects recorded_by recorded_at")
declare("disclosures.Disclosure", "article_ref recipient_ref told_ref", Confidence.SECRET, *BOTH)
declare_section("disclosures.list", *BOTH)

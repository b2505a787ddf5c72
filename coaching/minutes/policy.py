"""Who reads what of minutes: before all agree, the coach everything and each side its own alone; then all of them the same."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.policy import AT_TABLE, seats_held

from .models import AgreedSide

DRAFT_PLACE = "minutes.Minutes.draft_ref"
TEXT_PLACE = "minutes.CoacheeCopy.text_ref"
WORDING_PLACE = "minutes.CoacheeCopy.wording_ref"


def _coach_of(path: str):
    return lambda v: Q(
        **{
            f"{path}session__mission__practice_id": v.practice_id,
            f"{path}session__mission__coach_id": v.user_id,
        }
    )


def _at_the_table(path: str):
    """Whoever speaks for the organisation on this mission now, whether or not they came to the meeting."""
    return lambda v: Q(
        **{
            f"{path}session__mission__practice_id": v.practice_id,
            f"{path}session__mission_id__in": seats_held(v, *AT_TABLE).values("mission_id"),
        }
    )


def _own(v: Viewer) -> Q:
    return Q(minutes__session__mission__practice_id=v.practice_id, seat__in=seats_held(v, SeatRole.COACHEE))


def _approved_by(v: Viewer) -> Q:
    """Of the coachees, those who were a side of it: never a colleague of the team who was not there."""
    mine = AgreedSide.unscoped.filter(seat__in=seats_held(v, SeatRole.COACHEE)).values("agreed_id")
    return Q(minutes__session__mission__practice_id=v.practice_id, pk__in=mine)


MINUTES_RULES = {Portal.COACH: _coach_of("")}
COACHEE_COPY_RULES = {Portal.COACH: _coach_of("minutes__"), Portal.COACHEE: _own}
ORGANISATION_COPY_RULES = {
    Portal.COACH: _coach_of("minutes__"),
    Portal.ORGANISATION: _at_the_table("minutes__"),
}
AGREED_RULES = {
    Portal.COACH: _coach_of("minutes__"),
    Portal.COACHEE: _approved_by,
    Portal.ORGANISATION: _at_the_table("minutes__"),
}

COACHEE_SIDE = (Reader.COACH, Reader.COACHEE)
ORGANISATION_SIDE = (Reader.COACH, Reader.SPONSOR, Reader.MANAGER)
EVERYONE_THERE = (Reader.COACH, Reader.COACHEE, Reader.SPONSOR, Reader.MANAGER)
COPY = "id ref minutes number sha256 sent_at answer revision answered_at final"

plumbing(
    "minutes.Minutes",
    "id ref session state revision number sha256 written_by begun_at written_at proposed_at agreed_at set_aside_at",
)
declare("minutes.Minutes", "draft_ref", Confidence.SECRET, Reader.COACH)
plumbing("minutes.CoacheeCopy", f"{COPY} seat")
# What is proposed is proposed to the organisation too, whose copy lies in clear: it is sealed, and no secret of the two.
declare("minutes.CoacheeCopy", "text_ref", Confidence.SHARED, *COACHEE_SIDE)
declare("minutes.CoacheeCopy", "wording_ref", Confidence.SECRET, *COACHEE_SIDE)
declare("minutes.CoacheeCopy", "divergence", Confidence.SHARED, *COACHEE_SIDE)
plumbing("minutes.OrganisationCopy", f"{COPY} answered_by")
declare("minutes.OrganisationCopy", "text wording divergence", Confidence.SHARED, *ORGANISATION_SIDE)
plumbing("minutes.AgreedMinutes", "id ref minutes number sha256 agreed_at")
declare("minutes.AgreedMinutes", "text", Confidence.SHARED, *EVERYONE_THERE)
plumbing("minutes.AgreedSide", "id agreed seat approved_at")
declare("minutes.AgreedSide", "divergence", Confidence.SHARED, *EVERYONE_THERE, when="agreed")
declare_section("minutes.answers", Reader.COACH)  # who has answered: the coach alone knows before all agree
declare_section("minutes.proposed", *EVERYONE_THERE)  # the same text for each side, each its own copy
declare_section("minutes.dates", *EVERYONE_THERE)

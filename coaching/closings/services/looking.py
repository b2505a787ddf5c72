"""Coming to the end: the coach asks, and each coachee looks at their objectives and what was used for them (article 9)."""

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import hold
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_coachee_seat, seats_of
from coaching.missions.enums import MissionState, SeatRole
from coaching.missions.models import Mission, Objective
from coaching.missions.pace_access import stopped_seats
from coaching.missions.services.life import only_coach, record
from coaching.progress.access import measures

from .. import letters
from ..models import Look, Preparation

UNDER_WAY = frozenset({MissionState.ACTIVE, MissionState.PAUSED})
LONGEST = 2000


@act
def prepare(viewer: Viewer, mission: Mission) -> Preparation:
    """The coach says that the coaching comes to its end; each coachee is asked to look. Records ``mission.prepare_close``.

    Who may: the mission's coach, once, while it is under way. :class:`Stale` the second time: a reminder serves then.
    """
    only_coach(viewer, mission)
    if hold(mission).state not in UNDER_WAY:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))
    row = Preparation(mission=mission, asked_by_id=viewer.user_id)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("Your coachees have been asked already.")) from twin
    record(viewer, mission, "mission.prepare_close", mission.ref)
    coachees = [seat for seat in seats_of(viewer, mission) if seat.role == SeatRole.COACHEE]
    letters.to_look(mission, coachees)
    return row


@act
def look(viewer: Viewer, mission: Mission, objective: Objective, words: str = "") -> Look:
    """A coachee has looked at an objective, in words of their own if they like; their coach reads them. Records ``objective.look``.

    Who may: a coachee it concerns, once, while the coaching is under way; nobody looks in their place.
    """
    seat = own_coachee_seat(viewer, mission)
    if hold(mission).state not in UNDER_WAY or stopped_seats([seat.pk]):
        raise NotAllowedNow(_("The coaching has ended: what you said of your objectives stays as it is."))
    if objective.mission_id != mission.pk or objective.removed_at or not measures(seat, objective):
        raise NotAllowedNow(_("This objective is not yours to look at."))
    if len(words) > LONGEST:
        raise Invalid(_("This text is too long."), field="words")
    row = Look(objective=objective, seat=seat, words=words.strip())
    row.clean_fields()
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("You have already said that you looked at it.")) from twin
    record(viewer, mission, "objective.look", row.ref)
    return row

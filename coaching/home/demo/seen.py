"""The sponsors have opened their pages; once, the law has obliged a coach to tell something."""

from datetime import timedelta

from django.utils import timezone

from coaching.disclosures.models import Disclosure
from coaching.disclosures.services import record
from coaching.kernel.acts import act
from coaching.kernel.openings import Noted, What
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionKind, MissionState, SeatRole
from coaching.missions.models import Seat
from coaching.openings.models import Opening
from coaching.openings.services import keep

from .cast import as_coach
from .missions import mission_of
from .stories import STORIES

SAID = {
    "article": "Réquisition judiciaire, article 77-1-1 du code de procédure pénale.",
    "recipient": "Un officier de police judiciaire, dans une enquête sur un vol dans les locaux du cabinet.",
    "told": "Que nous étions en séance ce jour-là de 14 h à 15 h 30. Rien de ce qui s’y est dit.",
}
AT_TABLE = (SeatRole.SPONSOR, SeatRole.MANAGER)


def build() -> None:
    for story in STORIES:
        mission = mission_of(story)
        if not Opening.unscoped.filter(mission=mission).exists():
            _open(mission)
    _told()


@act
def _open(mission) -> None:
    """Each of the organisation who has an account has been on the page of the mission."""
    seats = Seat.unscoped.filter(mission=mission, role__in=AT_TABLE, ended_at=None)
    for seat in seats.exclude(person__user=None).select_related("person__user"):
        user, practice = seat.person.user, mission.practice
        viewer = Viewer(user.pk, user.ref, practice.pk, practice.ref, Portal.ORGANISATION)
        keep(viewer, [Noted(mission, What.MISSION, mission.ref)])


@act
def _told() -> None:
    """Of the coachee of the first mission that has begun with one person."""
    if Disclosure.unscoped.exists():
        return
    for story in STORIES:
        mission = mission_of(story)
        if mission.state == MissionState.ACTIVE and mission.kind == MissionKind.INDIVIDUAL:
            rows = Seat.unscoped.filter(mission=mission, role=SeatRole.COACHEE, ended_at=None)
            seat = rows.select_related("person", "mission").get()
            told_on = timezone.localdate() - timedelta(days=6)
            record(as_coach(story.coach), mission, seat, basis="court", told_on=told_on, **SAID)
            return

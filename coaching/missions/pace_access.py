"""Reading what concerns a coachee's pace (article Protection de la personne): pauses, and other help suggested to them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Viewer
from coaching.vault.access import open_texts

from .access import missions_for
from .enums import MissionKind, MissionState
from .models import Mission, Pause, Referral, Seat, Termination
from .policy import OWN_PACE_RULES

NOTICED = "missions.Referral.noticed_ref"
WAYS = "missions.Referral.ways_ref"
ANSWER = "missions.Referral.answer_ref"


def pauses_of(viewer: Viewer, mission: Mission) -> list[Pause]:
    """Every pause of the mission between these two, the last first: the coach's all of them, a coachee's own alone."""
    rows = Pause.objects.visible_to(viewer, OWN_PACE_RULES).filter(mission=mission)
    return list(rows.select_related("seat__person"))


def open_pauses(viewer: Viewer, mission: Mission) -> list[Pause]:
    """Those that last, for the page of the mission; none is looked for where none can be."""
    if mission.state == MissionState.PAUSED or _team_goes_on(mission):
        return _open(viewer, mission_id=mission.pk)
    return []


@prepared
def _open(viewer: Viewer, mission_id: int) -> QuerySet[Pause]:
    rows = Pause.objects.visible_to(viewer, OWN_PACE_RULES).filter(mission_id=mission_id, ended_at=None)
    return rows.select_related("seat__person")


def pause_dates(viewer: Viewer, mission: Mission, beside: Seat | None = None) -> list[datetime]:
    """Since when something pauses on a mission the viewer may see: neither who wanted it, nor whose it is, nor why.

    ``beside``: shown to a coachee of a team, to whom a colleague's pause is nothing to know: their own alone.
    """
    if mission.state == MissionState.PAUSED:
        return [mission.paused_at]
    if not _team_goes_on(mission):
        return []
    rows = Pause.unscoped.filter(mission__in=missions_for(viewer).filter(pk=mission.pk), ended_at=None)
    rows = rows.filter(seat=beside) if beside else rows
    return list(rows.order_by("begun_at").values_list("begun_at", flat=True))


def _team_goes_on(mission: Mission) -> bool:
    return mission.kind == MissionKind.TEAM and mission.state == MissionState.ACTIVE


def pause_at(mission: Mission, seat: Seat) -> Pause | None:
    """The pause that lasts for a seat; where there is one coachee alone, the mission's. For services that decide on it."""
    rows = Pause.unscoped.filter(mission=mission, ended_at=None)
    return (rows.filter(seat=seat) if mission.kind == MissionKind.TEAM else rows).first()


def paused_seats(seat_ids) -> dict[int, datetime]:
    """Which of these seats pause, and since when; for a gate, and for planning."""
    rows = Pause.unscoped.filter(seat_id__in=list(seat_ids), ended_at=None)
    return dict(rows.values_list("seat_id", "begun_at"))


def stopped_seats(seat_ids) -> dict[int, datetime]:
    """Which coachees of a team have stopped their own coaching while the others go on, and when; for acts that plan with them."""
    rows = Termination.unscoped.filter(seat_id__in=list(seat_ids))
    return dict(rows.values_list("seat_id", "ended_at"))


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral as this viewer may read it: what the coach noticed is None to anybody else."""

    row: Referral
    noticed: str | None
    ways: str | None
    answer: str | None
    paused: bool  # whether the coaching has paused since


def referrals_of(viewer: Viewer, mission: Mission) -> list[Referral]:
    """Dates and marks of each, the last first; no words."""
    rows = Referral.objects.visible_to(viewer, OWN_PACE_RULES).filter(mission=mission)
    return list(rows.select_related("seat__person"))


def get_referral(viewer: Viewer, mission: Mission, ref: str) -> Referral:
    """404 to anybody but the mission's coach and the coachee it was said to."""
    rows = Referral.objects.visible_to(viewer, OWN_PACE_RULES).filter(mission=mission)
    return get_visible(rows.select_related("seat__person"), ref)


def opened(viewer: Viewer, row: Referral) -> ReferralView:
    """With its words. Raises :class:`coaching.vault.errors.Locked` while the viewer's key is closed."""
    texts = {
        place: open_texts(viewer, {row.ref: ref} if ref else {}, place=place).get(row.ref)
        for place, ref in ((NOTICED, row.noticed_ref), (WAYS, row.ways_ref), (ANSWER, row.answer_ref))
    }
    since = Pause.unscoped.filter(seat_id=row.seat_id, begun_at__gte=row.written_at)
    lasting = Pause.unscoped.filter(seat_id=row.seat_id, ended_at=None)
    return ReferralView(row, texts[NOTICED], texts[WAYS], texts[ANSWER], (since | lasting).exists())

"""When a mission ended: what every time of keeping is counted from."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from coaching.missions.enums import MissionState
from coaching.missions.models import Mission

OVER = (MissionState.CLOSED, MissionState.STOPPED, MissionState.REFUSED)
# A mission ends once, by one of these.
DATES = ("closed_at", "stopped_at", "refused_at")


def over(missions: QuerySet[Mission]) -> QuerySet[Mission]:
    """Those that have ended, each with the moment as ``over_at``."""
    rows = missions.filter(state__in=OVER)
    return rows.annotate(over_at=Coalesce(*DATES)).exclude(over_at=None)


def over_before(practice_id: int, moment: datetime) -> QuerySet[Mission]:
    return over(Mission.unscoped.filter(practice_id=practice_id)).filter(over_at__lt=moment)

"""A new version of the charter awaits those who sat at a table before it: part of whom the coach waits for."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.viewer import Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Seat
from coaching.missions.waiting import Awaited
from coaching.missions.waiting_access import SeatLine, awaitable_seats, awaited_lines
from ethics.charter.models import Acknowledgement, CharterVersion

READ = "charter.read"
RUNNING = (MissionState.ACTIVE, MissionState.PAUSED)


def to_read(seat: SeatLine, _ref: str, since: datetime) -> Awaited:
    """Somebody who has not said that they have read it."""
    return Awaited(
        seat=seat,
        what=_("is to read what the new version of the charter changes"),
        asks=_(
            "The charter your coach keeps has a new version: read what it changes, and say that you have."
        ),
        button=_("Read what changes"),
        path=reverse("charter_changes"),
        since=since,
    )


def readings_awaited(viewer: Viewer, **conditions) -> QuerySet:
    """Those at tables of running missions that began before the version in force, once each: as ``awaited_lines``."""
    versions = CharterVersion.unscoped.filter(practice=OuterRef("mission__practice")).order_by("-number")
    read = Acknowledgement.unscoped.filter(
        version_id=OuterRef("charter"), user_id=OuterRef("person__user_id")
    )
    later = Seat.unscoped.filter(
        person=OuterRef("person"), pk__gt=OuterRef("pk"), ended_at=None, mission__state__in=RUNNING
    )
    rows = awaitable_seats(viewer).filter(
        mission__state__in=RUNNING, person__user__isnull=False, **conditions
    )
    rows = rows.annotate(
        charter=Subquery(versions.values("pk")[:1]), asked_at=Subquery(versions.values("published_at")[:1])
    )
    rows = rows.filter(asked_at__gt=F("mission__created_at")).exclude(Exists(read)).exclude(Exists(later))
    return awaited_lines(rows, kind=Value(READ), ref=Value(""), since=F("asked_at"))

"""The mission's facts a restitution is drafted from: how many sessions, how far common objectives have come, by which means."""

from django.db.models import Count

from coaching.kernel.viewer import Viewer
from coaching.missions.enums import ObjectiveTag
from coaching.missions.models import Seat
from coaching.progress.access import common_courses, means_for
from coaching.progress.figures import figures_of
from coaching.sessions.access import held_with, sessions_with
from coaching.sessions.enums import SessionState
from contracts.in_force import agreed_on

from .snapshots import Aim, Used


def attendance(seat: Seat) -> tuple[int, int | None]:
    """Sessions held in which this coachee took part, and how many are agreed."""
    agreed = agreed_on(seat.mission)
    return held_with(seat), agreed.count if agreed else None


def aims(coach: Viewer, seat: Seat) -> tuple[Aim, ...]:
    """The common objectives, each with this coachee's own figures. For the coach, who drafts; no words of the coachee's."""
    return tuple(
        Aim(one.objective.title, one.objective.target, figures_of(one, seat))
        for one in common_courses(coach, seat.mission)
    )


def used(coach: Viewer, seat: Seat) -> tuple[Used, ...]:
    """Kinds of means used for common objectives in this coachee's sessions, the most used first; never their names or words."""
    rows = means_for(coach).filter(objective__mission=seat.mission, objective__tag=ObjectiveTag.COMMON)
    rows = rows.filter(session__state=SessionState.HELD, session__in=sessions_with(seat))
    counted = rows.order_by().values_list("kind").annotate(n=Count("session", distinct=True))
    return tuple(Used(kind, n) for kind, n in sorted(counted, key=lambda row: (-row[1], row[0])))

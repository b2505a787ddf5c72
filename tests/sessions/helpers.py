"""Sessions in a few calls, on a mission whose contract stands."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission, Seat
from coaching.sessions.models import CoachingSession
from coaching.sessions.services import planning
from coaching.sessions.services.planning import Said
from contracts.models import Terms
from tests.contracts.standing_helpers import another_standing, standing
from tests.world import World


def active(world: World, **terms) -> Mission:
    """An individual mission whose contract is sealed: eight sessions face to face, from January to June."""
    contract = standing(world)
    if terms:
        Terms.unscoped.filter(contract=contract).update(**terms)
    return _mission(contract)


def another(world: World) -> Mission:
    """One more mission of the same coach, coachee and sponsor, at the same point."""
    return _mission(another_standing(world))


def _mission(contract) -> Mission:
    return Mission.unscoped.select_related("practice", "coach", "organisation").get(pk=contract.mission_id)


def seat_of(mission: Mission, role: str = "coachee") -> Seat:
    return Seat.unscoped.select_related("person").get(mission=mission, role=role, ended_at=None)


def in_days(days: float) -> datetime:
    """An hour on a wall in Paris, on the hour."""
    at = timezone.localtime(timezone.now() + timedelta(days=days))
    return at.replace(minute=0, second=0, microsecond=0, tzinfo=None)


def wall(*parts: int) -> datetime:
    """An hour on a wall: no zone, as a person says it."""
    return datetime(*parts)  # noqa: DTZ001  the zone is said apart


SAID = Said(wall(2027, 2, 1, 10), 90, "on_site", place="Au cabinet", private=True)


def plan(
    world: World,
    mission: Mission,
    *,
    days: float = 7,
    kind="individual",
    roles=("coachee",),
    said=None,
    **options,
) -> CoachingSession:
    seats = [seat_of(mission, role) for role in roles]
    said = replace(said or SAID, at=(said.at if said else in_days(days)))
    return planning.plan(world.coach, mission, seats, said, kind=kind, **options)[0]


def begun(session: CoachingSession, *, days: float = 0) -> CoachingSession:
    """The same session, an hour ago or ``days`` before that: time has passed."""
    moment = timezone.now() - timedelta(hours=1, days=days)
    Mission.unscoped.filter(pk=session.mission_id).update(activated_at=moment - timedelta(days=90))
    CoachingSession.unscoped.filter(pk=session.pk).update(starts_at=moment)
    return fresh(session)


def fresh(session: CoachingSession) -> CoachingSession:
    rows = CoachingSession.unscoped.select_related("mission__practice", "mission__coach")
    return rows.get(pk=session.pk)


def coachee(world: World) -> Viewer:
    return world.viewer("coachee", Portal.COACHEE)


def sponsor(world: World) -> Viewer:
    return world.viewer("sponsor", Portal.ORGANISATION)

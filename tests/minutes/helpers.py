"""Minutes in a few calls, of a three-way meeting that was held."""

from datetime import timedelta

from django.utils import timezone

from coaching.kernel.viewer import Viewer
from coaching.minutes import access
from coaching.minutes.models import Minutes
from coaching.minutes.services import answering, drafting
from coaching.missions.models import Mission, Seat
from coaching.sessions.models import CoachingSession, Participant
from coaching.sessions.services import life
from tests.sessions.helpers import begun, plan, seat_of
from tests.world import World

TEXT = "## Ce que nous avons regardé\n\nLa délégation avance ; le four prend du retard.\n\n- Point d’étape en avril."
OTHER = TEXT.replace("prend du retard", "démarre en mai")


def met(
    world: World, mission: Mission, *, roles=("coachee", "sponsor"), said=None, ago: float = 0
) -> CoachingSession:
    """A three-way meeting at the start of an individual mission, held an hour ago, or ``ago`` days before that."""
    row = begun(plan(world, mission, kind="three_way", stage="start", roles=roles, said=said), days=ago)
    life.record_held(world.coach, row, minutes=55, present=[seat_of(mission, role).ref for role in roles])
    row.refresh_from_db()
    return row


def team_met(world: World, *there: str, days: float = 1) -> CoachingSession:
    """One of the main mission, a team: of the coachees those who were there, with the sponsor."""
    at = timezone.now() - timedelta(days=days)
    row = CoachingSession.unscoped.create(
        mission=world.mission, coach=world.users["coach"], kind="three_way", stage="middle", state="held", starts_at=at,
        minutes=60, held_minutes=60, held_at=at, medium="on_site", created_by=world.users["coach"],
    )  # fmt: skip
    for who in (*there, "sponsor"):
        seat = Seat.unscoped.get(mission=world.mission, person=world.people[who])
        Participant.unscoped.create(session=row, seat=seat, present=True)
    return CoachingSession.unscoped.select_related("mission__coach", "mission__practice").get(pk=row.pk)


def written(world: World, session: CoachingSession, text: str = TEXT) -> Minutes:
    found = access.minutes_of(world.coach, session)
    row = drafting.write(world.coach, session, text, based_on=found.revision if found else 0)
    return fresh(row)


def proposed(world: World, session: CoachingSession, text: str = TEXT) -> Minutes:
    row = written(world, session, text)
    drafting.propose(world.coach, row, based_on=row.revision)
    return fresh(row)


def fresh(minutes: Minutes) -> Minutes:
    rows = Minutes.unscoped.select_related("session__mission__practice", "session__mission__coach")
    return rows.get(pk=minutes.pk)


def copy_of(viewer: Viewer, minutes: Minutes):
    return access.get_copy(viewer, minutes.ref)


def approve(viewer: Viewer, minutes: Minutes, divergence: str = "", **seen):
    copy = copy_of(viewer, minutes)
    seen = {"sha256": copy.sha256, "based_on": copy.revision, **seen}
    return answering.approve(viewer, copy, divergence=divergence, **seen)


def reword(viewer: Viewer, minutes: Minutes, wording: str = OTHER, **seen):
    copy = copy_of(viewer, minutes)
    seen = {"sha256": copy.sha256, "based_on": copy.revision, **seen}
    return answering.reword(viewer, copy, wording, **seen)

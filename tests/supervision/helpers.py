"""Supervision in a few calls: a supervisor, a supervision, a coach who has coached for so many hours."""

from datetime import timedelta

from django.utils import timezone

from coaching.kernel.tokens import hash_token
from coaching.kernel.viewer import Portal, Viewer
from coaching.sessions.models import CoachingSession
from ethics.supervision.access import link_by_hash
from ethics.supervision.models import AttestationLink, SupervisionSession, Supervisor
from ethics.supervision.services import attesting, sessions, supervisors
from ethics.supervision.services.links import make
from tests.world import World

EMAIL = "odile.perrin@supervision.test"


def ago(days: int):
    return timezone.localdate() - timedelta(days=days)


def admin(world: World) -> Viewer:
    return world.viewer("administrator", Portal.PRACTICE)


def supervisor(world: World, coach: Viewer | None = None, **values) -> Supervisor:
    return supervisors.save_supervisor(
        coach or world.coach, None, {"name": "Odile Perrin", "email": EMAIL, **values}
    )


def held(
    world: World, with_whom: Supervisor, *, days: int = 3, minutes: int = 60, **options
) -> SupervisionSession:
    said = {"held_on": ago(days), "minutes": minutes, "form": options.pop("form", "individual")}
    return sessions.record(options.pop("coach", world.coach), with_whom, said, **options)[0]


def link_to(world: World, session: SupervisionSession) -> tuple[str, AttestationLink]:
    """A live link, with its token."""
    token = make(attesting.ask(world.coach, session))
    return token, link_by_hash(hash_token(token))


def attested(world: World, session: SupervisionSession) -> SupervisionSession:
    return attesting.attest(link_to(world, session)[1], "Odile Perrin")


def coached(world: World, mission, hours: int, *, days: int = 20) -> None:
    """So many hours of coaching held in one go, ``days`` ago."""
    at = timezone.now() - timedelta(days=days)
    CoachingSession.unscoped.create(
        mission=mission,
        coach_id=world.coach.user_id,
        kind="individual",
        state="held",
        starts_at=at,
        minutes=60,
        medium="on_site",
        held_minutes=hours * 60,
        held_at=at,
        created_by_id=world.coach.user_id,
    )

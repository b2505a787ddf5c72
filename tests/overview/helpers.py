"""An organisation with as many missions as a test wants, straight into the tables: what they are about is not the point."""

from datetime import timedelta

from django.utils import timezone

from coaching.clients.models import Organisation, Person
from coaching.clients.services import save_organisation, save_person
from coaching.consents.models import Consent
from coaching.kernel.refs import new_ref
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission, Objective, Seat
from coaching.progress.models import Measure
from coaching.sessions.models import CoachingSession
from tests.world import World


def house(world: World) -> tuple[Organisation, Person]:
    """A new organisation and its sponsor, who is the world's « sponsor elsewhere », at one mission of it already.

    The mission is an enquiry with nobody coached yet; its sponsor sits at it, and at nothing else.
    """
    organisation = save_organisation(world.coach, None, {"name": "Une maison"})
    user = world.users["sponsor_elsewhere"]
    person = Person.unscoped.filter(user=user, keeper=world.users["coach"]).first()
    if person is None:
        values = {"name": "Une donneuse d’ordre", "email": user.email, "organisation": organisation}
        person = save_person(world.coach, None, values)
    Person.unscoped.filter(pk=person.pk).update(user=user, organisation=organisation)
    Seat.unscoped.filter(person=person).update(ended_at=timezone.now())
    person.refresh_from_db()
    return organisation, person


def viewer(world: World) -> Viewer:
    return world.viewer("sponsor_elsewhere", Portal.ORGANISATION)


def mission(world: World, organisation: Organisation, *, coach="coach", state="active", **more) -> Mission:
    now = timezone.now()
    dates = dict.fromkeys(
        ["opened_at", "activated_at", "paused_at", "stopped_at", "refused_at", "closed_at"], now
    )
    values = {"payer": "organisation", "organisation": organisation, "title": "Une mission", **dates, **more}
    return Mission.unscoped.create(
        practice=more.get("practice") or world.practice, coach=world.users[coach], state=state,
        **{name: value for name, value in values.items() if name != "practice"},
    )  # fmt: skip


def sit(mission: Mission, person: Person, role: str = "sponsor") -> Seat:
    return Seat.unscoped.create(mission=mission, person=person, role=role)


def coached(world: World, mission: Mission, email: str = "") -> Seat:
    """Somebody who is coached in it."""
    person, _made = Person.unscoped.get_or_create(
        practice=world.practice,
        keeper=mission.coach,
        email=email or f"{new_ref('H').lower()}@canary.test",
        defaults={"name": "Quelqu’un"},
    )
    return sit(mission, person, "coachee")


def held(mission: Mission, number: int) -> None:
    now = timezone.now()
    for turn in range(number):
        CoachingSession.unscoped.create(
            mission=mission, coach=mission.coach, kind="individual", state="held", starts_at=now - timedelta(days=turn),
            minutes=60, held_minutes=60, held_at=now, medium="on_site", place="p", created_by=mission.coach,
        )  # fmt: skip


def measured(seat: Seat, start: int, latest: int | None, *, tag: str = "common") -> None:
    owner = seat if tag == "coachee" else None
    aim = Objective.unscoped.create(
        mission=seat.mission, tag=tag, title="Un but", seat=owner, created_by=seat.mission.coach
    )
    Measure.unscoped.create(objective=aim, seat=seat, stage="start", value=start)
    if latest is not None:
        Measure.unscoped.create(objective=aim, seat=seat, stage="middle", value=latest)


def consented(seat: Seat, *items: str, addressee: str = "sponsor", **more) -> Consent:
    return Consent.unscoped.create(
        seat=seat, kind="restitution", addressee=addressee, items=list(items or ("common_objectives",)),
        given_at=timezone.now(), **more,
    )  # fmt: skip

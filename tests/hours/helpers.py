"""Hours in a few calls: a session held, a coachee listed, a file sent."""

from datetime import date

from coaching.consents.services import consents
from coaching.missions.models import Mission
from coaching.sessions.models import CoachingSession
from coaching.sessions.services import life
from ethics.hours.models import HoursImport
from ethics.hours.services import importing, letters, receiving
from tests.sessions.helpers import begun, coachee, in_days, plan, seat_of
from tests.world import World

FRENCH = "Nom du client;Contact;Individuel/Groupe;Nombre dans le groupe;Date de début;Date de fin;Heures payées;Heures pro bono"
TWO = f"{FRENCH}\nAnne Roux;anne@x.test;individuel;;12/01/2024;30/06/2024;10,5;\nBruno Sel;;groupe;6;01/03/2024;02/03/2024;3;1,5\n"


def held(
    world: World, mission: Mission, *, minutes=90, days: float = 0, roles=("coachee",), **options
) -> CoachingSession:
    """A session that took place ``days`` ago, in its real minutes."""
    session = begun(plan(world, mission, days=7 + days * 1.01, roles=roles, **options), days=days)
    present = [seat_of(mission, role).ref for role in roles]
    return life.record_held(world.coach, session, minutes=minutes, present=present)


def listed(world: World, mission: Mission, **options):
    return consents.be_listed(coachee(world), mission, **options)


def sent(world: World, content: bytes | str = TWO, **options) -> HoursImport:
    content = content.encode() if isinstance(content, str) else content
    return receiving.read_if_short(world.coach, receiving.receive(world.coach, content, **options))


def imported(world: World, content: bytes | str = TWO) -> HoursImport:
    return importing.keep(world.coach, sent(world, content))


LETTER = {
    "issuer": "Coaching & Cie", "contact": "M. Dupond", "starts_on": date(2024, 1, 1), "ends_on": date(2024, 12, 31),
    "clients": 4, "issued_on": date(2025, 1, 15), "paid_minutes": 1200, "pro_bono_minutes": 0,
}  # fmt: skip


def attested(world: World, *missions: Mission, **changes):
    refs = [mission.ref for mission in missions]
    return letters.save_letter(world.coach, None, {**LETTER, **changes}, refs)


__all__ = ["attested", "held", "imported", "in_days", "listed", "seat_of", "sent"]

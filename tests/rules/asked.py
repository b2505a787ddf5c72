"""The world of the rules, further on: what people asked of their data, answered and waiting; a mission kept in a dispute."""

from dataclasses import dataclass

from coaching.clients.models import Person
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.personal.models import Correction, Erasure
from coaching.personal.services import asking, keeping
from tests.world import World

PORTALS = {"coachee": Portal.COACHEE, "sponsor": Portal.ORGANISATION}


@dataclass
class Asked:
    corrections: dict[str, Correction]  # waiting for an answer, by persona
    erasures: dict[str, Erasure]
    people: dict[str, Person]
    held: Mission


def extend(w: World) -> Asked:
    people = {persona: _kept(w, persona) for persona in PORTALS}
    corrections = {persona: _corrections(w, persona, people[persona]) for persona in PORTALS}
    erasures = {persona: _erasures(w, persona, people[persona]) for persona in PORTALS}
    keeping.place_hold(w.coach, w.enquiry, w.plant("personal.Hold.reason", "coach"))
    return Asked(corrections, erasures, people, w.enquiry)


def _kept(w: World, persona: str) -> Person:
    rows = Person.unscoped.select_related("practice", "keeper", "user")
    return rows.get(pk=w.people[persona].pk)


def _corrections(w: World, persona: str, person: Person) -> Correction:
    """One that was answered, and one that waits."""
    me, both = w.viewer(persona, PORTALS[persona]), ("coach", persona)
    wanted = w.plant("personal.Correction.wanted", *both)
    first = asking.ask_correction(me, person, about="job_title", wanted=wanted)
    asking.decline_correction(w.coach, first, w.plant("personal.Correction.answer", *both))
    wanted = w.plant("personal.Correction.wanted", *both)
    return asking.ask_correction(me, person, about="address", wanted=wanted)


def _erasures(w: World, persona: str, person: Person) -> Erasure:
    me = w.viewer(persona, PORTALS[persona])
    first = asking.ask_erasure(me, person)
    asking.decline_erasure(w.coach, first, w.plant("personal.Erasure.answer", "coach", persona))
    return asking.ask_erasure(me, person)

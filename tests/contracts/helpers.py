"""A mission brought to contracting in a few calls, for tests that start there."""

from datetime import date
from decimal import Decimal

from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Seat
from coaching.missions.services import life, objectives, requests, seats
from contracts.access import terms_of
from contracts.models import Contract, ContractVersion
from contracts.services import drafting
from tests import stand_ins
from tests.world import World

TERMS = {
    "sessions_count": 8,
    "session_minutes": 90,
    "rhythm": "toutes les trois semaines",
    "starts_on": date(2027, 1, 11),
    "ends_on": date(2027, 6, 30),
    "places": "au cabinet",
    "media": ["on_site"],
    "fee_total": Decimal("2400"),
    "fee_schedule": "à la fin",
}


def enquiry(world: World, *, asked: bool = True, validated: bool = True, declared: bool = True) -> Mission:
    """An individual mission of the world's coach, with its coachee and its sponsor, as far as asked."""
    mission = life.begin(world.coach, title="Une autre mission", organisation=world.organisation)
    seat = seats.add_seat(world.coach, mission, world.people["coachee"], "coachee")
    seats.add_seat(world.coach, mission, world.people["sponsor"], "sponsor")
    if asked:
        sponsor = world.viewer("sponsor", Portal.ORGANISATION)
        requests.write_organisation_request(sponsor, mission, "Qu’elle prenne son poste.", based_on=0)
        version = word(world, mission, seat, "Je veux déléguer.")
        if validated:
            requests.validate_request(world.coach, mission, version, "Sa demande est la sienne.")
    if declared:
        life.declare_conflict(world.coach, mission, has_conflict=False, statement="")
    return mission


def word(world: World, mission: Mission, seat: Seat, text: str, based_on: int = 0):
    return requests.write_coachee_request(
        world.viewer("coachee", Portal.COACHEE), mission, seat, text, based_on=based_on
    )


def contracting(world: World, *, terms: bool = True) -> tuple[Mission, Contract]:
    """The same mission with its contract drafted."""
    mission = enquiry(world)
    objectives.save_objective(world.coach, mission, None, {"tag": "common", "title": "Déléguer"})
    life.open_contracting(world.coach, mission, {"missions.context": "La maison m’est connue."})
    mission.refresh_from_db()
    contract = drafting.draft(world.coach, mission)
    if terms:
        drafting.save_terms(world.coach, contract, terms_of(world.coach, contract), TERMS)
        contract.refresh_from_db()
    return mission, contract


def send(world: World, contract: Contract, begun_on: date | None = None) -> ContractVersion:
    """The draft frozen and sent, with a stand-in for its PDF: rendering has its own tests, and takes seconds."""
    return stand_ins.share(world.coach, contract, begun_on)


def under_review(world: World) -> tuple[Mission, Contract, ContractVersion]:
    """The same mission with its first version sent."""
    mission, contract = contracting(world)
    return mission, contract, send(world, contract)

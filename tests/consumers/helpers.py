"""A contract with a consumer, brought as far as wanted in a few calls."""

from coaching.clients.models import Person
from coaching.documents.rendering import Rendered
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Seat
from coaching.missions.services import life, objectives, requests, seats
from contracts.access import terms_of
from contracts.consumers import access
from contracts.consumers.information import said_by
from contracts.consumers.services import informing
from contracts.models import Contract
from contracts.services import drafting, rounds, sharing
from tests.contracts.helpers import TERMS, send, word
from tests.contracts.signing_helpers import sign_all
from tests.world import World


def drafted(world: World, *, consumer: bool = True, distance: bool = True, title="Pour moi") -> Contract:
    """A mission that its coachee pays, with its contract drafted."""
    if not consumer:  # a professional is registered
        Person.unscoped.filter(pk=world.people["coachee"].pk).update(registration="918765439")
    mission = life.begin(world.coach, title=title, payer="coachee")
    seat = seats.add_seat(world.coach, mission, world.people["coachee"], "coachee")
    version = word(world, mission, seat, "Je veux choisir.")
    requests.validate_request(world.coach, mission, version, "Sa demande est la sienne.")
    mine = {"tag": "coachee", "title": "Choisir"}
    objectives.save_objective(coachee(world), mission, None, mine, seat=seat)
    life.declare_conflict(world.coach, mission, has_conflict=False, statement="")
    life.open_contracting(world.coach, mission)
    mission.refresh_from_db()
    contract = drafting.draft(world.coach, mission)
    where = {"is_consumer": consumer, "at_distance": distance}
    drafting.save_terms(world.coach, contract, terms_of(world.coach, contract), {**TERMS, **where})
    contract.refresh_from_db()
    return contract


def in_review(world: World, *, rendered: bool = False, **options) -> Contract:
    """The same with its version sent and its information there; unless ``rendered``, stand-ins for their PDF."""
    contract = drafted(world, **options)
    if rendered:
        sharing.share(world.coach, contract)
    else:
        send(world, contract)
    found = None if rendered else access.consumer_of(contract)
    if found:
        said = said_by(found)
        informing.keep(found, said, Rendered(f"%PDF-1.7 {said.markdown}".encode(), 1, "", (), 0))
    return Contract.unscoped.select_related("mission__practice", "mission__coach").get(pk=contract.pk)


def out(world: World, **options):
    """The same, out for signature."""
    return rounds.open_round(world.coach, in_review(world, **options))


def received(world: World, contract: Contract):
    """The consumer has said that they have received the information."""
    found = access.consumer_of(contract)
    return informing.receive(hand(world, contract), contract, found.information.ref) if found else None


def signed(world: World, **options) -> Contract:
    """The same, signed by both: concluded."""
    signing_round = out(world, **options)
    received(world, signing_round.contract)
    sign_all(signing_round)
    rows = Contract.unscoped.select_related("mission__practice", "mission__coach")
    return rows.get(pk=signing_round.contract_id)


def coachee(world: World):
    return world.viewer("coachee", Portal.COACHEE)


def hand(world: World, contract: Contract) -> access.Hand:
    return access.hand_of(coachee(world), contract.mission)


def seat_of(mission: Mission) -> Seat:
    return Seat.unscoped.get(mission=mission, role="coachee")

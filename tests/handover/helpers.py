"""A hand-over in a few calls, on a mission whose contract stands."""

from coaching.accounts.models import Membership
from coaching.handover.access import get_offer
from coaching.handover.models import HandOver
from coaching.handover.services import answering, proposing, taking
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission, Seat
from tests.sessions.helpers import coachee
from tests.world import World

LETTER = "Elle avance vite ; laissez-lui le silence."
ITEMS = ("organisation_request", "own_request", "sessions", "letter")


def colleague(world: World) -> Viewer:
    return world.viewer("colleague", Portal.COACH)


def member(world: World, persona: str = "colleague") -> Membership:
    return Membership.unscoped.get(user=world.users[persona])


def whole_seat(mission: Mission) -> Seat:
    names = ("person__user", "mission__coach", "mission__practice", "mission__organisation")
    return Seat.unscoped.select_related(*names).get(mission=mission, role="coachee", ended_at=None)


def proposed(world: World, mission: Mission, *items: str, letter: str = LETTER) -> HandOver:
    items = items or ITEMS
    said = letter if "letter" in items else ""
    return fresh(proposing.propose(world.coach, whole_seat(mission), member(world).ref, items, said))


def agreed(world: World, mission: Mission, *items: str, of: tuple[str, ...] = ITEMS) -> HandOver:
    row = proposed(world, mission, *of)
    return fresh(answering.agree(coachee(world), row, items or of))


def taken_up(world: World, mission: Mission, *items: str) -> Mission:
    row = agreed(world, mission, *items)
    return taking.take_up(colleague(world), get_offer(colleague(world), row.ref))


def fresh(row: HandOver) -> HandOver:
    names = ("seat__person__user", "seat__mission__coach", "seat__mission__practice", "to", "consent")
    return HandOver.unscoped.select_related(*names, "seat__mission__organisation").get(pk=row.pk)

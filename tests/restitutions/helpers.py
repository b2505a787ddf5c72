"""Restitutions in a few calls, on a mission whose contract stands."""

from coaching.consents.access import agreed_items
from coaching.consents.services import consents
from coaching.missions.models import Mission
from coaching.restitutions.access import text_now
from coaching.restitutions.composing import Said
from coaching.restitutions.models import ReleasedRestitution, Restitution
from coaching.restitutions.services import approving, drafting
from tests import stand_ins
from tests.sessions.helpers import coachee, seat_of
from tests.world import World

WORDS = "Les décisions attendent deux comités."
ALL = ("attendance", "common_objectives", "means", "organisation", "support", "next_steps", "free_text")


def allow(world: World, mission: Mission, *items: str, to: str = "sponsor"):
    return consents.give(coachee(world), mission, to, items or ALL)


def draft(world: World, mission: Mission, to: str = "sponsor", **words: str) -> Restitution:
    """One in draft, with what is said of each item named; ``attendance`` is always there."""
    row = drafting.begin(world.coach, seat_of(mission), to)
    agreed = agreed_items(row.seat, row.addressee)
    said = {item: Said(there=item == "attendance", words=words.get(item, "")) for item in agreed}
    drafting.word(world.coach, row, said, based_on=1)
    return fresh(row)


def proposed(world: World, mission: Mission, to: str = "sponsor", **words: str) -> Restitution:
    return fresh(drafting.propose(world.coach, draft(world, mission, to, **words)))


def approve(world: World, row: Restitution) -> Restitution:
    """The coachee approves what they are shown."""
    text = text_now(coachee(world), row).text
    return fresh(approving.approve(coachee(world), row, number=text.number, sha256=text.sha256))


def approved(world: World, mission: Mission, to: str = "sponsor", **words: str) -> Restitution:
    return approve(world, proposed(world, mission, to, **words))


def released(world: World, mission: Mission, to: str = "sponsor", **words: str) -> ReleasedRestitution:
    return stand_ins.release(world.coach, approved(world, mission, to, **words))


def fresh(row: Restitution) -> Restitution:
    names = (
        "seat__person__user",
        "seat__mission__coach",
        "seat__mission__practice",
        "seat__mission__organisation",
    )
    return Restitution.unscoped.select_related(*names).get(pk=row.pk)

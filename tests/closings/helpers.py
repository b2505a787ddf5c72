"""Endings in a few calls, on a mission whose contract stands."""

from coaching.closings.access import get_letter, letters_of, said_in
from coaching.closings.models import PartyLetter
from coaching.closings.services import ending
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission
from tests import stand_ins
from tests.progress.helpers import objective, say
from tests.sessions.helpers import begun, coachee, fresh, plan, sponsor
from tests.world import World

WHY = "Je ne suis plus à la bonne distance."
OTHERS = "Deux collègues, dont voici les noms."
TOLD = "Je propose un échange avec la direction."
OFFICE = "Le budget est gelé."
KINDLY = "Rien de votre fait."


def now(mission: Mission) -> Mission:
    return Mission.unscoped.select_related("practice", "coach", "organisation").get(pk=mission.pk)


def stop(world: World, mission: Mission, **more):
    said = {"explanation": WHY, "alternatives": OTHERS, "told_organisation": TOLD, **more}
    return stand_ins.part(ending.stop(world.coach, mission, **said))


def stop_by_coachee(world: World, mission: Mission, words: str = ""):
    return stand_ins.part(ending.stop_by_coachee(coachee(world), mission, words=words))


def stop_by_organisation(world: World, mission: Mission):
    said = {"told_coach": OFFICE, "told_coachee": KINDLY}
    return stand_ins.part(ending.stop_by_organisation(sponsor(world), mission, **said))


REASONS = {"closings.means": "Une séance ancienne.", "closings.looked": "Il est parti avant."}


def close(world: World, mission: Mission, **more):
    return stand_ins.part(ending.close(world.coach, mission, **{"overrides": REASONS, **more}))


def words_of(viewer: Viewer, letter: PartyLetter) -> str:
    return " ".join(one.text for one in said_in(get_letter(viewer, letter.ref)).passages)


def letter_to(viewer: Viewer, mission: Mission) -> PartyLetter:
    """The viewer's own."""
    return next(one for one in letters_of(viewer, mission) if one.seat.person.user_id == viewer.user_id)


def worked_on(world: World, mission: Mission):
    """An objective with means used for it in a session that was held."""
    aim = objective(mission)
    session = begun(plan(world, mission))
    say(world, fresh(session), aim)
    type(session).unscoped.filter(pk=session.pk).update(
        state="held", held_at=session.starts_at, held_minutes=60
    )
    return aim


def administrator(world: World) -> Viewer:
    return world.viewer("administrator", Portal.PRACTICE)

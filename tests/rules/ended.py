"""The world of the rules, further on: missions that were stopped by each of the three, and one that was closed."""

from dataclasses import dataclass

from coaching.closings.access import letters_of
from coaching.closings.models import PartyLetter
from coaching.closings.services import acknowledging, ending, looking, satisfaction
from coaching.missions.models import Mission, Termination
from tests.closings.helpers import REASONS
from tests.contracts.helpers import contracting, enquiry
from tests.progress.helpers import objective
from tests.rules import signed
from tests.sessions.helpers import coachee, sponsor
from tests.world import World

BOTH = ("coach", "coachee")


@dataclass
class Ended:
    mine: PartyLetter  # the coachee's, of the stop by their coach
    theirs: PartyLetter  # the sponsor's, of the same; each has yet to say that they read it
    left: Termination  # by the coachee, who said something to their coach
    broken: Mission  # stopped by the organisation
    closed: Mission


def extend(w: World) -> Ended:
    stopped, _draft = contracting(w)
    said = {
        "explanation": w.plant("missions.Termination.explanation", *BOTH),
        "alternatives": w.plant("missions.Termination.alternatives", *BOTH),
        "told_organisation": w.plant("missions.Termination.told_organisation", "coach", "sponsor"),
    }
    w.part(ending.stop(w.coach, stopped, **said))
    left = enquiry(w)
    words = w.plant("missions.Termination.words_ref", *BOTH)
    w.part(ending.stop_by_coachee(coachee(w), left, words=words))
    return Ended(
        mine=letters_of(coachee(w), stopped)[0],
        theirs=letters_of(sponsor(w), stopped)[0],
        left=Termination.unscoped.select_related("mission").get(mission=left),
        broken=_broken(w),
        closed=_closed(w),
    )


def _broken(w: World) -> Mission:
    mission = enquiry(w)
    told = {
        "told_coach": w.plant("missions.Termination.told_coach", "coach", "sponsor"),
        "told_coachee": w.plant("missions.Termination.told_coachee", *BOTH, "sponsor"),
    }
    w.part(ending.stop_by_organisation(sponsor(w), mission, **told))
    acknowledging.acknowledge(sponsor(w), letters_of(sponsor(w), mission)[0])
    return mission


def _closed(w: World) -> Mission:
    contract = signed._sealed(w)  # what it can be read of afterwards is a document
    mission = Mission.unscoped.select_related("practice", "coach", "organisation").get(pk=contract.mission_id)
    looking.prepare(w.coach, mission)
    looking.look(coachee(w), mission, objective(mission), w.plant("closings.Look.words", *BOTH))
    said = {
        "explanation": w.plant("missions.Termination.explanation", *BOTH),
        "told_organisation": w.plant("missions.Termination.told_organisation", "coach", "sponsor"),
    }
    w.part(ending.close(w.coach, mission, overrides=REASONS, **said))
    mission.refresh_from_db()
    for turn, readers in enumerate([("coachee",), BOTH]):  # kept, then shared in other words
        text = w.plant("closings.Satisfaction.answer_ref", *readers)
        satisfaction.answer(coachee(w), mission, text, shared=bool(turn), based_on=turn)
    return mission

"""The world of the rules, further on: a session that took place, the coach's note of it, and what they share of it."""

from dataclasses import dataclass

from coaching.missions.models import Mission
from coaching.notes.models import SessionNote
from coaching.notes.services import notes, summaries
from coaching.sessions.models import CoachingSession
from tests.notes.helpers import OTHER_TAB, TAB, held
from tests.sessions.helpers import SAID
from tests.world import World


@dataclass
class Notes:
    held: CoachingSession
    note: SessionNote  # of that session, in two versions


def extend(w: World) -> Notes:
    mission = Mission.unscoped.select_related("practice", "coach").get(pk=w.signed.sealed.mission_id)
    session = held(w, mission, ago=40, said=SAID)
    words = [w.plant("notes.SessionNote.sealed_ref", "coach") for _ in range(2)]
    note = notes.begin(w.coach, mission, session)
    note = notes.write(w.coach, note, words[0], based_on=0, tab=TAB)
    note = notes.write(w.coach, note, " ".join(words), based_on=1, tab=OTHER_TAB)
    shared = w.plant("notes.SharedSummary.sealed_ref", "coach", "coachee")
    summaries.share(w.coach, session, shared, based_on=0)
    return Notes(session, note)

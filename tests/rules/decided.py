"""The world of the rules, further on: decisions kept, shared, taken back and closed; suggestions; measures and means."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from coaching.decisions.models import Decision, Suggestion
from coaching.decisions.services import decisions, suggestions
from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission, Objective
from coaching.progress.services import means, measures
from tests.sessions.helpers import coachee, seat_of
from tests.world import World

BOTH = ("coach", "coachee")
TEXT, CLOSING = "decisions.Wording.text_ref", "decisions.Wording.closing_ref"


@dataclass
class Decided:
    kept: Decision
    shared: Decision
    closed: Decision
    suggestion: Suggestion
    aim: Objective


def extend(w: World) -> Decided:
    mission = Mission.unscoped.select_related("practice", "coach").get(pk=w.signed.sealed.mission_id)
    me = coachee(w)
    kept = _decide(w, me, mission, "coachee", session=w.meetings.overdue)
    shared = _shared(me, _decide(w, me, mission, *BOTH, session=w.meetings.overdue))
    taken_back = _shared(me, _decide(w, me, mission, "coachee"))
    decisions.keep(me, taken_back, based_on=taken_back.number)
    closed = _closed(w, me, _decide(w, me, mission, "coachee"), "coachee")
    _closed(w, me, _shared(me, _decide(w, me, mission, *BOTH)), *BOTH)
    return Decided(kept, shared, closed, _suggestions(w, me, mission), _measured(w, me, mission))


def _decide(w: World, me: Viewer, mission: Mission, *readers: str, session=None) -> Decision:
    today = timezone.localdate()
    text = w.plant(TEXT, *readers)
    look_on = today + timedelta(days=30)
    return decisions.decide(me, mission, text, taken_on=today, session=session, look_on=look_on, remind=True)


def _shared(me: Viewer, row: Decision) -> Decision:
    decisions.share(me, row, based_on=row.number)
    return _fresh(row)


def _closed(w: World, me: Viewer, row: Decision, *readers: str) -> Decision:
    decisions.close(me, row, "drop", w.plant(CLOSING, *readers), based_on=row.number)
    return _fresh(row)


def _fresh(row: Decision) -> Decision:
    return Decision.unscoped.select_related("seat__mission", "seat__person").get(pk=row.pk)


def _suggestions(w: World, me: Viewer, mission: Mission) -> Suggestion:
    def suggest(*readers, session=None):
        text = w.plant("decisions.Suggestion.sealed_ref", *readers)
        return suggestions.suggest(w.coach, mission, seat_of(mission), text, session=session)

    # What is answered or taken back is read by its coach; what is left open stands on the coachee's pages too.
    suggestions.decline(me, suggest(*BOTH), w.plant("decisions.Suggestion.reason_ref", *BOTH))
    suggestions.withdraw(w.coach, suggest("coach"))
    return suggest(*BOTH, session=w.meetings.overdue)


def _measured(w: World, me: Viewer, mission: Mission) -> Objective:
    aim = Objective.unscoped.filter(mission=mission, removed_at=None).first()
    words = w.plant("progress.Measure.words", *BOTH)
    measures.measure(me, mission, aim, "start", 3, words, based_on=0)
    said = {name: w.plant(f"progress.Means.{name}", *BOTH) for name in ("name", "words")}
    means.say(w.coach, w.meetings.overdue, aim, kind="exercise", based_on=0, **said)
    return aim

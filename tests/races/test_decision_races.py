"""Two hands on one decision, one suggestion, one reminder, one measure: one wins, the other is told. Without its guard, each race happens."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F
from django.utils import timezone

from coaching.decisions import letters
from coaching.decisions.models import Decision, Suggestion, Wording
from coaching.decisions.services import decisions, reminders, suggestions
from coaching.kernel import transitions
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.missions.models import Objective
from coaching.outbox.models import Letter
from coaching.progress.models import Measure
from coaching.progress.services import measures
from ethics.development.services import save_qualification
from tests.decisions.helpers import decide, fresh, suggest
from tests.progress.helpers import give
from tests.races.settings import complete
from tests.sessions.helpers import active, coachee

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = (Stale, NotAllowedNow)


@pytest.fixture
def mission(small):
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    return active(small)


def _reword(small, row):
    today = timezone.localdate()
    return decisions.reword(coachee(small), row, "Pour moi seul.", taken_on=today, based_on=1)


def _against(small, row, act):
    others = {
        "close": lambda: decisions.close(coachee(small), row, "fulfil", "Fait.", based_on=1),
        "share": lambda: decisions.share(coachee(small), row, based_on=1),
        "reword": lambda: _reword(small, row),
    }
    return [lambda: _reword(small, row), others[act]]


def _refused(answers) -> list:
    return [one for one in answers if isinstance(one, Exception)]


@pytest.mark.parametrize("act", ["close", "share", "reword"])
def test_a_wording_and_another_act_at_once_let_one_through(small, mission, together, act):
    row = decide(small, mission)
    refused = _refused(together(*_against(small, row, act)))
    assert [isinstance(one, TOLD) for one in refused] == [True]
    assert (fresh(row).number, Wording.unscoped.filter(decision=row).count()) == (2, 2)


@pytest.mark.parametrize("act", ["close", "share", "reword"])
def test_both_go_through_when_the_number_is_only_looked_at(
    small, mission, together, meet, monkeypatch, postgres, act
):
    """What is typed to be kept could then be sealed for the coach, or a closed decision reworded."""

    def look(decision, based_on, states, **changes):
        now = Decision.unscoped.get(pk=decision.pk)
        if now.number != based_on:
            raise Stale("moved")
        meet()
        Decision.unscoped.filter(pk=decision.pk).update(number=F("number") + 1, **changes)
        return fresh(now)

    monkeypatch.setattr(decisions, "_take", look)
    row = decide(small, mission)
    answers = together(*_against(small, row, act))
    # SQLite lets one transaction write at a time (IMMEDIATE): there the second one sees the first.
    assert len(_refused(answers)) == (0 if postgres else 1)
    assert Wording.unscoped.filter(decision=row).count() == (3 if postgres else 2)


def _adoptions(small, row):
    today = timezone.localdate()
    return [
        lambda text=text: suggestions.adopt(coachee(small), row, text, taken_on=today)
        for text in ("D’un téléphone.", "D’un ordinateur.")
    ]


def test_a_suggestion_adopted_twice_at_once_makes_one_decision(small, mission, together):
    row = suggest(small, mission)
    assert [isinstance(one, TOLD) for one in _refused(together(*_adoptions(small, row)))] == [True]
    assert Decision.unscoped.count() == 1


def test_a_suggestion_is_adopted_or_taken_back(small, mission, together):
    row = suggest(small, mission)
    answers = together(_adoptions(small, row)[0], lambda: suggestions.withdraw(small.coach, row))
    assert [isinstance(one, TOLD) for one in _refused(answers)] == [True]
    state = Suggestion.unscoped.get(pk=row.pk).state
    assert Decision.unscoped.count() == (1 if state == "adopted" else 0)


def test_a_suggestion_makes_two_decisions_when_its_row_is_not_held(
    small, mission, together, meet, monkeypatch, postgres
):
    """The lock, the comparison and the unique key taken away: nothing else stands between two tabs."""

    def look(obj):
        now = type(obj).unscoped.get(pk=obj.pk)
        meet()
        return now

    def move(transition, current):
        type(current).unscoped.filter(pk=current.pk).update(
            state=transition.target, answered_at=timezone.now()
        )

    written = suggestions.decide
    monkeypatch.setattr(transitions, "_lock", look)
    monkeypatch.setattr(transitions, "_compare_and_set", move)
    monkeypatch.setattr(
        suggestions, "decide", lambda *args, **said: written(*args, **{**said, "suggestion": None})
    )
    together(*_adoptions(small, suggest(small, mission)))
    assert Decision.unscoped.count() == (2 if postgres else 1)


@pytest.fixture
def due(small, mission):
    day = timezone.localdate() + timedelta(days=3)
    decide(small, mission, look_on=day, remind=True)
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Europe/Paris"))


def _reminded() -> int:
    return Letter.unscoped.filter(kind="decisions/reminder").count()


def test_two_workers_write_one_reminder(due, together):
    assert sum(together(*[lambda: reminders.remind_due(due)] * 2)) == 1
    assert _reminded() == 1


def test_two_workers_write_two_reminders_by_a_look_alone(due, together, meet, monkeypatch):
    def look(pk, day):
        row = Decision.unscoped.select_related("seat__person__user", "seat__mission__practice").get(pk=pk)
        if row.reminded_at is None:
            meet()
            Decision.unscoped.filter(pk=pk).update(reminded_at=timezone.now())
            letters.reminder(row)
        return True

    monkeypatch.setattr(reminders, "_remind", look)
    together(*[lambda: reminders.remind_due(due)] * 2)
    assert _reminded() == 2


def _two_tabs(small, aim):
    return [lambda value=value: give(small, aim, value=value) for value in (2, 8)]


def test_a_measure_given_from_two_tabs_is_given_once_and_the_other_is_told(small, mission, together):
    aim = Objective.unscoped.filter(mission=mission).first()
    assert [type(one) for one in _refused(together(*_two_tabs(small, aim)))] == [Stale]
    assert Measure.unscoped.count() == 1


def test_the_table_refuses_a_second_measure_when_the_seat_is_not_held(
    small, mission, together, meet, monkeypatch
):
    monkeypatch.setattr(measures, "hold", lambda seat: meet())
    aim = Objective.unscoped.filter(mission=mission).first()
    assert [type(one) for one in _refused(together(*_two_tabs(small, aim)))] == [Stale]
    assert Measure.unscoped.count() == 1

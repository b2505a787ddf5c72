"""Two end a mission at once, or say twice that they have read or looked: one end, one letter to each, one word of it."""

import pytest
from django.utils import timezone

from coaching.closings.access import letters_of
from coaching.closings.models import Acknowledgement, Look, PartyLetter
from coaching.closings.services import acknowledging, ending, looking, parting, satisfaction
from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.kernel import transitions
from coaching.missions.models import Mission, Refusal, Termination
from coaching.missions.services import pace
from ethics.development.services import save_qualification
from tests import stand_ins
from tests.closings.helpers import REASONS, close, stop, stop_by_coachee, stop_by_organisation
from tests.contracts.helpers import enquiry
from tests.progress.helpers import objective
from tests.races.settings import complete
from tests.races.test_restitution_races import _won
from tests.sessions.helpers import active, coachee, plan, seat_of

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = 8
WAYS = {
    "stop": stop,
    "close": close,
    "stop_by_coachee": stop_by_coachee,
    "stop_by_organisation": stop_by_organisation,
}


@pytest.fixture
def mission(small):
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    return active(small)


def _ended_once(mission) -> None:
    now = Mission.unscoped.get(pk=mission.pk)
    row = Termination.unscoped.get(mission=mission)
    assert (now.state, bool(now.stopped_at), bool(now.closed_at)) in {
        ("stopped", True, False),
        ("closed", False, True),
    }
    assert (row.kind == "close") == (now.state == "closed")
    assert PartyLetter.unscoped.filter(mission=mission).count() == 2
    assert (
        Event.unscoped.filter(kind__in=[f"mission.{way}" for way in WAYS], mission=mission.ref).count() == 1
    )
    assert list(verify()) == []


def test_four_ends_at_once_leave_one(small, mission, together):
    plan(small, mission, days=9)
    answers = together(*[lambda how=how: how(small, mission) for how in WAYS.values()])
    assert len(_won(answers)) == 1
    _ended_once(mission)


@pytest.mark.parametrize("way", WAYS)
def test_eight_times_the_same_end_leaves_one(small, mission, together, way):
    assert len(_won(together(*[lambda: WAYS[way](small, mission)] * EIGHT))) == 1
    _ended_once(mission)


def test_declining_and_a_stop_by_the_coachee_at_once_leave_one_of_the_two(small, together):
    mission = enquiry(small)
    said = {"ground": "coach", "explanation": "Non."}
    answers = together(
        lambda: stand_ins.refuse(small.coach, mission, **said), lambda: stop_by_coachee(small, mission)
    )
    assert len(_won(answers)) == 1
    assert Refusal.unscoped.count() + Termination.unscoped.count() == 1
    assert PartyLetter.unscoped.filter(mission=mission).count() == 2


def test_both_are_told_as_true_when_the_mission_is_neither_held_nor_compared(
    small, together, meet, monkeypatch, postgres
):
    """The guards taken away: no row lock, no compare-and-set."""

    def naive(transition, current):
        meet()
        changes = {"state": transition.target, transition.stamps: timezone.now()}
        type(current).unscoped.filter(pk=current.pk).update(**changes)

    def look(obj):
        return type(obj).unscoped.get(pk=obj.pk)

    monkeypatch.setattr(parting, "hold", look)
    monkeypatch.setattr(transitions, "_lock", look)
    monkeypatch.setattr(transitions, "_compare_and_set", naive)
    mission = enquiry(small)
    said = {"ground": "coach", "explanation": "Non."}
    answers = together(
        lambda: stand_ins.refuse(small.coach, mission, **said), lambda: stop_by_coachee(small, mission)
    )
    # SQLite lets one transaction write at a time (IMMEDIATE): there the second one finds the state changed.
    assert len(_won(answers)) == (2 if postgres else 1)
    assert Refusal.unscoped.count() + Termination.unscoped.count() == (2 if postgres else 1)


def test_a_pause_and_a_stop_at_once_leave_no_pause_in_a_mission_that_has_ended(small, mission, together):
    from coaching.missions.models import Pause

    answers = together(
        lambda: pace.pause(coachee(small), mission, seat_of(mission)), lambda: stop(small, mission)
    )
    assert not isinstance(answers[1], Exception), answers
    _ended_once(mission)
    assert not Pause.unscoped.filter(ended_at=None).exists()


def test_a_session_planned_at_the_moment_of_a_stop_is_cancelled_or_not_planned(small, mission, together):
    planned, stopped = together(lambda: plan(small, mission, days=9), lambda: stop(small, mission))
    assert not isinstance(stopped, Exception), stopped
    if not isinstance(planned, Exception):
        planned.refresh_from_db()
        assert planned.state == "cancelled"


def test_eight_times_read_is_read_once(small, mission, together):
    stop(small, mission)
    letter = letters_of(coachee(small), mission)[0]
    act = lambda: acknowledging.acknowledge(coachee(small), letter)  # noqa: E731
    assert len(_won(together(*[act] * EIGHT))) == EIGHT
    assert Acknowledgement.unscoped.count() == 1
    assert Event.unscoped.filter(kind="letter.acknowledge").count() == 1


def test_eight_looks_at_once_leave_one_and_a_close_at_that_moment_judges_on_one_of_the_two(
    small, mission, together
):
    aim = objective(mission)
    assert len(_won(together(*[lambda: looking.look(coachee(small), mission, aim)] * EIGHT))) == 1
    assert Look.unscoped.count() == 1


def test_an_answer_from_two_windows_is_kept_once(small, mission, together):
    stand_ins.part(ending.close(small.coach, mission, overrides=REASONS))
    mission.refresh_from_db()

    def answer(text, shared):
        return lambda: satisfaction.answer(coachee(small), mission, text, shared=shared, based_on=0)

    assert len(_won(together(answer("Un.", False), answer("Deux.", True)))) == 1

"""A pause against whoever plans or records at that instant; a signal acknowledged twice. Without its guard, each race happens."""

import pytest
from django.db import OperationalError
from django.utils import timezone

from coaching.accounts.models import Invitation
from coaching.accounts.services import accept_invitation, create_user
from coaching.kernel import transitions
from coaching.kernel.errors import DomainError, GateClosed, NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.missions.services import pace
from coaching.outbox.models import Letter
from coaching.recourse.models import Signal
from coaching.recourse.services import appointing, confiding
from coaching.sessions import gates
from coaching.sessions.models import CoachingSession
from coaching.sessions.services import life, planning
from ethics.development.services import save_qualification
from tests.contracts.helpers import enquiry
from tests.races.settings import complete
from tests.sessions.helpers import active, begun, coachee, fresh, in_days, plan, seat_of
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mission(small):
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    return active(small)


def _state(mission) -> str:
    return Mission.unscoped.get(pk=mission.pk).state


def _both(small, mission, together):
    said = planning.Said(in_days(7), 60, "on_site", place="p")
    seat = seat_of(mission)
    return together(
        lambda: pace.pause(coachee(small), mission, seat), lambda: plan(small, mission, said=said)
    )


def test_no_session_stays_planned_in_a_pause_that_began_at_the_same_instant(small, mission, together):
    answers = _both(small, mission, together)
    assert not isinstance(answers[0], Exception), "a pause waits for nothing"
    assert _state(mission) == "paused"
    assert not CoachingSession.unscoped.filter(mission=mission, state="planned").exists()


def test_a_session_is_planned_in_a_pause_when_the_mission_is_not_held(
    small, mission, together, meet, monkeypatch, postgres
):
    """The hold of planning taken away: it has seen an active mission, and writes after the pause has looked."""
    looked, began = planning._refuse_too_soon, pace.interrupt

    def after_looking(*args):
        looked(*args)
        meet()  # both have looked

    def then_planned(*args):
        meet()
        began(*args)

    monkeypatch.setattr(planning, "hold", lambda row: type(row).unscoped.get(pk=row.pk))
    monkeypatch.setattr(planning, "_refuse_too_soon", after_looking)
    monkeypatch.setattr(pace, "interrupt", then_planned)
    monkeypatch.setattr(planning, "record", lambda *args: meet() if _later(args) else None)
    _both(small, mission, together)
    left = CoachingSession.unscoped.filter(mission=mission, state="planned").count()
    assert left == (1 if postgres else 0)


def _later(args) -> bool:
    return args[2] == "session.plan"


def test_a_pause_and_a_session_being_recorded_end_in_one_truth(small, mission, together):
    row, seat = begun(plan(small, mission)), seat_of(mission)
    later = plan(small, Mission.unscoped.get(pk=mission.pk), days=20)
    answers = together(
        lambda: pace.pause(coachee(small), mission, seat),
        lambda: life.record_held(small.coach, fresh(row), minutes=60, present=[seat.ref]),
    )
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert (fresh(row).state, fresh(later).state, _state(mission)) == ("held", "cancelled", "paused")


@pytest.fixture
def about_to_begin(small, mission):
    """A session ten minutes from now: it may be recorded already, and a pause sets it aside."""
    return begun(plan(small, mission), days=-70 / (24 * 60))


def _record_and_pause(small, mission, row, together):
    seat = seat_of(mission)
    return together(
        lambda: life.record_held(small.coach, fresh(row), minutes=60, present=[seat.ref]),
        lambda: pace.pause(coachee(small), mission, seat),
    )


def _held_in_a_pause(row, mission) -> bool:
    """Recorded after the pause had begun, though its hour had not come before."""
    row, paused_at = fresh(row), Mission.unscoped.get(pk=mission.pk).paused_at
    return row.state == "held" and paused_at is not None and row.held_at > paused_at


def test_no_session_is_held_in_a_pause_that_began_at_the_same_instant(
    small, mission, about_to_begin, together
):
    recorded, paused = _record_and_pause(small, mission, about_to_begin, together)
    assert not isinstance(paused, Exception), "a pause waits for nothing"
    assert not isinstance(recorded, OperationalError)
    state = "cancelled" if isinstance(recorded, GateClosed | NotAllowedNow) else "held"
    assert (fresh(about_to_begin).state, _state(mission)) == (state, "paused")
    assert not _held_in_a_pause(about_to_begin, mission)


def test_a_session_is_held_in_a_pause_when_the_mission_is_not_held(
    small, mission, about_to_begin, together, meet, monkeypatch, postgres
):
    """The hold of recording taken away: it has seen an active mission, and writes once the pause has begun.

    Or each waits for what the other holds, and the engine ends one of them: a pause that failed, or a session not kept.
    """
    looked, began = gates._pauses_since, pace.interrupt

    def after_looking(session):
        since = looked(session)
        meet()
        return since

    def then_held(*args):
        meet()  # the pause has its date by now
        began(*args)

    monkeypatch.setattr(life, "hold", lambda row: row)
    monkeypatch.setattr(gates, "_pauses_since", after_looking)
    monkeypatch.setattr(pace, "interrupt", then_held)
    answers = _record_and_pause(small, mission, about_to_begin, together)
    # SQLite lets one transaction write at a time (IMMEDIATE): there the second one sees what the first has done.
    killed = any(isinstance(one, OperationalError) for one in answers)
    assert (killed or _held_in_a_pause(about_to_begin, mission)) == postgres


def test_both_say_at_once_that_they_are_ready_and_it_goes_on_once(small, mission, together):
    seat = seat_of(mission)
    pace.pause(coachee(small), mission, seat)
    answers = together(
        lambda: pace.agree_to_resume(coachee(small), mission, seat),
        lambda: pace.agree_to_resume(small.coach, mission, seat),
    )
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert [one.ended_at is None for one in answers].count(False) == 1
    assert _state(mission) == "active"


@pytest.fixture
def sent(small):
    admin = small.viewer("coach", Portal.PRACTICE)
    asked = appointing.appoint(
        admin, name="R", email="r@race.test", language="fr", acknowledge_days=3, handle_days=30
    )
    user = create_user(email="r@race.test", name="R", password=PASSWORD)
    small.users["recourse"] = user
    accept_invitation(Invitation.unscoped.get(target_ref=asked.ref), user)
    signal = confiding.send(coachee(small), enquiry(small), "Ce que je ne dis à personne.")
    Letter.unscoped.all().delete()
    return signal


def _twice(small, sent, together):
    them = small.viewer("recourse", Portal.RECOURSE)
    return together(*[lambda: confiding.acknowledge(them, sent)] * 2)


def test_a_signal_is_acknowledged_once(small, sent, together):
    answers = _twice(small, sent, together)
    assert len([one for one in answers if isinstance(one, DomainError)]) == 1
    assert Letter.unscoped.filter(kind="recourse/news").count() == 1
    assert Signal.unscoped.get().state == "acknowledged"


def test_a_signal_is_acknowledged_twice_without_lock_and_comparison(
    small, sent, together, meet, monkeypatch, postgres
):
    def set_alone(transition, current):
        meet()
        type(current).unscoped.filter(pk=current.pk).update(
            state=transition.target, acknowledged_at=timezone.now()
        )

    monkeypatch.setattr(transitions, "_lock", lambda row: type(row).unscoped.get(pk=row.pk))
    monkeypatch.setattr(transitions, "_compare_and_set", set_alone)
    answers = _twice(small, sent, together)
    assert len([one for one in answers if isinstance(one, Exception)]) == (0 if postgres else 1)

"""A pause against whoever plans or records at that instant; a signal acknowledged twice. Without its guard, each race happens."""

import pytest
from django.utils import timezone

from coaching.accounts.models import Invitation
from coaching.accounts.services import accept_invitation, create_user
from coaching.kernel import transitions
from coaching.kernel.errors import DomainError
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.missions.services import pace
from coaching.outbox.models import Letter
from coaching.recourse.models import Signal
from coaching.recourse.services import appointing, confiding
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

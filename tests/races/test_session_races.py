"""Two sessions at one hour, one too many: one wins, the others are told. Without its guard, each race happens."""

import pytest
from django.utils import timezone

from coaching.kernel.errors import Invalid
from coaching.sessions.models import Claim, CoachingSession
from coaching.sessions.services import planning
from contracts.models import Terms
from ethics.development.services import save_qualification
from tests.contracts.helpers import enquiry
from tests.races.settings import complete
from tests.sessions.helpers import SAID, active, plan, wall

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = 8


def _bookings(small):
    missions = [enquiry(small) for _turn in range(EIGHT)]
    return [
        lambda mission=mission: plan(small, mission, said=SAID, kind="exploratory") for mission in missions
    ]


def test_eight_sessions_at_one_hour_are_planned_once(small, together):
    answers = together(*_bookings(small))
    lost = [one for one in answers if isinstance(one, Exception)]
    assert [type(one) for one in lost] == [Invalid] * (EIGHT - 1)
    assert {one.field for one in lost} == {"time"}
    assert (CoachingSession.unscoped.count(), Claim.unscoped.count()) == (1, 18)


def test_sessions_at_one_hour_are_planned_twice_by_a_look_alone(small, together, meet, monkeypatch, postgres):
    """The table of claims taken away: whoever looks first finds the hour free."""

    def look(session):
        if CoachingSession.unscoped.filter(starts_at=session.starts_at).exclude(pk=session.pk).exists():
            raise Invalid("taken", field="time")
        meet()

    monkeypatch.setattr(planning, "claim", look)
    answers = together(*_bookings(small)[:2])
    # SQLite lets one transaction write at a time (IMMEDIATE): there the second one finds the first.
    assert CoachingSession.unscoped.count() == (2 if postgres else 1)
    assert len([one for one in answers if isinstance(one, Exception)]) == (0 if postgres else 1)


@pytest.fixture
def last_one(small):
    """A mission whose contract agrees on one session, and two tabs that plan it, each at an hour of its own."""
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    mission = active(small)
    Terms.unscoped.update(sessions_count=1)
    hours = [wall(2027, 2, day, 10) for day in (1, 15)]
    said = [planning.Said(hour, 60, "on_site", place="p") for hour in hours]
    return [lambda one=one: plan(small, mission, said=one) for one in said]


def test_two_tabs_do_not_plan_more_than_the_contract_agrees(last_one, together):
    answers = together(*last_one)
    assert [one.field for one in answers if isinstance(one, Exception)] == ["times"]
    assert CoachingSession.unscoped.count() == 1


def test_two_tabs_plan_one_too_many_when_the_mission_is_not_held(
    last_one, together, meet, monkeypatch, postgres
):
    counted = planning.account_of

    def slowly(*args):
        account = counted(*args)
        meet()
        return account

    monkeypatch.setattr(planning, "hold", lambda mission: type(mission).unscoped.get(pk=mission.pk))
    monkeypatch.setattr(planning, "account_of", slowly)
    together(*last_one)
    assert CoachingSession.unscoped.count() == (2 if postgres else 1)

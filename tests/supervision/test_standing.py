"""A coach who is overdue is warned, then held back; the gate opens for judgement, or once they were supervised."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.gates import state_of
from coaching.kernel.viewer import Portal
from coaching.missions.transitions import MISSION, SUPERVISED
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from ethics.supervision.enums import Level
from ethics.supervision.models import SupervisionSession
from ethics.supervision.services import attesting, notices, rules
from ethics.supervision.standing import standing_of, standings
from tests.sessions.helpers import active
from tests.supervision.helpers import admin, attested, coached, held, link_to, supervisor


@pytest.fixture
def mission(world, db):
    return active(world)


def test_thirty_five_hours_without_supervision_hold_a_new_mission_back(world, mission):
    coached(world, mission, 34)
    assert state_of(SUPERVISED, mission).held
    coached(world, mission, 1)
    state = state_of(SUPERVISED, mission)
    assert not state.held
    assert state.gate.overridable
    assert SUPERVISED in MISSION["open_contracting"].gates


def test_an_hour_of_supervision_opens_the_gate_again(world, mission):
    coached(world, mission, 40)
    held(world, supervisor(world), minutes=120)
    assert state_of(SUPERVISED, mission).held


def test_a_colleague_s_hours_hold_back_nobody_else(world, mission):
    coached(world, mission, 40)
    colleague = world.users["colleague"].pk
    found = standings(world.practice.pk, [world.coach.user_id, colleague])
    assert (found[world.coach.user_id].overdue, found[colleague].overdue) == (True, False)


def test_what_nobody_attests_counts_for_so_many_days_only(world, mission):
    coached(world, mission, 40)
    row = held(world, supervisor(world), days=10, minutes=120)
    assert not standing_of(world.coach).overdue
    SupervisionSession.unscoped.filter(pk=row.pk).update(recorded_at=timezone.now() - timedelta(days=31))
    assert standing_of(world.coach).overdue
    attested(world, row)
    assert not standing_of(world.coach).overdue


def test_what_the_supervisor_contests_counts_for_nothing(world, mission):
    coached(world, mission, 40)
    row = held(world, supervisor(world), minutes=120)
    attesting.contest(link_to(world, row)[1], "Pas ce jour-là.")
    assert standing_of(world.coach).overdue


def test_a_practice_sets_its_ratio_and_a_coach_a_stricter_one_only(world, mission):
    coached(world, mission, 20)
    assert standing_of(world.coach).level == Level.FINE
    rules.save_rule(admin(world), {"preset": "ac15"})
    assert standing_of(world.coach).overdue
    rules.save_rule(
        admin(world), {"preset": "own", "coaching_hours": 30, "hours_a_year": 0, "hours_a_quarter": 0}
    )
    assert standing_of(world.coach).level == Level.FINE
    for hours in (30, 31, 0):
        with pytest.raises(Invalid):
            rules.save_stricter(world.coach, hours)
    rules.save_stricter(world.coach, 20)
    assert standing_of(world.coach).overdue
    rules.save_stricter(world.coach, None)
    assert not standing_of(world.coach).overdue


def test_a_coach_never_sets_the_practice_s_rule_nor_the_administrator_a_coach_s(world, db):
    with pytest.raises(NotAllowedNow):
        rules.save_rule(world.coach, {"preset": "ac40"})
    with pytest.raises(NotAllowedNow):
        rules.save_stricter(admin(world), 10)


def test_a_rule_of_the_practice_that_is_eased_leaves_the_stricter_one(world, mission):
    rules.save_stricter(world.coach, 20)
    rules.save_rule(admin(world), {"preset": "ac40"})
    assert standing_of(world.coach).rule.coaching_hours == 20
    rules.save_rule(admin(world), {"preset": "ac15"})
    assert standing_of(world.coach).rule.coaching_hours == 15


def test_a_coach_is_written_to_once_for_each_rise(world, mission):
    notices.notify()
    before = Letter.unscoped.filter(kind="supervision/due").count()
    coached(world, mission, 28)
    assert notices.notify() == 1
    assert notices.notify() == 0
    coached(world, mission, 10)
    assert notices.notify() == 1
    letters = Letter.unscoped.filter(kind="supervision/due").order_by("pk")[before:]
    said = [open_letter(letter).subject for letter in letters]
    assert len(set(said)) == len(said) == 2
    held(world, supervisor(world), minutes=600)
    assert notices.notify() == 0
    coached(world, mission, 340)
    assert notices.notify() == 1


def test_the_queries_of_a_practice_do_not_grow_with_its_coaches(world, mission, django_assert_num_queries):
    coached(world, mission, 5)
    held(world, supervisor(world))
    for ids in ([world.coach.user_id], [world.coach.user_id, world.users["colleague"].pk, 10**9]):
        with django_assert_num_queries(3):
            standings(world.practice.pk, ids)


def test_a_supervision_of_another_practice_counts_nothing_here(world, mission):
    coached(world, mission, 40)
    elsewhere = world.viewer("coach_elsewhere", Portal.COACH)
    held(world, supervisor(world, elsewhere), minutes=600, coach=elsewhere)
    assert standing_of(world.coach).overdue

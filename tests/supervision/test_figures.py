"""How much supervision is due: each rule by its figures, on the day it turns."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethics.supervision.enums import Level
from ethics.supervision.figures import Counted, Practised, Rule, What, credited, measure

TODAY = date(2026, 11, 28)
RATIO = Rule(35, 0, 0)
EMCC = Rule()


def _days(n: int) -> date:
    return TODAY - timedelta(days=n)


def _practised(hours: float, since: int = 400) -> Practised:
    return Practised(int(hours * 60), int(hours * 60), _days(since))


@pytest.mark.parametrize(
    ("coached", "supervised", "used", "level"),
    [
        (0, 0, 0, Level.FINE),
        (27.9, 0, 79, Level.FINE),
        (28, 0, 80, Level.SOON),
        (34.9, 0, 99, Level.SOON),
        (35, 0, 100, Level.OVERDUE),
        (35, 1, 0, Level.FINE),
        (63, 1, 80, Level.SOON),
        (70, 1, 100, Level.OVERDUE),
        (70, 3, 0, Level.FINE),
    ],
)
def test_an_hour_of_supervision_covers_so_many_of_coaching(coached, supervised, used, level):
    standing = measure(RATIO, _practised(coached), [Counted(_days(30), supervised * 60)], TODAY)
    assert (standing.used, standing.level) == (used, level)


def test_what_is_more_than_a_year_old_covers_nothing():
    practised = _practised(35)
    assert measure(RATIO, practised, [Counted(_days(364), 60)], TODAY).used == 0
    assert measure(RATIO, practised, [Counted(_days(365), 60)], TODAY).used == 100


def test_nothing_is_due_of_a_coach_who_does_not_coach():
    standing = measure(EMCC, Practised(), [], TODAY)
    assert (standing.used, standing.level, [part.what for part in standing.parts]) == (
        0,
        Level.FINE,
        [What.RATIO],
    )


def test_the_hour_of_the_quarter_is_due_ninety_two_days_after_the_last_one():
    rule, practised = Rule(200, 0, 1), _practised(5)
    late = measure(rule, practised, [Counted(_days(92), 60)], TODAY)
    assert (late.nearest.what, late.level, late.nearest.due_on) == (What.QUARTER, Level.OVERDUE, TODAY)
    assert measure(rule, practised, [Counted(_days(91), 60)], TODAY).level == Level.SOON
    assert measure(rule, practised, [Counted(_days(70), 60)], TODAY).level == Level.FINE


def test_the_hour_of_the_quarter_may_be_made_of_several():
    rule, practised = Rule(200, 0, 1), _practised(5)
    halves = [Counted(_days(10), 30), Counted(_days(95), 30)]
    assert measure(rule, practised, halves, TODAY).overdue
    assert not measure(rule, practised, [*halves, Counted(_days(60), 30)], TODAY).overdue


def test_the_hours_of_the_year_are_due_a_year_after_the_first_session_of_a_new_coach():
    rule = Rule(200, 4, 0)
    assert not measure(rule, _practised(5, since=364), [], TODAY).overdue
    assert measure(rule, _practised(5, since=365), [], TODAY).overdue
    enough = [Counted(_days(n), 60) for n in (10, 100, 200, 300)]
    assert not measure(rule, _practised(5, since=800), enough, TODAY).overdue
    assert measure(rule, _practised(5, since=800), enough[:3], TODAY).overdue


def test_a_group_counts_for_the_share_the_practice_sets():
    assert credited(120, True, Rule(group_share=50)) == 60
    assert credited(120, False, Rule(group_share=50)) == 120
    assert credited(120, True, Rule(group_share=0)) == 0


@given(
    st.integers(0, 100_000),
    st.lists(st.tuples(st.integers(0, 700), st.integers(1, 600)), max_size=12),
    st.integers(1, 200),
)
def test_more_supervision_never_makes_a_coach_later(coached, held, hours):
    rule, practised = Rule(hours, 4, 1), Practised(coached, coached, _days(700))
    counted = [Counted(_days(ago), minutes) for ago, minutes in held]
    before = measure(rule, practised, counted, TODAY)
    assert measure(rule, practised, [*counted, Counted(TODAY, 60)], TODAY).used <= before.used
    assert before.parts == tuple(sorted(before.parts, key=lambda part: part.used, reverse=True))

"""Whatever is said of a group, and whatever the reader subtracts from it, speaks of nobody or of enough people."""

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.overview.grouping import Course, Line, average, by_state, may_say, people_in, to_half

pytestmark = pytest.mark.one_engine

STATES = ("enquiry", "active", "paused", "closed")
PEOPLE = st.frozensets(st.integers(0, 14), max_size=3)
KNOWING = st.sampled_from([(False, False), (True, False), (False, True)])
SMALLEST = st.integers(3, 6)


@st.composite
def lines(draw):
    known, once = draw(KNOWING)
    return Line(draw(st.sampled_from(STATES)), draw(PEOPLE), known, once)


@st.composite
def courses(draw):
    known, once = draw(KNOWING)
    values = [Fraction(draw(st.integers(0, 10))) for _end in range(2)]
    told = known and draw(st.booleans())
    return Course(draw(PEOPLE.filter(bool)), *values, known=known, once=once, told=told)


MISSIONS = st.lists(lines(), max_size=40)
COURSES = st.lists(courses(), max_size=30)


def _unions(rows):
    """Every figure that can be made by adding and subtracting the rows: the total is one of them."""
    return chain.from_iterable(combinations(rows, size) for size in range(1, len(rows) + 1))


def _guesses(parts):
    """What may be left to the reader of these: with all, none, or each single one of what they perhaps know."""
    hidden = [part for part in parts if not part.known]
    perhaps = [part for part in hidden if part.once]
    yield hidden
    yield [part for part in hidden if not part.once]
    for one in perhaps:
        yield [part for part in hidden if part is not one]
        yield [part for part in hidden if not part.once or part is one]


@given(MISSIONS, SMALLEST)
def test_no_row_no_sum_of_rows_and_no_difference_speaks_of_too_few(missions, smallest):
    rows = by_state(missions, STATES, smallest)
    for together in _unions(rows or []):
        states = {state for row in together for state in row.states}
        parts = [line for line in missions if line.state in states]
        for left in (parts, *_guesses(parts)):
            assert not left or people_in(left) >= smallest


@given(MISSIONS, SMALLEST)
def test_every_mission_is_counted_once_or_nothing_is_said(missions, smallest):
    rows = by_state(missions, STATES, smallest)
    if rows is None:
        assert not may_say(missions, smallest)
        return
    assert sorted(state for row in rows for state in row.states) == sorted(STATES)
    assert sum(row.missions for row in rows) == len(missions)
    assert sum(len(row.states) > 1 for row in rows) <= 1


@given(MISSIONS, SMALLEST)
def test_the_order_of_missions_changes_nothing(missions, smallest):
    assert by_state(missions, STATES, smallest) == by_state(missions[::-1], STATES, smallest)


@given(COURSES, SMALLEST)
def test_an_average_speaks_of_enough_people_with_and_without_those_the_reader_knows(measured, smallest):
    if average(measured, smallest) is None:
        return
    untold = [one for one in measured if not one.told]
    for left in (measured, untold, *_guesses(measured)):
        assert not left or people_in(left) >= smallest


@given(COURSES, SMALLEST)
def test_an_average_is_a_half_on_the_scale(measured, smallest):
    for value in average(measured, smallest) or ():
        assert 0 <= value <= 10
        assert (2 * value).denominator == 1


def _one_each(state: str, people: range, **known) -> list[Line]:
    return [Line(state, frozenset({person}), **known) for person in people]


def test_a_total_of_four_people_is_refused_where_five_are_wanted():
    assert by_state(_one_each("active", range(4)), STATES, 5) is None


def test_one_mission_beyond_those_the_reader_sits_at_refuses_the_total():
    mine = _one_each("active", range(8), known=True)
    assert by_state([*mine, *_one_each("active", range(8, 9))], STATES, 5) is None
    assert by_state(mine, STATES, 5) is not None


def test_a_mission_the_reader_has_left_does_not_cover_for_the_others():
    mine = _one_each("active", range(8), known=True)
    assert by_state([*mine, *_one_each("active", range(8, 12), once=True)], STATES, 5) is None


def test_a_small_state_is_counted_together_with_the_next_one_up_when_it_alone_would_be_left():
    missions = [
        *_one_each("active", range(6)),
        *_one_each("closed", range(6, 13)),
        *_one_each("paused", range(13, 14)),
    ]
    rows = by_state(missions, STATES, 5)
    assert [(row.states, row.missions) for row in rows] == [
        (("closed",), 7),
        (("enquiry", "active", "paused"), 7),
    ]


def test_one_person_with_many_missions_is_one_person():
    assert by_state([Line("active", frozenset({1})) for _turn in range(20)], STATES, 5) is None


def test_a_team_counts_for_the_people_in_it():
    assert by_state([Line("active", frozenset(range(5)))], STATES, 5) is not None


def test_a_mission_with_nobody_left_is_not_nobody():
    assert by_state([Line("active", frozenset())], STATES, 5) is None


def _course(person: int, **known) -> Course:
    return Course(frozenset({person}), Fraction(2), Fraction(6), **known)


def test_an_average_is_refused_where_all_but_one_were_given_back():
    told = [_course(person, known=True, told=True) for person in range(8)]
    assert average(told, 5) == (2, 6)
    assert average([*told, _course(8, known=True)], 5) is None


@pytest.mark.parametrize(("value", "half"), [("1/4", "1/2"), ("6/5", "1"), ("37/10", "7/2"), ("19/5", "4")])
def test_an_average_is_rounded_to_the_nearest_half(value, half):
    assert to_half(Fraction(value)) == Fraction(half)

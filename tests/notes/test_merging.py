"""Two windows, one text: what either wrote is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.notes.merging import merge

pytestmark = pytest.mark.one_engine
LINES = st.lists(st.sampled_from(["un", "deux", "trois", "", "quatre"]), max_size=8).map("\n".join)


def test_lines_that_each_window_added_elsewhere_stand_in_their_places():
    merged = merge("zéro\nun\ndeux", "un\ndeux\ntrois", "un\ndeux")
    assert (merged.text, merged.both) == ("zéro\nun\ndeux\ntrois", 0)


def test_a_line_that_one_window_took_out_is_out():
    assert merge("un\ntrois", "un\ndeux\ntrois\nquatre", "un\ndeux\ntrois").text == "un\ntrois\nquatre"


def test_a_line_that_both_changed_stands_twice_and_is_counted():
    merged = merge("un\nDEUX\ntrois", "un\nzwei\ntrois", "un\ndeux\ntrois")
    assert (merged.text, merged.both) == ("un\nDEUX\nzwei\ntrois", 1)


def test_without_the_text_they_began_from_everything_of_both_is_kept():
    merged = merge("un\ndeux", "un\ntrois")
    assert (merged.text, merged.both) == ("un\ndeux\ntrois", 1)


@given(LINES, LINES)
def test_no_line_of_either_is_lost_without_a_base(saved, mine):
    kept = merge(saved, mine).text.split("\n")
    assert set(saved.split("\n")) | set(mine.split("\n")) <= set(kept)


@given(LINES, LINES, LINES)
def test_no_line_that_a_window_wrote_anew_is_lost(base, saved, mine):
    kept = set(merge(saved, mine, base).text.split("\n"))
    new = (set(saved.split("\n")) | set(mine.split("\n"))) - set(base.split("\n"))
    assert new <= kept


@given(LINES, LINES)
def test_a_window_that_changed_nothing_changes_nothing(base, saved):
    assert merge(saved, base, base).text == saved
    assert merge(base, saved, base).text == saved

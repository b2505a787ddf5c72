"""The difference of two texts: both come back sign by sign, changes are small, nothing takes long."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.kernel.diff import (
    WORD_LIMIT,
    Kind,
    compare,
    is_changed,
    longest_rising,
    new_text,
    old_text,
)

WORDS = st.sampled_from(["le", "la", "coach", "séance", "48", ",", ".", "«", "l’été", "", " ", "\u00a0"])
LINES = st.lists(WORDS, max_size=12).map(" ".join)
CLAUSES = st.lists(LINES, max_size=12).map("\n".join)
ANYTHING = st.text(max_size=200)


def _marked(old, new):
    shape = {"same": "{}", "added": "+[{}]", "removed": "-[{}]", "moved_away": "<[{}]", "moved_here": ">[{}]"}
    return "".join(shape[part.kind].format(part.text) for part in compare(old, new))


@given(CLAUSES, CLAUSES)
def test_both_texts_come_back_exactly_from_clauses_alike(old, new):
    parts = compare(old, new)
    assert (old_text(parts), new_text(parts)) == (old, new)


@given(ANYTHING, ANYTHING)
def test_both_texts_come_back_exactly_from_any_texts(old, new):
    parts = compare(old, new)
    assert (old_text(parts), new_text(parts)) == (old, new)


@given(st.lists(LINES, max_size=12), st.data())
def test_both_texts_come_back_exactly_when_lines_are_moved_dropped_and_doubled(lines, data):
    other = data.draw(st.lists(st.sampled_from(lines), max_size=15)) if lines else []
    old, new = "\n".join(lines), "\n".join(other)
    parts = compare(old, new)
    assert (old_text(parts), new_text(parts)) == (old, new)


@given(CLAUSES)
def test_a_text_is_the_same_as_itself(text):
    assert not is_changed(compare(text, text))


@given(CLAUSES, CLAUSES)
def test_no_part_is_empty_and_no_two_neighbours_are_of_one_kind(old, new):
    parts = compare(old, new)
    assert all(part.text for part in parts)
    assert all(one.kind != other.kind for one, other in pairwise(parts))


@given(CLAUSES, CLAUSES)
def test_two_texts_that_differ_are_said_to_differ(old, new):
    assert is_changed(compare(old, new)) == (old != new)


@given(st.permutations(range(9)))
def test_a_longest_rising_run_rises_and_none_is_longer(numbers):
    run = [numbers[place] for place in longest_rising(numbers)]
    assert run == sorted(run)
    best = [1] * len(numbers)
    for i, one in enumerate(numbers):
        best[i] += max((best[j] for j in range(i) if numbers[j] < one), default=0)
    assert len(run) == max(best)


def test_a_word_changed_is_the_only_word_marked():
    assert _marked("Prévenir 48 heures avant.\n", "Prévenir 72 heures avant.\n") == (
        "Prévenir-[ 48]+[ 72] heures avant.\n"
    )


def test_an_insertion_leaves_the_words_around_it():
    assert _marked("Le coach prévient.\n", "Le coach prévient par écrit.\n") == (
        "Le coach prévient+[ par écrit].\n"
    )


def test_an_apostrophe_parts_words():
    assert _marked("l’été prochain à Nancy\n", "l’hiver prochain à Nancy\n") == (
        "l’-[été]+[hiver] prochain à Nancy\n"
    )


def test_a_paragraph_that_only_moved_is_said_to_have_moved():
    first, second = "Le premier alinéa parle du lieu.\n", "Le second parle surtout des horaires convenus.\n"
    third = "Rien de plus n’est à dire ici, vraiment.\n"
    assert _marked(first + second + third, second + third + first) == (f"<[{first}]{second}{third}>[{first}]")


def test_a_short_line_found_elsewhere_has_not_moved():
    kinds = {part.kind for part in compare("Oui.\nUn alinéa tout à fait autre.\n", "Un alinéa tout à fait autre.\nOui.\n")}  # fmt: skip
    assert kinds == {Kind.SAME, Kind.ADDED, Kind.REMOVED}


def test_paragraphs_that_have_nothing_in_common_are_not_mixed():
    assert _marked("Tout autre chose est dit.\n", "Le chat noir dort au soleil.\n") == (
        "-[Tout autre chose est dit.\n]+[Le chat noir dort au soleil.\n]"
    )


def test_a_short_word_left_between_two_changes_goes_with_them():
    old, new = "Séances au cabinet de Nancy chaque mois.\n", "Séances au bureau de Toul chaque mois.\n"
    assert _marked(old, new) == "Séances au-[ cabinet de Nancy]+[ bureau de Toul] chaque mois.\n"


def test_a_paragraph_reworded_next_to_a_new_one_is_matched_with_its_own():
    old = "Les séances durent une heure.\n"
    new = "Un alinéa nouveau vient avant.\nLes séances durent deux heures.\n"
    assert _marked(old, new) == (
        "+[Un alinéa nouveau vient avant.\n]Les séances durent-[ une heure]+[ deux heures].\n"
    )


def test_above_the_limit_paragraphs_are_compared_whole():
    line = "mot " * 50 + "{}\n"
    old = "".join(line.format(number) for number in range(WORD_LIMIT // 400 + 10))
    new = old.replace(line.format(7), line.format("sept"))
    changed = [part for part in compare(old, new) if part.kind != Kind.SAME]
    assert [part.text for part in changed] == [line.format(7), line.format("sept")]


HARD = {
    "the same word": ("a " * 100_000, "a " * 99_990 + "b"),
    "two words without order": ("a b b a a b " * 16_000, "b a b b a a b " * 14_000),
    "short lines of two kinds": ("a\nb\nb\n" * 33_000, "b\na\na\nb\n" * 25_000),
    "one line of unique words": (" ".join(map(str, range(30_000))), " ".join(map(str, range(30_000, 0, -1)))),
    "unique lines reversed": ("\n".join(map(str, range(30_000))), "\n".join(map(str, range(30_000, 0, -1)))),
    "blank lines": ("\n" * 200_000, "\n" * 199_000 + "x" + "\n" * 900),
}


@pytest.mark.parametrize("name", HARD)
def test_two_hundred_thousand_characters_never_take_long(name):
    old, new = HARD[name]
    begun = time.process_time()
    parts = compare(old, new)
    assert time.process_time() - begun < 4  # a quadratic comparison takes minutes
    assert (old_text(parts), new_text(parts)) == (old, new)

"""Words are found whatever their case and accents, and shown where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.notes.matching import excerpt, words_of

pytestmark = pytest.mark.one_engine
TEXT = "La cliente évoque sa Peur du vide ; elle a DÉCIDÉ d’en parler à son équipe."


@pytest.mark.parametrize("query", ["peur", "decide", "DÉCIDÉ", "equipe vide", "peur  du", "d’en"])
def test_a_word_is_found_without_its_accents_and_case(query):
    assert words_of(query).found_in(TEXT)


@pytest.mark.parametrize("query", ["peurs", "vide colère", "décidée", "d‘en", "日本"])
def test_a_word_that_is_not_there_is_not_found(query):
    assert not words_of(query).found_in(TEXT)


def test_nothing_is_looked_for_in_blanks():
    assert not words_of("  \t ")


def test_signs_of_other_alphabets_are_told_apart():
    assert words_of("Иван").found_in("иван пришёл")
    assert not words_of("Олег").found_in("иван пришёл")


def test_an_excerpt_marks_what_was_looked_for_in_the_words_of_the_text():
    runs = excerpt("x" * 300 + " Décidé. " + "y" * 300, words_of("decide"))
    assert [run for run, hit in runs if hit] == ["Décidé"]
    assert runs[0] == runs[-1] == ("…", False)


@given(st.text(max_size=300), st.text(min_size=1, max_size=6))
def test_an_excerpt_of_a_whole_short_text_says_it_all(text, query):
    words = words_of(query)
    if words and len(text) <= 180:
        assert "".join(run for run, _hit in excerpt(text, words)).strip("…") == text.strip("…")

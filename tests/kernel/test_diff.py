"""Two texts compared word by word."""

import time

import pytest

from coaching.kernel.diff import word_diff

TEXTS = [
    ("", ""),
    ("", "Un texte."),
    ("Un texte.", ""),
    ("Oser déléguer.", "Oser déléguer enfin."),
    ("un\n\ndeux  trois", "un\n\ndeux trois quatre\n"),
    ("é😀 <b>", "<b> é😀"),
]


@pytest.mark.parametrize(("before", "after"), TEXTS)
def test_each_side_is_found_again_whole(before, after):
    parts = word_diff(before, after)
    assert "".join(text for kind, text in parts if kind != "removed") == after or after.split() == (
        "".join(text for kind, text in parts if kind != "removed").split()
    )
    assert "".join(text for kind, text in parts if kind != "added").split() == before.split()


def test_only_the_word_that_changed_is_marked():
    assert word_diff("Oser dire non souvent", "Oser dire oui souvent") == [
        ("same", "Oser dire "),
        ("removed", "non "),
        ("added", "oui "),
        ("same", "souvent"),
    ]


def test_the_same_text_has_changed_nowhere():
    assert [kind for kind, _text in word_diff("Un texte.", "Un texte.")] == ["same"]


def test_two_long_texts_of_repeated_words_are_compared_in_little_time():
    began = time.process_time()
    word_diff("a " * 10_000, "b a " * 5_000)
    assert time.process_time() - began < 2

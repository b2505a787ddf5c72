"""Words of a private note that found their way into a text for somebody else. Pure.

A summary is never a copy of the note by accident: a run of words that stands in both is shown to the coach before
anybody else could read it.
"""

import re

from .matching import fold

RUN = 7  # words in a row; fewer are how one speaks, not a copy
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def repeated(note: str, summary: str) -> str:
    """The first run of ``summary`` that stands in ``note`` too, as it is written there; empty where there is none."""
    known = _runs(_words(note))
    places = [match.span() for match in _WORD.finditer(summary)]
    words = _words(summary)
    for start in range(len(words) - RUN + 1):
        if tuple(words[start : start + RUN]) in known:
            return summary[places[start][0] : places[start + RUN - 1][1]]
    return ""


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}

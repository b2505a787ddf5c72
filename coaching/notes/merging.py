"""Two windows wrote on from the same text: one text with what both wrote. Pure; nothing of either is ever dropped.

Line by line. What one window alone changed is taken as it changed it; where both did, both stand, the saved one first.
Without the text they started from, all that either has is kept.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

Lines = list[str]


@dataclass(frozen=True, slots=True)
class Merged:
    text: str
    both: int  # places where both windows had changed the same lines, and both stand


def merge(saved: str, mine: str, base: str | None = None) -> Merged:
    """``saved`` and ``mine`` as one text, from ``base`` where it is still known."""
    if base is None:
        return _union(_lines(saved), _lines(mine))
    return _three_way(_lines(base), _lines(saved), _lines(mine))


def _lines(text: str) -> Lines:
    return text.replace("\r\n", "\n").split("\n")


def _union(saved: Lines, mine: Lines) -> Merged:
    kept, both = [], 0
    for tag, a, b, c, d in SequenceMatcher(None, saved, mine, autojunk=False).get_opcodes():
        kept += saved[a:b]
        if tag != "equal":
            kept += mine[c:d]
            both += tag == "replace"
    return Merged("\n".join(kept), both)


def _three_way(base: Lines, saved: Lines, mine: Lines) -> Merged:
    kept, both = [], 0
    at = (0, 0, 0)
    for there, here in _anchors(base, saved, mine):
        part, clash = _between(base[at[0] : there[0]], saved[at[1] : there[1]], mine[at[2] : there[2]])
        kept += part + base[there[0] : here[0]]
        both += clash
        at = here
    return Merged("\n".join(kept), both)


def _between(base: Lines, saved: Lines, mine: Lines) -> tuple[Lines, bool]:
    if saved == mine or mine == base:
        return saved, False
    if saved == base:
        return mine, False
    return saved + mine, bool(saved and mine)


def _anchors(base: Lines, saved: Lines, mine: Lines):
    """Runs that stand in all three: (where they begin, where they end) in each. The end of all is the last."""
    in_saved, in_mine = _places(base, saved), _places(base, mine)
    line = 0
    while line < len(base):
        if line not in in_saved or line not in in_mine:
            line += 1
            continue
        start, end = line, line + 1
        while _goes_on(in_saved, start, end) and _goes_on(in_mine, start, end):
            end += 1
        length = end - start
        there = (start, in_saved[start], in_mine[start])
        yield there, tuple(place + length for place in there)
        line = end
    ends = (len(base), len(saved), len(mine))
    yield ends, ends


def _goes_on(places: dict[int, int], start: int, end: int) -> bool:
    return places.get(end) == places[start] + end - start


def _places(base: Lines, other: Lines) -> dict[int, int]:
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + turn: block.b + turn for block in blocks for turn in range(block.size)}

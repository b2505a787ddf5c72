"""What changed between two texts, word by word. Pure: no query, no clock, the same answer every time.

Paragraphs are compared first, by the ones that are unique to both texts (patience), then paragraphs that resemble each
other word by word. A paragraph that only moved is said to have moved. :func:`old_text` and :func:`new_text` give both
texts back, sign by sign. ``difflib`` alone takes quadratic time and more on long or repetitive texts: it is asked only
where there is little left to compare, and what is too long for that is compared paragraph by paragraph.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Kind(StrEnum):
    """What became of a run of text. A moved one is there twice: where it was, and where it is."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    MOVED_AWAY = "moved_away"
    MOVED_HERE = "moved_here"


IN_OLD = frozenset({Kind.SAME, Kind.REMOVED, Kind.MOVED_AWAY})
IN_NEW = frozenset({Kind.SAME, Kind.ADDED, Kind.MOVED_HERE})


@dataclass(frozen=True, slots=True)
class Part:
    kind: Kind
    text: str

    @property
    def words(self) -> str:
        """The text without the line ends after it, which bear no mark."""
        return self.text.rstrip("\n")

    @property
    def ends(self) -> str:
        return self.text[len(self.words) :]


Parts = tuple[Part, ...]
Span = tuple[
    int, int, int, int
]  # old from, old to, new from, new to: a pair of runs, one of which may be empty

WORD_LIMIT = 400_000  # characters of both texts together above which only paragraphs are compared
PAIRS = 20_000  # equal pairs of tokens up to which difflib is quick
LOOKED_AT = 4_000  # pairs of paragraphs looked at to find those that resemble each other
ALIKE = 0.4  # share of words two paragraphs have in common to be one, reworded
MOVED_WORDS = 4  # a shorter paragraph found elsewhere is a coincidence
ISLAND = 4  # letters of a word left alone between two changes that is not worth reading apart

_BLOCKS = re.compile(r"[^\n]*\n|[^\n]+")
_TOKENS = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
_WORDS = re.compile(r"\w+")


def compare(old: str, new: str) -> Parts:
    """The parts of ``old`` and ``new`` in reading order."""
    before, after = _BLOCKS.findall(old), _BLOCKS.findall(new)
    by_word = len(old) + len(new) <= WORD_LIMIT
    spans = list(_match(before, after))
    moved = _moved(before, after, spans)
    parts: list[Part] = []
    for a, b, c, d in spans:
        if before[a:b] == after[c:d]:
            parts.append(Part(Kind.SAME, "".join(before[a:b])))
        else:
            parts.extend(_changed(before[a:b], after[c:d], moved, by_word))
    return tuple(_joined(parts))


def old_text(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts if part.kind in IN_OLD)


def new_text(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts if part.kind in IN_NEW)


def is_changed(parts: Iterable[Part]) -> bool:
    return any(part.kind != Kind.SAME for part in parts)


# ---- matching two sequences


def _match(old: Sequence[str], new: Sequence[str]) -> Iterator[Span]:
    """Cut both sequences into spans that are equal, or that have nothing left worth matching; in order, covering both."""
    todo: list[Span] = [(0, len(old), 0, len(new))]
    while todo:
        a, b, c, d = todo.pop()
        head = _common(old[a:b], new[c:d])
        if head:
            yield a, a + head, c, c + head
            a, c = a + head, c + head
        tail = _common(old[a:b][::-1], new[c:d][::-1])
        if tail:
            todo.append((b - tail, b, d - tail, d))
            b, d = b - tail, d - tail
        if a == b and c == d:
            continue
        inner = _anchored(old, new, (a, b, c, d)) or _small(old, new, (a, b, c, d))
        if inner:
            todo.extend(reversed(inner))
        else:
            yield a, b, c, d


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _anchored(old, new, span: Span) -> list[Span]:
    """The span cut at the tokens that stand once on each side and in the same order: they cannot be mistaken."""
    a, b, c, d = span
    once_old, once_new = _once(old, a, b), _once(new, c, d)
    pairs = [(place, once_new[token]) for token, place in once_old.items() if token in once_new]
    anchors = [pairs[index] for index in longest_rising([there for _here, there in pairs])]
    cut, x, y = [], a, c
    for here, there in anchors:
        cut += [(x, here, y, there), (here, here + 1, there, there + 1)]
        x, y = here + 1, there + 1
    return [one for one in [*cut, (x, b, y, d)] if one[0] != one[1] or one[2] != one[3]] if anchors else []


def _once(tokens: Sequence[str], start: int, end: int) -> dict[str, int]:
    counts = Counter(tokens[start:end])
    return {token: start + i for i, token in enumerate(tokens[start:end]) if counts[token] == 1}


def _small(old, new, span: Span) -> list[Span]:
    """The span cut by difflib, where few enough tokens repeat for it to be quick; nothing when none is shared."""
    a, b, c, d = span
    here, there = Counter(old[a:b]), Counter(new[c:d])
    pairs = sum(count * there[token] for token, count in here.items())
    if not 0 < pairs <= PAIRS:
        return []
    steps = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False).get_opcodes()
    return [(a + i, a + j, c + k, c + m) for _tag, i, j, k, m in steps] if len(steps) > 1 else []


def longest_rising(numbers: list[int]) -> list[int]:
    """Places of a longest rising run of ``numbers``, in n log n."""
    tops: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tops, number)
        before.append(places[at - 1] if at else -1)
        tops[at : at + 1] = [number]
        places[at : at + 1] = [place]
    found, place = [], places[-1] if places else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


# ---- paragraphs: moved, reworded, replaced


def _moved(before, after, spans: list[Span]) -> frozenset[str]:
    """Paragraphs of some length that left one place and came whole to another, once on each side."""
    gone: Counter[str] = Counter()
    come: Counter[str] = Counter()
    for a, b, c, d in spans:
        if before[a:b] != after[c:d]:
            gone.update(block.strip() for block in before[a:b])
            come.update(block.strip() for block in after[c:d])
    return frozenset(
        block
        for block, count in gone.items()
        if count == come[block] == 1 and len(_WORDS.findall(block)) >= MOVED_WORDS
    )


def _changed(old: list[str], new: list[str], moved: frozenset[str], by_word: bool) -> Iterator[Part]:
    """A run of paragraphs replaced by another: those that resemble each other are compared word by word."""
    x = y = 0
    pairs = _alike(old, new, moved) if by_word else []
    for here, there in [*pairs, (len(old), len(new))]:
        yield from (_gone(block, moved) for block in old[x:here])
        yield from (_come(block, moved) for block in new[y:there])
        if here < len(old):
            yield from _words(old[here], new[there])
        x, y = here + 1, there + 1


def _gone(block: str, moved: frozenset[str]) -> Part:
    return Part(Kind.MOVED_AWAY if block.strip() in moved else Kind.REMOVED, block)


def _come(block: str, moved: frozenset[str]) -> Part:
    return Part(Kind.MOVED_HERE if block.strip() in moved else Kind.ADDED, block)


def _alike(old: list[str], new: list[str], moved: frozenset[str]) -> list[tuple[int, int]]:
    """Pairs of paragraphs, in order on both sides, that resemble each other most in sum."""
    if not old or not new or len(old) * len(new) > LOOKED_AT:
        return []
    bags = [[Counter(_WORDS.findall(block)) for block in side] for side in (old, new)]
    free = [[block.strip() not in moved for block in side] for side in (old, new)]
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    likeness = [[0.0] * len(new) for _row in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            found = _likeness(bags[0][i], bags[1][j]) if free[0][i] and free[1][j] else 0.0
            likeness[i][j] = found if found >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(one: Counter, other: Counter) -> float:
    """The share of words in common, between 0 and 1."""
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 0.0


def _words(old: str, new: str) -> list[Part]:
    """One paragraph, reworded: the words that left and those that came."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    runs = [("".join(before[a:b]), "".join(after[c:d])) for a, b, c, d in _match(before, after)]
    parts: list[Part] = []
    for left, right in _without_islands(runs):
        if left == right:
            parts.append(Part(Kind.SAME, left))
        else:
            parts += [Part(Kind.REMOVED, left), Part(Kind.ADDED, right)]
    return parts


def _without_islands(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A short word left alone between two replacements belongs to them: "a de b" to "x de y" is one change."""
    runs = _merged(runs)
    kept = []
    for place, (left, right) in enumerate(runs):
        beside = runs[place - 1 : place] + runs[place + 1 : place + 2]
        alone = len(beside) == 2 and all(gone and come for gone, come in beside)
        island = left == right and alone and len(left.strip()) < ISLAND
        kept.append((left, right, island or left != right))
    return _merged([(left, right) for left, right, _changed in kept], [changed for *_run, changed in kept])


def _merged(runs: list[tuple[str, str]], changed: list[bool] | None = None) -> list[tuple[str, str]]:
    """Neighbours that are changed, or that are not, as one run."""
    said = changed or [left != right for left, right in runs]
    kept: list[tuple[str, str]] = []
    for place, (left, right) in enumerate(runs):
        if place and said[place] == said[place - 1]:
            kept[-1] = (kept[-1][0] + left, kept[-1][1] + right)
        else:
            kept.append((left, right))
    return kept


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Neighbours of one kind become one; nothing empty is left."""
    last: Part | None = None
    for part in parts:
        if not part.text:
            continue
        if last and last.kind == part.kind:
            last = Part(last.kind, last.text + part.text)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last

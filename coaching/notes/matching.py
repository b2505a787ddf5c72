"""Finding words in texts by the thousand, whatever their case and accents. Pure.

A text becomes bytes of one sign each, small and without accents, in two passes that cost next to nothing: the search
is then the fastest one there is, and a place found is the same place in the text. Signs outside Latin-1 all become one:
what was found is looked at again, word by word, before it is shown.
"""

import unicodedata
from dataclasses import dataclass

LIMIT = 10  # words of one search; more would be a sentence
AROUND = 90  # signs shown before and after


def _plain(sign: int) -> int:
    bare = unicodedata.normalize("NFD", chr(sign))[0].lower()
    return ord(bare) if ord(bare) < 256 else sign


_TABLE = bytes(_plain(sign) for sign in range(256))


def flat(text: str) -> bytes:
    return text.encode("latin-1", "replace").translate(_TABLE)


def fold(text: str) -> str:
    """The same for every alphabet; slower, for the few texts that are looked at again."""
    return "".join(
        sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)
    ).casefold()


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for: all of these must be there."""

    flats: tuple[bytes, ...]
    folds: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.flats)

    def found_in(self, text: str) -> bool:
        body = flat(text)
        if not all(word in body for word in self.flats):
            return False
        return b"?" not in b"".join(self.flats) or self._again(text)

    def _again(self, text: str) -> bool:
        body = fold(text)
        return all(word in body for word in self.folds)


def words_of(query: str) -> Words:
    said = unicodedata.normalize("NFC", query).split()[:LIMIT]
    return Words(tuple(flat(word) for word in said), tuple(fold(word) for word in said))


def excerpt(text: str, words: Words) -> list[tuple[str, bool]]:
    """The text around the first place found, cut into runs: (words, whether they are what was looked for)."""
    body = flat(text)
    first = min((at for at in (body.find(word) for word in words.flats) if at >= 0), default=0)
    start, end = max(0, first - AROUND), min(len(text), first + 2 * AROUND)
    runs, at = [], start
    while at < end:
        place, length = _next(body, words, at, end)
        if place > at:
            runs.append((text[at:place], False))
        if length:
            runs.append((text[place : place + length], True))
        at = place + length
    return [*([("…", False)] if start else []), *runs, *([("…", False)] if end < len(text) else [])]


def _next(body: bytes, words: Words, at: int, end: int) -> tuple[int, int]:
    """Where the next word looked for begins, and its length; the end of the excerpt, and nothing, where there is none."""
    places = [(body.find(word, at, end), -len(word)) for word in words.flats]
    found = min(((place, length) for place, length in places if place >= 0), default=(end, 0))
    return found[0], -found[1]

"""Random alterations of a PDF, of every kind a file can suffer; the same ones for the same seed."""

import random
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

PIECES = (
    b"%%EOF\n",
    b"\n",
    b" ",
    b"\0" * 64,
    b"<script>",
    b"1 0 obj\n<<>>\nendobj\n",
    b"startxref\n0\n%%EOF",
)


def flip_a_bit(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :]


def change_some_bytes(content: bytes, chance: random.Random) -> bytes:
    place, size = chance.randrange(len(content)), chance.randrange(1, 200)
    return content[:place] + chance.randbytes(size) + content[place + size :]


def cut_the_end(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def cut_a_piece(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + content[place + chance.randrange(1, 5000) :]


def add_at_the_end(content: bytes, chance: random.Random) -> bytes:
    return content + chance.choice((*PIECES, chance.randbytes(chance.randrange(1, 300))))


def add_inside(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + chance.choice(PIECES) + content[place:]


def repeat_a_piece(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + content[place : place + chance.randrange(1, 2000)] + content[place:]


def change_a_figure(content: bytes, chance: random.Random) -> bytes:
    """A digit where there is one in clear: a date, a length, an offset."""
    place = chance.choice([found.start() for found in re.finditer(rb"\d", content[-60_000:])]) + max(
        len(content) - 60_000, 0
    )
    other = chance.choice([digit for digit in b"0123456789" if digit != content[place]])
    return content[:place] + bytes([other]) + content[place + 1 :]


@lru_cache(maxsize=2)
def _figures(content: bytes) -> list[int]:
    return [found.start() for found in re.finditer(rb"\d", content)]


def touch_the_seal(content: bytes, chance: random.Random) -> bytes:
    """A bit within the seal's own place, which the seal does not cover."""
    start = content.rindex(b"/Contents <") if b"/Contents <" in content else content.rindex(b"<3082")
    end = content.index(b">", start + 11)
    place = chance.randrange(start + 11, end)
    return content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :]


KINDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip_a_bit, change_some_bytes, cut_the_end, cut_a_piece, add_at_the_end, add_inside, repeat_a_piece, change_a_figure,
    touch_the_seal,
)  # fmt: skip


def alterations(content: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """``count`` altered copies, none of them equal to the original, each with the name of what was done."""
    chance = random.Random(seed)
    while count:
        kind = chance.choice(KINDS)
        altered = kind(content, chance)
        if altered != content:
            count -= 1
            yield kind.__name__, altered

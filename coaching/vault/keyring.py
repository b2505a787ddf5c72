"""The private keys that are open for the length of one request (or one command), by person.

The middleware opens a ring for each request, with the key that the web session carries; services put the keys they
have just opened on it. Whoever needs a key asks here, and is told :class:`Locked` when it is not there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from .errors import Locked


@dataclass(frozen=True, slots=True)
class Key:
    """A person's private key, and the generation of the pair it belongs to."""

    generation: int
    private: bytes

    def __repr__(self) -> str:  # never in a log or a traceback
        return f"Key(generation={self.generation})"


Source = Callable[[int], Key | None]


class Ring:
    """Keys by user id. ``source`` is asked once for each person, and only when their key is needed."""

    def __init__(self, source: Source | None = None):
        self._source = source
        self._keys: dict[int, Key | None] = {}
        self.fresh: dict[int, Key] = {}  # opened during this request: the web session is to carry them on

    def find(self, user_id: int) -> Key | None:
        if user_id not in self._keys:
            self._keys[user_id] = self._source(user_id) if self._source else None
        return self._keys[user_id]

    def hold(self, user_id: int, key: Key) -> None:
        self._keys[user_id] = self.fresh[user_id] = key


_ring: ContextVar[Ring | None] = ContextVar("vault keyring", default=None)


@contextmanager
def opened(source: Source | None = None) -> Iterator[Ring]:
    """A ring of its own inside the block; what it held is gone after it."""
    ring = Ring(source)
    token = _ring.set(ring)
    try:
        yield ring
    finally:
        _ring.reset(token)


def hold(user_id: int, key: Key) -> None:
    """Put a key that was just opened on the ring; without a ring it is forgotten at once."""
    ring = _ring.get()
    if ring is not None:
        ring.hold(user_id, key)


def find(user_id: int) -> Key | None:
    ring = _ring.get()
    return ring.find(user_id) if ring else None


def key_of(user_id: int) -> Key:
    """The open key of this person, or :class:`Locked`."""
    found = find(user_id)
    if found is None:
        raise Locked
    return found

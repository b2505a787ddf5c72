"""Worlds made once for a worker, and handed out anew to each file.

A world stands in an open transaction; one that goes further stands on it, in a transaction inside. A file gets objects
of its own, what it adds is taken back at its end, and so are the keys it changed. What needs an empty database, or
connections that see each other's rows, has everything put away first.
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import TestCase

from tests.world import World

Step = Callable[[World | None], World]


@dataclass
class Layer:
    step: Step
    world: bytes  # as it was when it was made
    transactions: dict[str, Any]


class Shelf:
    def __init__(self) -> None:
        self.layers: list[Layer] = []
        self.lent = False

    @contextmanager
    def lend(self, steps: tuple[Step, ...]) -> Iterator[World]:
        """The world these steps lead to; only the steps that are not there yet are made."""
        self._reach(steps)
        transactions, keys = TestCase._enter_atomics(), _keys()
        self.lent = True
        try:
            yield pickle.loads(self.layers[-1].world)
        finally:
            self.lent = False
            TestCase._rollback_atomics(transactions)
            _put_back(keys)

    def put_away(self, keeping: int = 0) -> None:
        while len(self.layers) > keeping:
            TestCase._rollback_atomics(self.layers.pop().transactions)

    def _reach(self, steps: tuple[Step, ...]) -> None:
        made = [layer.step for layer in self.layers]
        common = next((n for n in range(len(steps), 0, -1) if made[:n] == list(steps[:n])), 0)
        self.put_away(keeping=common)
        for step in steps[common:]:
            # Told apart from a transaction of ours by the renderer.
            transactions = TestCase._enter_atomics()
            try:
                before = pickle.loads(self.layers[-1].world) if self.layers else None
                world = pickle.dumps(step(before))
            except BaseException:
                TestCase._rollback_atomics(transactions)
                raise
            self.layers.append(Layer(step, world, transactions))


def _keys() -> dict[Path, bytes]:
    """Seals and certificates: the part of the world that is in no table."""
    return {path: path.read_bytes() for path in Path(settings.KEYS_DIR).rglob("*") if path.is_file()}


def _put_back(keys: dict[Path, bytes]) -> None:
    now = _keys()
    for path in now.keys() - keys.keys():
        path.unlink()
    for path, content in keys.items():
        if now.get(path) != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.write_bytes(content)
            path.chmod(0o400)

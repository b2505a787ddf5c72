"""Small regular work that rooms ask of the worker: each registers it when it starts."""

from collections.abc import Callable

_chores: list[Callable[[], object]] = []


def register_chore(chore: Callable[[], object]) -> None:
    """Called from ``AppConfig.ready()``; the chore is run once an hour, and must bear being run by two at once."""
    if chore not in _chores:
        _chores.append(chore)


def do_chores() -> None:
    for chore in _chores:
        chore()

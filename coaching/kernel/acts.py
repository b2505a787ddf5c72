"""One act: all that a person does at once, or nothing of it; what everybody waits for is taken last.

The head of a practice's journal is one row that every act of the practice takes. Taken in the middle of an act, before
its other rows, it makes two acts wait for each other for ever; PostgreSQL then ends one of them, be it the coachee's
withdrawal. So what is for the end (:func:`last`) waits for the end of the outermost act, in one order for everybody.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from .errors import Stale

DEADLOCK = "40P01"  # PostgreSQL's own code

_here = threading.local()  # as connections are: one thread, one transaction


def act(function):
    """Decorate a service that changes something: :func:`acting`, for the length of a call."""

    @wraps(function)
    def acted(*args, **kwargs):
        with one_act():
            return function(*args, **kwargs)

    return acted


@contextmanager
def one_act() -> Iterator[None]:
    """A transaction, or a part of the one that is open that falls alone; nothing else in the product opens one to write.

    Raises :class:`Stale` where the database has ended it in favour of somebody else's.
    """
    waiting = getattr(_here, "waiting", None)
    with _part_of(waiting) if waiting is not None else _whole():
        yield


@contextmanager
def _part_of(waiting: list) -> Iterator[None]:
    before = len(waiting)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del waiting[before:]  # what did not happen is not told
        raise


@contextmanager
def _whole() -> Iterator[None]:
    _here.waiting = waiting = []
    try:
        with transaction.atomic():
            yield
            for _key, do in sorted(waiting, key=lambda one: one[0]):
                do()
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != DEADLOCK:
            raise
        message = _(
            "Somebody else was acting on this at the very same moment. Nothing was changed: try again."
        )
        raise Stale(message) from error
    finally:
        _here.waiting = None


def last(key: str, do: Callable[[], Any]) -> None:
    """``do`` at the end of the act, in its transaction, in the order of ``key`` and then as asked; at once outside of one."""
    waiting = getattr(_here, "waiting", None)
    if waiting is None:
        do()
    else:
        waiting.append((key, do))

"""Tells PostgreSQL who is looking, for the length of one transaction. Nothing to do on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SETTING = "coaching.viewer"


@contextmanager
def looking(user_id: int) -> Iterator[None]:
    """Row-level security answers for this person inside the block, and for nobody after it."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        before = _get()
        _set(str(user_id))
        try:
            yield
        finally:
            # In a broken transaction nothing can be set, and nothing needs to be: it ends with it.
            if not connection.needs_rollback:
                _set(before)


def _get() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        return cursor.fetchone()[0] or ""


def _set(value: str) -> None:
    """Local to the transaction, so that a pooled connection never carries it to the next person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])

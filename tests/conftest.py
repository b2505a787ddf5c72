"""What every test stands on."""

import contextlib

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from coaching.journal import triggers
from coaching.kernel.crypto import key_file, make_key


@pytest.fixture(scope="session", autouse=True)
def _deployment_key():
    """Each worker has a throw-away directory of its own, with a key of its own."""
    make_key(key_file())


@pytest.fixture(autouse=True)
def _fresh_language():
    """A test that signs somebody in leaves their language to nobody."""
    translation.activate("fr")
    yield
    translation.deactivate_all()


@pytest.fixture(autouse=True)
def _fresh_cache(request):
    """Rate limits live in the cache, which is a table: only tests with a database have one."""
    yield
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        with contextlib.suppress(Exception):
            cache.clear()


@contextlib.contextmanager
def rewritable():
    """Lift the guards of the append-only tables, as only a test that empties its database may."""
    tables = sorted(triggers._guarded)
    with connection.schema_editor() as editor:
        for table in tables:
            triggers._backwards(editor, table)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            for table in tables:
                triggers._forwards(editor, table)


_teardown = TransactionTestCase._fixture_teardown


def _emptied(self):
    with rewritable():
        _teardown(self)


TransactionTestCase._fixture_teardown = _emptied

"""What every test stands on."""

import contextlib
import gc

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from coaching.journal import triggers
from coaching.kernel.crypto import key_file, make_key, pepper_file
from coaching.vault import keyring
from tests import world as worlds
from tests.order import FileByFile, in_order
from tests.shelf import Shelf
from tests.unlocking import unlock

# Whoever gets an account in a test has their key open where the test calls services by itself. A browser has what its
# session carries, as in real life: `force_login` alone would leave it closed.
ring = contextlib.ExitStack()
ring.enter_context(keyring.opened())
_force_login = Client.force_login


def _signed_in(self, user, backend=None):
    _force_login(self, user, backend)
    unlock(self, user)


Client.force_login = _signed_in


@pytest.fixture(scope="session", autouse=True)
def _deployment_key():
    """Each worker has a throw-away directory of its own, with a key of its own."""
    make_key(key_file())
    make_key(pepper_file())


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


_shelf = Shelf()


@pytest.fixture(scope="package")
def steps():
    """The way to the world of a file: a package may go further."""
    return (worlds.build,)


@pytest.fixture(scope="session")
def shelf(django_db_setup, django_db_blocker):
    yield _shelf
    with django_db_blocker.unblock():
        _shelf.put_away()


@pytest.fixture(scope="module")
def world(shelf, steps, django_db_blocker):
    """One world for the tests of a file, its own to change; each test undoes what it adds."""
    with django_db_blocker.unblock(), shelf.lend(steps) as lent:
        yield lent


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A test that asks a database, in a file without a world, finds it empty."""
    if not _shelf.lent and "world" not in item.fixturenames and _asks_database(item):
        with item.config.stash[blocking_manager_key].unblock():
            _shelf.put_away()


@pytest.fixture
def browse(world, db):
    """A signed-in browser per persona, made on first use."""
    browsers: dict[str, Client] = {}

    def of(persona: str) -> Client:
        if persona not in browsers:
            browsers[persona] = Client(raise_request_exception=False)
            if persona != "anonymous":
                browsers[persona].force_login(
                    world.users[persona], backend="allauth.account.auth_backends.AuthenticationBackend"
                )
        return browsers[persona]

    return of


@contextlib.contextmanager
def rewritable():
    """Lift the guards of the append-only tables, as only a test that empties its database may."""
    tables = dict(sorted(triggers._guarded.items()))
    with connection.schema_editor() as editor:
        for table in tables:
            triggers._backwards(editor, table)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            for table, when in tables.items():
                triggers._forwards(editor, table, when, purge=table in triggers._purgeable)


_teardown = TransactionTestCase._fixture_teardown


def _emptied(self):
    with rewritable():
        _teardown(self)


TransactionTestCase._fixture_teardown = _emptied


def pytest_addoption(parser):
    parser.addoption("--with-database", action="store_true", help="only the tests that ask a database")


def _asks_database(item, asking=frozenset({"db", "transactional_db", "django_db_setup"})) -> bool:
    return bool(asking & set(item.fixturenames) or item.get_closest_marker("django_db"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return FileByFile(config, log)


def pytest_collection_finish():
    """What is there by now stays: it is not looked through each time rubbish is collected."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(config, items):
    """A test that says the same whatever the engine is not run again on the second one.

    Such are those that ask no database, those of the browser, and those marked ``one_engine``.
    """
    items[:] = in_order(items)
    if not config.getoption("--with-database"):
        return
    kept = [
        item
        for item in items
        if _asks_database(item, {"db", "transactional_db"})  # the world alone is no question of one's own
        and not item.get_closest_marker("one_engine")
        and item.path.parent.name != "browser"
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def pytest_terminal_summary(terminalreporter):
    """What journeys have counted is worth reading each time."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "effort":
                terminalreporter.write_line(f"  {value}")

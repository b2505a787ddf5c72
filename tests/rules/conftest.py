import hashlib

import pytest
from django.db import connection
from django.test import Client, TestCase

from tests import world as worlds


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """One world for all the rules, made once and taken back at the end."""
    with django_db_blocker.unblock():
        transactions = TestCase._enter_atomics()  # told apart from a transaction of ours by the renderer
        try:
            yield worlds.build()
        finally:
            TestCase._rollback_atomics(transactions)


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


@pytest.fixture
def fingerprint():
    """A digest of every row of every table: what a page that only shows must leave as it was."""

    def of() -> str:
        digest = hashlib.sha256()
        with connection.cursor() as cursor:
            for table in sorted(connection.introspection.table_names()):
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                digest.update(repr((table, cursor.fetchall())).encode())
        return digest.hexdigest()

    return of

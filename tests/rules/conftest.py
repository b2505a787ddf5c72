import hashlib

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from contracts.links import token_of
from tests.rules import further

# Without an account: each has opened the link of their letter.
LINKS = {
    "holder": lambda world: reverse("signing_link", args=[token_of(world.signed.holder)]),
    "supervisor": lambda world: reverse("attestation_link", args=[world.supervised.token]),
}


@pytest.fixture(scope="package")
def steps(steps):
    """The world of every test, with contracts further on in their life."""
    return (*steps, further.extend)


@pytest.fixture
def browse(world, browse):
    """A browser per persona, holders of links among them."""
    held: dict[str, Client] = {}

    def of(persona: str) -> Client:
        if persona not in LINKS:
            return browse(persona)
        if persona not in held:
            held[persona] = Client(raise_request_exception=False)
            held[persona].get(LINKS[persona](world))
        return held[persona]

    return of


@pytest.fixture
def fingerprint():
    """A digest of every row of every table: what a page that only shows must leave as it was.

    But for one table, whose rows say that a page was opened (decision 0023): the matrix looks at each of them.
    """

    def of() -> str:
        digest = hashlib.sha256()
        with connection.cursor() as cursor:
            for table in sorted(set(connection.introspection.table_names()) - {"openings_opening"}):
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                digest.update(repr((table, cursor.fetchall())).encode())
        return digest.hexdigest()

    return of

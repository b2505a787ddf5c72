import hashlib

import pytest
from django.db import connection


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

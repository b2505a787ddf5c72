"""A page that only shows cannot write, on either engine; what reads is let through however it begins."""

import pytest
from django.db import connection

from coaching.kernel.http import WriteInRead, read_only

READS = (
    "SELECT 1",
    "  (SELECT 1) UNION (SELECT 2)",
    "((SELECT 1 AS a) UNION (SELECT 2)) ORDER BY a",
    "WITH one AS (SELECT 1 AS a) SELECT a FROM one",
    "SELECT 'updated', 'deleted from', 'insert'",
)
WRITES = (
    "UPDATE accounts_user SET name = 'x'",
    "DELETE FROM accounts_user",
    "INSERT INTO accounts_user (name) VALUES ('x')",
    "(DELETE FROM accounts_user)",
    "WITH gone AS (DELETE FROM accounts_user RETURNING id) SELECT id FROM gone",
    "WITH x AS (SELECT 1) UPDATE accounts_user SET name = 'x'",
    "DROP TABLE accounts_user",
    "",
)


class _Asked:
    """What stands behind the guard: remembers that it was reached."""

    def __init__(self):
        self.reached = []

    def __call__(self, execute, sql, params, many, context):
        self.reached.append(sql)


@pytest.fixture
def asked(db):
    behind = _Asked()
    with read_only(), connection.execute_wrapper(behind):
        yield behind


@pytest.mark.parametrize("sql", READS)
def test_what_reads_reaches_the_database(asked, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert asked.reached == [sql]


@pytest.mark.parametrize("sql", WRITES)
def test_what_writes_is_refused_before_the_database_hears_of_it(asked, sql):
    with connection.cursor() as cursor, pytest.raises(WriteInRead):
        cursor.execute(sql)
    assert asked.reached == []


def test_a_union_is_read_in_a_page_on_the_engine_in_use(db):
    from coaching.accounts.models import Practice

    rows = Practice.unscoped.order_by().values_list("pk")
    with read_only():
        assert list(rows.union(rows)) == []

"""A current SQLite under Django.

Libraries before 3.51.3 can corrupt a write-ahead log that two connections share; Debian 12 ships 3.40. The
PyPI package ``pysqlite3`` carries a current one and takes the place of the standard module here, before Django
loads it. Where it cannot be installed the system's library serves, without the write-ahead log.
"""

import sys

SAFE_WAL = (3, 51, 3)

try:
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:
    pass

import sqlite3  # noqa: E402


def wal_is_safe() -> bool:
    return sqlite3.sqlite_version_info >= SAFE_WAL


PRAGMAS = (
    f"PRAGMA journal_mode={'WAL' if wal_is_safe() else 'DELETE'};"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON;"  # else INSERT OR REPLACE walks round the journal's triggers
    "PRAGMA secure_delete=ON;"
)
OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # deferred transactions fail with "locked" when two upgrade at once
    "timeout": 20,
    "init_command": PRAGMAS,
}

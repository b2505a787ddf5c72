"""Refusals to start, and what a server on the internet should know of itself."""

import sys

from django.core.checks import Error, Tags, register
from django.core.checks import Warning as Caution
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from coaching.kernel import crypto
from coaching.settings import sqlite

MAKES_KEYS = {"init_keys", "collectstatic", "makemigrations", "compilemessages", "makemessages"}


def register_checks() -> None:
    register(check_deployment_key)
    register(check_pepper)
    register(check_write_ahead_log)
    register(check_row_security, Tags.security, deploy=True)


def refuse_to_start() -> None:
    """Stop the web server over what stops every command: nothing else runs the checks for it."""
    found = [*check_deployment_key(None), *check_pepper(None), *check_write_ahead_log(None)]
    if found:
        raise SystemExit("\n".join(str(one.msg) for one in found))


def check_deployment_key(app_configs, **kwargs):
    """Without its key the product refuses to start: it must never make a second one by itself."""
    if len(sys.argv) > 1 and sys.argv[1] in MAKES_KEYS:
        return []
    try:
        crypto.deployment_key()
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), id="accounts.E001")]
    return []


def check_pepper(app_configs, **kwargs):
    """Without the pepper no password opens anything: the product refuses to start, and makes no second one."""
    if len(sys.argv) > 1 and sys.argv[1] in MAKES_KEYS:
        return []
    try:
        crypto.peppers()
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), id="accounts.E004")]
    return []


def check_write_ahead_log(app_configs, **kwargs):
    """A SQLite that can corrupt a write-ahead log must not be given one, wherever the database comes from."""
    if connection.vendor != "sqlite" or sqlite.wal_is_safe():
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if mode.lower() != "wal":
        return []
    return [
        Error(
            "This SQLite library is older than 3.51.3 and can corrupt a database in write-ahead-log mode, which "
            "this one is in. Install the package pysqlite3, or stop every process and run: "
            "sqlite3 var/db.sqlite3 'PRAGMA journal_mode=DELETE'",
            id="accounts.E002",
        )
    ]


def check_row_security(app_configs, **kwargs):
    """The fourth ring: only PostgreSQL has it, and only for a role it applies to."""
    if connection.vendor != "postgresql":
        return [
            Caution("SQLite has no row-level security: the fourth ring is not there.", id="accounts.W001")
        ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        passes = cursor.fetchone()[0]
    if not passes:
        return []
    return [
        Error(
            "The database role is a superuser or bypasses row-level security: the fourth ring does not hold. "
            "Run the product under a role of its own.",
            id="accounts.E003",
        )
    ]

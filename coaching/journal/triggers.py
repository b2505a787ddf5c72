"""SQL that makes a table append-only on both engines. One place, used by every write-once table."""

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH {each} {when} EXECUTE FUNCTION refuse_rewrite();
"""
_guarded: dict[str, str] = {}  # table → the condition on the row under which it is guarded, "" for always


def guard(table: str, *, when: str = "") -> None:
    """Name a table that migrations have made append-only, so that the verifier looks for its triggers.

    Called from ``AppConfig.ready()`` by the room the table belongs to.
    """
    _guarded[table] = when


def append_only(table: str, *, when: str = ""):
    """A pair of functions for ``RunPython`` that put the guard on ``table`` and take it off.

    ``when`` guards some rows alone: a condition on ``OLD`` that both engines read, such as ``OLD.state = 'sealed'``.
    """
    return (
        lambda apps, editor: _forwards(editor, table, when),
        lambda apps, editor: _backwards(editor, table),
    )


def _forwards(editor, table, when=""):
    condition = f"WHEN ({when})" if when else ""
    if editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            editor.execute(SQLITE.format(table=table, verb=verb, when=condition))
        return
    editor.execute(POSTGRES_FUNCTION, params=None)  # no parameters: its % is PostgreSQL's own
    for verb in ("update", "delete"):
        editor.execute(POSTGRES.format(table=table, verb=verb, each="ROW", when=condition), params=None)
    editor.execute(POSTGRES.format(table=table, verb="truncate", each="STATEMENT", when=""))


def _backwards(editor, table):
    verbs = ("update", "delete") if editor.connection.vendor == "sqlite" else ("update", "delete", "truncate")
    for verb in verbs:
        on = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def missing(connection) -> list[str]:
    """Names of guards that are not in force on this database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            there = {name for (name,) in cursor.fetchall()}
            cursor.execute("PRAGMA recursive_triggers")
            asleep = [] if cursor.fetchone()[0] else ["recursive_triggers"]
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")
            there, asleep = {name for (name,) in cursor.fetchall()}, []
    wanted = [f"{table}_no_{verb}" for table in sorted(_guarded) for verb in ("update", "delete")]
    return [name for name in wanted if name not in there] + asleep

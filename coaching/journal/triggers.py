"""SQL that makes a table append-only on both engines. One place, used by every write-once table."""

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH {each} EXECUTE FUNCTION refuse_rewrite();
"""
_guarded: set[str] = set()


def guard(table: str) -> None:
    """Name a table that migrations have made append-only, so that the verifier looks for its triggers.

    Called from ``AppConfig.ready()`` by the room the table belongs to.
    """
    _guarded.add(table)


def append_only(table: str):
    """A pair of functions for ``RunPython`` that put the guard on ``table`` and take it off."""
    return (lambda apps, editor: _forwards(editor, table)), (lambda apps, editor: _backwards(editor, table))


def _forwards(editor, table):
    if editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            editor.execute(SQLITE.format(table=table, verb=verb))
        return
    editor.execute(POSTGRES_FUNCTION, params=None)  # no parameters: its % is PostgreSQL's own
    for verb, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
        editor.execute(POSTGRES.format(table=table, verb=verb, each=each))


def _backwards(editor, table):
    verbs = ("update", "delete") if editor.connection.vendor == "sqlite" else ("update", "delete", "truncate")
    for verb in verbs:
        on = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        editor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")


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

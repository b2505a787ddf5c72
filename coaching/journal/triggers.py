"""SQL that makes a table append-only on both engines. One place, used by every write-once table."""

# What a purge may take away in its own transaction: while a row of this table is there, which nobody else ever sees.
LIFTED = "journal_lifting"
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
POSTGRES_PURGEABLE = """
CREATE OR REPLACE FUNCTION refuse_rewrite_but_purge() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM journal_lifting) THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
_purgeable: set[str] = set()  # tables from which a purge may delete, never change
_guarded: dict[str, str] = {}  # table → the condition on the row under which it is guarded, "" for always


def guard(table: str, *, when: str = "") -> None:
    """Name a table that migrations have made append-only, so that the verifier looks for its triggers.

    Called from ``AppConfig.ready()`` by the room the table belongs to.
    """
    _guarded[table] = when


def let_purge(*tables: str) -> None:
    """Name guarded tables whose rows a purge may delete once their time is over (:func:`coaching.journal.services.lifting`).

    Called from ``AppConfig.ready()`` by the room that purges, whose migration has put such guards on them
    (:func:`purgeable`). The journal's own is never among them.
    """
    _purgeable.update(tables)


def purgeable(tables: dict[str, str]):
    """A pair of functions for ``RunPython``: guards that give way to a purge, in the place of those that never do; and back."""

    def on(apps, editor) -> None:
        for table, when in tables.items():
            _backwards(editor, table)
            _forwards(editor, table, when, purge=True)

    def off(apps, editor) -> None:
        for table, when in tables.items():
            _backwards(editor, table)
            _forwards(editor, table, when)

    return on, off


def append_only(table: str, *, when: str = ""):
    """A pair of functions for ``RunPython`` that put the guard on ``table`` and take it off.

    ``when`` guards some rows alone: a condition on ``OLD`` that both engines read, such as ``OLD.state = 'sealed'``.
    """
    return (
        lambda apps, editor: _forwards(editor, table, when),
        lambda apps, editor: _backwards(editor, table),
    )


def _forwards(editor, table, when="", purge=False):
    condition = f"WHEN ({when})" if when else ""
    if editor.connection.vendor == "sqlite":
        lifted = "NOT EXISTS (SELECT 1 FROM journal_lifting)"
        gives_way = f"WHEN ({when}) AND {lifted}" if when else f"WHEN {lifted}"
        for verb in ("update", "delete"):
            said = gives_way if purge and verb == "delete" else condition
            editor.execute(SQLITE.format(table=table, verb=verb, when=said))
        return
    editor.execute(POSTGRES_FUNCTION, params=None)  # no parameters: its % is PostgreSQL's own
    if purge:
        editor.execute(POSTGRES_PURGEABLE, params=None)
    for verb in ("update", "delete"):
        made = POSTGRES.format(table=table, verb=verb, each="ROW", when=condition)
        if purge and verb == "delete":
            made = made.replace("refuse_rewrite()", "refuse_rewrite_but_purge()")
        editor.execute(made, params=None)
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
    return [name for name in wanted if name not in there] + asleep + _left_lifted(connection)


def _left_lifted(connection) -> list[str]:
    """A lifting is of one transaction: a row that anybody can see was put there by hand, and guards nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {LIFTED}")  # noqa: S608  a constant of this file
        return [LIFTED] if cursor.fetchone()[0] else []

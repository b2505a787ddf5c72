"""Questions whose shape never changes: Django works their SQL out once a process, then only values are put in.

Working out the SQL of a scoped query (rules within rules) takes most of the time of the page that asks it; the
database answers in a tenth of it. A function marked :func:`prepared` builds its query set as it would anyway, from
the viewer and a few integers or words; the second time, its SQL is known and the rows are fetched. The rule of each
portal stays in the query: there is one statement for each.

The answer is a list, never a query set: a known statement would not hear of a filter added to it.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet

from .viewer import Viewer

Build = Callable[..., QuerySet]
MARK = 7_000_000_000_000  # integers no row bears: each stands for one value while the statement is worked out


class ShapeChanges(RuntimeError):
    """The statement does not carry a value it was given: it cannot be asked again with another."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters, each a constant or the name of the value to be put there; and how its columns are read."""

    rows: QuerySet
    compiler: Any
    sql: str
    parameters: tuple[tuple[str, Any], ...]  # (name of the value or "", the parameter as Django made it)
    converters: dict

    def fetch(self, values: dict) -> list:
        filled = tuple(type(made)(values[name]) if name else made for name, made in self.parameters)
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # not the proxy: it is asked at each column
        compiler.as_sql = lambda *args, **kwargs: (self.sql, filled)
        compiler.get_converters = lambda expressions: self.converters
        rows = self.rows._chain()
        rows.query.get_compiler = lambda *args, **kwargs: compiler
        return list(rows)


def prepared(build: Build) -> Callable[..., list]:
    """Mark ``build(viewer, *shape, **values)``: the query set it returns is asked as a statement worked out once.

    ``values`` are integers or words, each of which must end up in the statement (:class:`ShapeChanges` otherwise).
    ``shape`` is what a statement cannot be asked again without, such as how many rows at most: constants of the
    caller's, for there is a statement for each.
    """
    known: dict[tuple, Statement | None] = {}

    @wraps(build)
    def ask(viewer: Viewer, *shape, **values) -> list:
        typed = ((name, type(value)) for name, value in values.items())
        key = (connection.vendor, viewer.portal, shape, *typed)
        if key not in known:
            known[key] = _work_out(build, viewer, shape, values)
        statement = known[key]
        return statement.fetch({**_of_viewer(viewer), **values}) if statement else []

    return ask


def _of_viewer(viewer: Viewer) -> dict:
    return {
        "viewer.user_id": viewer.user_id,
        "viewer.user_ref": viewer.user_ref,
        "viewer.practice_id": viewer.practice_id,
        "viewer.practice_ref": viewer.practice_ref,
    }


def _work_out(build: Build, viewer: Viewer, shape: tuple, values: dict) -> Statement | None:
    """The statement for this portal; None where its rule gives nothing to anybody."""
    named = {**_of_viewer(viewer), **values}
    marks = {name: _mark(number, value) for number, (name, value) in enumerate(named.items())}
    said = {name: marks[name] for name in values}
    rows = build(Viewer(*(marks[name] for name in _of_viewer(viewer)), portal=viewer.portal), *shape, **said)
    compiler = rows.query.get_compiler(using=rows.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    names = {mark: name for name, mark in marks.items()}
    placed = tuple((names.get(made, "") if isinstance(made, int | str) else "", made) for made in parameters)
    missing = set(values) - {name for name, _made in placed}
    if missing:
        raise ShapeChanges(f"{build.__qualname__}: {', '.join(sorted(missing))}")
    converters = compiler.get_converters([column[0] for column in compiler.select])
    return Statement(rows, compiler, sql, placed, converters)


def _mark(number: int, value):
    return MARK + number if isinstance(value, int) else f"\x02{number}\x03"

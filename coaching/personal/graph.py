"""Every row that belongs to a mission, or a person, found by following the keys of the tables: none is forgotten when a room is added."""

from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from coaching.documents.models import Document

Rows = dict[type[models.Model], set[int]]
CHUNK = 500


def rows_of(start: type[models.Model], keys: set[int]) -> Rows:
    """The rows that lean on these, such as missions, by table; they themselves among them.

    A key that is emptied when what it points to goes (``SET_NULL``) leads to a row that stays.
    """
    found: Rows = defaultdict(set)
    found[start].update(keys)
    todo = [(start, set(keys))]
    while todo:
        model, pks = todo.pop()
        for child, field in _pointing_to(model):
            fresh = _pointers(child, field, pks) - found.get(child, set())
            if fresh:
                found[child] |= fresh
                todo.append((child, fresh))
    return dict(found)


def loosened(found: Rows) -> Iterator[tuple[type[models.Model], models.Field, set[int]]]:
    """Keys of rows that stay, and that are to be emptied: (table, key, what it points to)."""
    for model, pks in found.items():
        for child in _tables():
            for field in _keys(child):
                if field.related_model is model and field.remote_field.on_delete is models.SET_NULL:
                    yield child, field, pks


def documents_of(found: Rows) -> dict[int, str]:
    """Stored documents that these rows point to and nobody else does: their key, and the hash of their file."""
    ours: set[int] = set()
    others: set[int] = set()
    for child in _tables():
        for field in _keys(child):
            if field.related_model is Document:
                ours |= _values(child, field, found.get(child, set()))
    for child in _tables():
        for field in _keys(child):
            if field.related_model is Document:
                rows = child.unscoped.filter(**{f"{field.name}__in": ours}).exclude(
                    pk__in=found.get(child, set())
                )
                others |= set(rows.values_list(field.attname, flat=True))
    rows = Document.unscoped.filter(pk__in=ours - others)
    return dict(rows.values_list("pk", "sha256"))


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if hasattr(model, "unscoped")]


def _keys(model) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _pointing_to(model) -> Iterator[tuple[type[models.Model], models.ForeignKey]]:
    for child in _tables():
        for field in _keys(child):
            if field.related_model is model and field.remote_field.on_delete is not models.SET_NULL:
                yield child, field


def _pointers(child, field, pks: set[int]) -> set[int]:
    rows = sorted(pks)
    return {
        pk
        for start in range(0, len(rows), CHUNK)
        for pk in child.unscoped.filter(**{f"{field.name}__in": rows[start : start + CHUNK]}).values_list(
            "pk", flat=True
        )
    }


def _values(child, field, pks: set[int]) -> set[int]:
    rows = sorted(pks)
    return {
        value
        for start in range(0, len(rows), CHUNK)
        for value in child.unscoped.filter(pk__in=rows[start : start + CHUNK]).values_list(
            field.attname, flat=True
        )
        if value is not None
    }

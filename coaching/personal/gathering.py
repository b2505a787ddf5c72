"""A person's own data as one structure: read through each room's holding, opened with the person's own key.

In their own session alone: keys live there. The whole is plain values, so that it can be frozen and packed elsewhere.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from coaching.accounts.access import practice_by_id, user_by_id
from coaching.kernel.personal import Datum, Holding, holdings_of
from coaching.kernel.viewer import Viewer
from coaching.vault.access import open_texts

from .limits import left_out

FORMAT = 1
CHUNK = 500  # texts opened by one statement


def gather(viewer: Viewer, language: str) -> dict:
    """Everything the holdings of the viewer's portal give away, in the words of ``language``.

    Raises :class:`coaching.vault.errors.Locked` while the viewer's key is closed.
    """
    with override(language):
        practice, user = practice_by_id(viewer.practice_id), user_by_id(viewer.user_id)
        parts = [_part(viewer, one) for one in holdings_of(viewer.portal)]
        return {
            "format": FORMAT,
            "language": language,
            "person": {"reference": user.ref, "name": user.name},
            "practice": practice.name,
            "portal": viewer.portal.value,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "parts": [part for part in parts if part["rows"]],
            "left_out": [{"what": str(what), "why": str(why)} for what, why in left_out(viewer.portal)],
            "unopened": sum(part.pop("unopened") for part in parts),
            "papers": _papers(viewer),
        }


def _part(viewer: Viewer, holding: Holding) -> dict:
    rows = list(holding.rows(viewer))
    opened = {datum.name: _open(viewer, datum, rows) for datum in holding.data if datum.sealed}
    told = [_row(holding, row, opened) for row in rows]
    return {
        "key": holding.key,
        "title": force_str(holding.title),
        "brief": holding.brief,
        "labels": {datum.name: force_str(datum.label) for datum in holding.data},
        "rows": told,
        "unopened": sum(row.pop("_unopened", 0) for row in told),
    }


def _open(viewer: Viewer, datum: Datum, rows: list) -> dict[str, str]:
    """The texts of one kind, by the reference they lie under: a few hundred in each question."""
    refs = {_ref_of(row): found for row in rows if (found := _value(row, datum.name))}
    names, opened = list(refs), {}
    for start in range(0, len(names), CHUNK):
        some = {name: refs[name] for name in names[start : start + CHUNK]}
        opened |= {some[name]: text for name, text in open_texts(viewer, some, place=datum.path).items()}
    return opened


def _ref_of(row) -> str:
    return row["ref"] if isinstance(row, dict) else row.ref


def _row(holding: Holding, row, opened: dict[str, dict[str, str]]) -> dict:
    told: dict[str, Any] = {}
    for datum in holding.data:
        found = _value(row, datum.name)
        if datum.sealed and found:
            text = opened[datum.name].get(found)
            told["_unopened"] = told.get("_unopened", 0) + (text is None)
            found = text if text is not None else _("does not open to you any more")
            found = datum.read(found) if datum.read and text is not None else found
        elif datum.read and found not in (None, ""):
            found = datum.read(found)
        told[datum.name] = plain(found)
    return told


def _value(row, name: str):
    """What stands there, as a person reads it: a choice by its label."""
    if isinstance(row, dict):
        return row.get(name)
    *way, last = name.split("__")
    for step in way:
        row = getattr(row, step) if row is not None else None
    if row is None:
        return None
    display = getattr(row, f"get_{last}_display", None)
    return str(display()) if display else getattr(row, last)


def plain(value) -> Any:
    """As JSON has it."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date | time | Decimal):
        return str(value)
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _papers(viewer: Viewer) -> list[list[str]]:
    """Name and reference of each document that goes with it, once."""
    found: dict[str, str] = {}
    for holding in holdings_of(viewer.portal):
        for paper in holding.papers(viewer) if holding.papers else ():
            found[paper.name] = paper.document
    return [[name, document] for name, document in sorted(found.items())]


def dumps(told: dict) -> bytes:
    """The file as a person may read it."""
    said = {key: value for key, value in told.items() if key != "papers"}
    return json.dumps(said, ensure_ascii=False, indent=2).encode()

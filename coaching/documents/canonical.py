"""Freezing: a snapshot of values, its one canonical form in JSON, and the digest of that form."""

import dataclasses
import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum


def canonical(snapshot) -> str:
    """The one JSON text of a frozen dataclass: sorted keys, ISO dates, decimals as text, no floats."""
    plain = dataclasses.asdict(snapshot)
    _refuse_floats(plain)
    return json.dumps(
        plain, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def _refuse_floats(value) -> None:
    """A float has more than one spelling, and none that is an amount of money."""
    if isinstance(value, float):
        raise TypeError("a float has no canonical form")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    for item in inner:
        _refuse_floats(item)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no canonical form")

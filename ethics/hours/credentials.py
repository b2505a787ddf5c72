"""What the bodies that accredit coaches ask for, as dated presets; a practice may set other figures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

FIGURES = ("hours", "paid", "clients", "recent")  # 0: not asked for
PRESETS = Path(__file__).with_name("credentials.json")


@dataclass(frozen=True, slots=True)
class Credential:
    """``recent`` hours are those of the last eighteen months."""

    code: str
    body: str
    name: str
    hours: int
    paid: int
    clients: int
    recent: int

    @property
    def title(self) -> str:
        return f"{self.body} {self.name}"


@cache
def _read() -> dict:
    return json.loads(PRESETS.read_text(encoding="utf-8"))


def presets() -> tuple[Credential, ...]:
    return tuple(Credential(**said) for said in _read()["credentials"])


def dated() -> date:
    """When the presets were last held against what the bodies publish."""
    return date.fromisoformat(_read()["dated"])


def set_by(figures: Mapping[str, Mapping[str, int]]) -> tuple[Credential, ...]:
    """The credentials with what a practice has set instead."""
    return tuple(replace(one, **figures.get(one.code, {})) for one in presets())

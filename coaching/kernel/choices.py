"""Choices among a closed list."""

from collections.abc import Container
from typing import Any


def in_order(choices: Any, items: Container[str]) -> list[str]:
    """Those of ``items`` that are among these choices, each once, in the order in which they are read."""
    return [choice for choice in choices.values if choice in items]

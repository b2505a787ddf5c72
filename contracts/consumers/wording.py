"""The legal texts of a consumer's rights: dated files in each language, never changed once they have been used."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ..library import parse
from ..placeholders import FIELD, MissingValue, escape

IN_FORCE = "2026-11-24"
BLOCKS = frozenset({"information.schedule"})  # Markdown that our own code has made inert
# The labels that article D. 221-5 of the Consumer Code and article 11a of directive 2011/83/EU give the two buttons.
WITHDRAW_HERE = {"fr": "renoncer au contrat ici", "en": "withdraw from contract here"}
CONFIRM_WITHDRAWAL = {"fr": "confirmer la rétractation", "en": "confirm withdrawal"}
_GAP = re.compile(r"\s+")


@cache
def legal_text(name: str, language: str, dated: str = IN_FORCE) -> str:
    """One text as it stands in its file."""
    folder = Path(__file__).parent / "texts" / dated / (language if language in ("fr", "en") else "fr")
    return (folder / name).read_text(encoding="utf-8").strip()


def statement(name: str, language: str, values: Mapping[str, str]) -> str:
    """A sentence somebody makes their own, on one line of plain text."""
    said = FIELD.sub(lambda field: values[field[1].strip()], legal_text(f"{name}.txt", language))
    return _GAP.sub(" ", said)


def document(name: str, language: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Title and Markdown of a page, its gaps filled. Raises :class:`MissingValue` with every name that has no value."""
    header, markdown = parse(legal_text(f"{name}.md", language))
    names = dict.fromkeys(field.strip() for field in FIELD.findall(markdown))
    lacking = [one for one in names if not str(values.get(one, "")).strip()]
    if lacking:
        raise MissingValue(lacking)
    return header["title"], FIELD.sub(lambda field: _filled(field[1].strip(), values), markdown)


def _filled(name: str, values: Mapping[str, str]) -> str:
    return values[name] if name in BLOCKS else escape(values[name])

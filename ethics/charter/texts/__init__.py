"""The charter's texts, by the date from which the product carries them. Verbatim; pinned by SHA-256."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
PINNED = {date(2026, 11, 24): "e8e5ae7809c484c3b99c32cef7fb08113fc9ce04fad5e186cc749a8b5a7ec7fa"}
# Courtesy translations, made for the product: they accompany a text and bind nobody.
COMPANIONS = {(date(2026, 11, 24), "en"): "58fb3df8a143acc3fc87f69ade15698a444c21db801fc60b8e934d19d3965d6b"}


class CharterAltered(RuntimeError):
    """The file does not hold the text that was pinned."""


@dataclass(frozen=True, slots=True)
class CharterText:
    day: date
    markdown: str
    sha256: str


def bundled(day: date | None = None) -> CharterText:
    """The charter of ``day``, or the newest; refuses a text that is not the pinned one."""
    day = day or max(PINNED)
    raw = (HERE / day.isoformat() / "fr.md").read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    if digest != PINNED[day]:
        raise CharterAltered(day.isoformat())
    return CharterText(day, raw.decode(), digest)


def companion(day: date, language: str) -> str | None:
    """A translation that accompanies the authoritative French text, where there is one; refuses one that is not the pinned."""
    pinned = COMPANIONS.get((day, language))
    if pinned is None:
        return None
    raw = (HERE / day.isoformat() / f"{language}.md").read_bytes()
    if hashlib.sha256(raw).hexdigest() != pinned:
        raise CharterAltered(f"{day.isoformat()}/{language}")
    return raw.decode()


def companion_of(sha256: str, language: str) -> str | None:
    """The translation of the very text with this digest; a practice that has changed a word has none."""
    for day, pinned in PINNED.items():
        if pinned == sha256:
            return companion(day, language)
    return None

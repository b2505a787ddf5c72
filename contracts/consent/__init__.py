"""The sentence a signatory agrees to: a dated legal text in each language, never changed once it has been used."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

IN_FORCE = "2026-11-24"


@dataclass(frozen=True, slots=True)
class Consent:
    """The wording shown, and its fingerprint: what the proof of a signature carries."""

    dated: str
    language: str
    wording: str
    sha256: str


@cache
def consent(language: str, dated: str = IN_FORCE) -> Consent:
    """The sentence in force, in the signatory's language."""
    language = language if language in ("fr", "en") else "fr"
    wording = (Path(__file__).parent / dated / f"{language}.txt").read_text(encoding="utf-8").strip()
    return Consent(dated, language, wording, hashlib.sha256(wording.encode()).hexdigest())

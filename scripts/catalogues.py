"""Compiles the message catalogues (*.po to *.mo), those that have changed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("locale", "coaching/accounts/signin/locale")


def compile_catalogue(source: Path) -> bool:
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as messages, target.open("wb") as compiled:
        write_mo(compiled, read_po(messages, locale=source.parts[-3]))
    return True


if __name__ == "__main__":
    for place in PLACES:
        for found in sorted((ROOT / place).glob("*/LC_MESSAGES/*.po")):
            compile_catalogue(found)

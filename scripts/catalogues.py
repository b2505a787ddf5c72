"""Compiles the message catalogues (*.po to *.mo), those that have changed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogue(source: Path) -> bool:
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as messages, target.open("wb") as compiled:
        write_mo(compiled, read_po(messages, locale=source.parts[-3]))
    return True


if __name__ == "__main__":
    for found in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        compile_catalogue(found)

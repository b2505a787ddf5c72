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
        catalogue = read_po(messages, locale=source.parts[-3])
        # A plural left empty would be written as its English: it would hide what the next catalogue says of it.
        for message in [one for one in catalogue if one.pluralizable and not any(one.string)]:
            catalogue.delete(message.id)
        write_mo(compiled, catalogue)
    return True


if __name__ == "__main__":
    for place in PLACES:
        for found in sorted((ROOT / place).glob("*/LC_MESSAGES/*.po")):
            compile_catalogue(found)

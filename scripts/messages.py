"""Gathers every message of the code and the templates into the catalogues, without what changes from run to run."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
COMMAND = (
    ".venv/bin/python manage.py makemessages -l fr -l en --no-location --no-obsolete --no-wrap "
    "-e html,txt,py -i .venv -i var -i staticfiles -i tests -i scripts -i docs"
)
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: {plurals}\\n"\n'
)


def tidy(path: Path) -> None:
    """One header for ever: no dates, no names, no tool."""
    language = path.parts[-3]
    _head, _blank, messages = path.read_text().lstrip("\n").partition("\n\n")
    messages = re.sub(r"^#, python-(brace-)?format\n", "", messages, flags=re.MULTILINE)
    path.write_text(f"{HEADER.format(language=language, plurals=PLURALS[language])}\n{messages}")


if __name__ == "__main__":
    LOCALE.mkdir(exist_ok=True)
    subprocess.run(COMMAND.split(), cwd=ROOT, check=True)
    for catalogue in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        tidy(catalogue)

"""What is printed of one's own data, and the register of processing: pure, from plain values. No query."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

import coaching.documents
from coaching.documents.rendering import Limits, Rendered, render_pdf

STYLES = Path(coaching.documents.__file__).parent / "styles"
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)?)?")
# The worker prints it, not the web server: it may take its time.
VOLUME = 500  # lines
UNHURRIED = Limits(cpu=180, seconds=240)


def export_pdfs(told: dict) -> Iterator[bytes]:
    """One's own data as it reads, in as many volumes as it takes; a part that is too dry to print is counted.

    A volume is laid out alone, so that neither time nor memory grows with how much there is. Never inside a transaction.
    """
    made = datetime.fromisoformat(told["made_at"])
    with override(told["language"]):
        title, volumes = _("My data"), _volumes([_part(part) for part in told["parts"]])
    for number, parts in enumerate(volumes, start=1):
        context = {
            "told": told,
            "title": title,
            "made_on": made,
            "parts": parts,
            "number": number,
            "volumes": len(volumes),
        }
        with override(told["language"]):
            body = render_to_string("documents/personal.html", context)
        yield _render(body, f"{title} {told['person']['reference']}", told["language"], made.date(), told).pdf


def volumes_of(told: dict) -> int:
    """How many volumes there will be, for the progress of the work."""
    printed = sum(len(part["rows"]) for part in told["parts"] if not part["brief"])
    return max(1, -(-printed // VOLUME))


def _volumes(parts: list[dict]) -> list[list[dict]]:
    """The parts in order, cut where a volume is full."""
    volumes: list[list[dict]] = [[]]
    room = VOLUME
    for part in parts:
        rows = part["rows"]
        while len(rows) > room:
            volumes[-1].append({**part, "rows": rows[:room]})
            rows, room = rows[room:], VOLUME
            volumes.append([])
        volumes[-1].append({**part, "rows": rows})
        room -= len(rows)
    return volumes


def _render(body: str, title: str, language: str, on: date, told: dict) -> Rendered:
    return render_pdf(
        body,
        title=title,
        language=language,
        authored_on=on,
        author=told["practice"],
        css=_css(),
        limits=UNHURRIED,
    )


def _css() -> str:
    """The sheet of a contract without what looks at the line that follows: on thousands of lines it takes most of the time."""
    sheet = (STYLES / "contract.css").read_text(encoding="utf-8")
    plain = "\n".join(line for line in sheet.splitlines() if ":has(" not in line)
    return plain + (STYLES / "personal.css").read_text(encoding="utf-8")


def _part(part: dict) -> dict:
    rows = [] if part["brief"] else part["rows"]
    labels = part["labels"]
    return {
        "title": part["title"],
        "count": len(part["rows"]),
        "brief": part["brief"],
        "rows": [
            [(labels[name], shown(value)) for name, value in row.items() if value not in (None, "", [], {})]
            for row in rows
        ],
    }


def shown(value) -> str:
    """A plain value in words: dates as they are read, lists one line each."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(filter(None, map(shown, value)))
    if isinstance(value, dict):
        return "\n".join(
            f"{key}: {shown(one)}" for key, one in value.items() if one not in (None, "", [], {})
        )
    text = "" if value is None else str(value)
    return _moment(text) if MOMENT.fullmatch(text) else text


def _moment(text: str) -> str:
    try:
        if "T" in text:
            return date_format(datetime.fromisoformat(text), "DATETIME_FORMAT")
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    except ValueError:
        return text


def register_pdf(register: dict, language: str, on: date) -> bytes:
    """The register of processing, printed."""
    with override(language):
        title = _("Register of processing activities")
        body = render_to_string("documents/register.html", {**register, "title": title, "made_on": on})
    return _render(body, title, language, on, register).pdf

"""Rows of a table as lines of a log: which column is which, what each cell says, and what is wrong with it. Pure."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .enums import Column, Fault
from .models import MOST_IN_GROUP
from .packing import Entry, Wrong
from .reckoning import HOUR, fold
from .sheets import Formula, Row

C = Column
NEEDED = (C.CLIENT, C.START)  # and hours, of one sort at least
WITHIN = 10  # the headings stand in one of the first rows: some logs have a title
CLIENT_LENGTH, CONTACT_LENGTH = 200, 300
EARLIEST = date(1970, 1, 1)
SHOWN = 80  # signs of a cell shown beside its fault
HEADINGS: Mapping[Column, frozenset[str]] = {
    C.CLIENT: frozenset(
        ("client name", "client", "clients", "client names", "name", "name of client", "coachee", "nom", "nom du client",
         "nom client", "nom de la personne", "coache", "accompagne", "nom et prenom", "nom prenom", "client nom")
    ),
    C.CONTACT: frozenset(
        ("contact", "contact information", "client contact", "client contact information", "contact info", "contact details",
         "email", "e mail", "mail", "client email", "phone", "coordonnees", "courriel", "adresse e mail", "adresse mail",
         "adresse electronique", "telephone", "coordonnees du client", "contact du client")
    ),
    C.KIND: frozenset(
        ("individual group", "individual or group", "individual or group coaching", "type", "coaching type", "kind",
         "individuel groupe", "individuel ou groupe", "individuel collectif", "individuel ou collectif", "type de coaching",
         "type d accompagnement")
    ),
    C.GROUP: frozenset(
        ("number in group", "no in group", "group size", "number in the group", "participants", "number of participants",
         "nombre dans le groupe", "taille du groupe", "nombre de personnes", "nombre de participants",
         "nombre de personnes dans le groupe", "nb dans le groupe", "nb participants", "effectif")
    ),
    C.START: frozenset(
        ("start date", "start", "date started", "begin date", "from", "date", "date de debut", "debut", "date debut", "du",
         "premiere seance")
    ),
    C.END: frozenset(
        ("end date", "end", "date ended", "to", "until", "date de fin", "fin", "date fin", "au", "derniere seance")
    ),
    C.PAID: frozenset(
        ("paid hours", "paid", "number of paid hours", "paid coaching hours", "hours paid", "hours", "heures",
         "heures payees", "heures remunerees", "heures payantes", "heures facturees", "nombre d heures payees",
         "heures remunerees payees")
    ),
    C.PRO_BONO: frozenset(
        ("pro bono hours", "pro bono", "probono", "probono hours", "number of pro bono hours", "unpaid hours",
         "heures pro bono", "heures benevoles", "heures gratuites", "heures non payees", "heures non remunerees",
         "nombre d heures pro bono")
    ),
}  # fmt: skip
ONE_BY_ONE = frozenset(
    ("individual", "individuel", "individuelle", "ind", "i", "one to one", "1 1", "1 to 1", "solo")
)
TOGETHER = frozenset(("group", "groupe", "g", "team", "equipe", "collectif", "collective"))


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings stand, what they say, and the columns recognised in them."""

    row: int
    words: tuple[str, ...]
    columns: dict[str, int]

    @property
    def enough(self) -> bool:
        return missing(self.columns) == []


def missing(columns: Mapping[str, int]) -> list[Column]:
    """Columns without which no line can be read."""
    absent = [one for one in NEEDED if one not in columns]
    return absent if C.PAID in columns or C.PRO_BONO in columns else [*absent, C.PAID]


def find_headings(rows: Iterable[Row]) -> Headings:
    """The row among the first whose words are most of them known; the first row where none are."""
    best = None
    for turn, row in enumerate(rows):
        if turn >= WITHIN:
            break
        found = _recognised(row)
        if best is None or len(found.columns) > len(best.columns):
            best = found
        if found.enough:
            return found
    return best


def _recognised(row: Row) -> Headings:
    words = tuple("" if cell is None else str(cell)[:SHOWN] for cell in row.cells)
    columns: dict[str, int] = {}
    for place, word in enumerate(words):
        for column, known in HEADINGS.items():
            if fold(word) in known and column.value not in columns:
                columns[column.value] = place
    return Headings(row.number, words, columns)


class _Refused(Exception):
    def __init__(self, column: Column, fault: Fault, value: object = ""):
        super().__init__(fault.value)
        self.column, self.fault, self.value = column, fault, value


def read_lines(
    rows: Iterable[Row], headings: Headings, *, month_first: bool, today: date
) -> Iterator[Entry | Wrong]:
    """Every row below the headings, as a line or as what is wrong with it. A line that repeats another is wrong too."""
    seen: dict[tuple, int] = {}
    for row in rows:
        if row.number <= headings.row:
            continue
        try:
            entry = _entry(row, headings.columns, month_first, today)
        except _Refused as refused:
            yield Wrong(row.number, refused.column.value, refused.fault.value, _shown(refused.value))
            continue
        first = seen.setdefault(entry.same, row.number)
        if first != row.number:
            yield Wrong(row.number, C.CLIENT.value, Fault.TWICE.value, _shown(entry.client), first)
        else:
            yield entry


def _shown(value: object) -> str:
    return "".join(sign for sign in str(value) if sign.isprintable())[:SHOWN]


def _entry(row: Row, columns: Mapping[str, int], month_first: bool, today: date) -> Entry:
    def cell(column: Column):
        place = columns.get(column.value)
        value = row.cells[place] if place is not None and place < len(row.cells) else None
        if isinstance(value, Formula):
            raise _Refused(column, Fault.FORMULA, value)
        return None if value == "" else value

    client = _words(C.CLIENT, cell(C.CLIENT), CLIENT_LENGTH)
    if not fold(client):
        raise _Refused(C.CLIENT, Fault.NO_CLIENT)
    contact = _words(C.CONTACT, cell(C.CONTACT), CONTACT_LENGTH)
    starts_on, ends_on = _days(cell(C.START), cell(C.END), month_first, today)
    paid, pro_bono = (_minutes(column, cell(column)) for column in (C.PAID, C.PRO_BONO))
    if paid + pro_bono == 0:
        raise _Refused(C.PAID, Fault.NO_HOURS)
    if paid + pro_bono > ((ends_on - starts_on).days + 1) * 24 * HOUR:
        raise _Refused(C.PAID, Fault.TOO_MANY, _said(paid + pro_bono))
    group = _group(cell(C.KIND), cell(C.GROUP))
    return Entry(row.number, client, contact, group, starts_on, ends_on, paid, pro_bono)


def _said(minutes: int) -> str:
    return f"{minutes / HOUR:g} h"


def _words(column: Column, value, most: int) -> str:
    """A text on one line, with no sign that does not show."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a telephone number in a workbook
    text = unicodedata.normalize("NFC", str(value))
    text = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    text = " ".join(text.split())
    if len(text) > most:
        raise _Refused(column, Fault.TOO_LONG, text)
    return text


def _days(start, end, month_first: bool, today: date) -> tuple[date, date]:
    if start is None:
        raise _Refused(C.START, Fault.NO_DATE)
    starts_on = _day(C.START, start, month_first, today)
    ends_on = starts_on if end is None else _day(C.END, end, month_first, today)
    if ends_on < starts_on:
        raise _Refused(C.END, Fault.ENDS_BEFORE, end)
    return starts_on, ends_on


WRITTEN = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[ T]00:00(?::00)?)?")


def _day(column: Column, value, month_first: bool, today: date) -> date:
    day = value if isinstance(value, date) else _day_written(str(value), month_first)
    if day is None:
        raise _Refused(column, Fault.WRONG_DATE, value)
    if day > today:
        raise _Refused(column, Fault.FUTURE, value)
    if day < EARLIEST:
        raise _Refused(column, Fault.TOO_EARLY, value)
    return day


def _day_written(text: str, month_first: bool) -> date | None:
    found = WRITTEN.fullmatch(text.strip())
    if not found or not text.isascii():
        return None
    first, second, third = found.groups()
    if len(first) == 4:
        year, month, day = first, second, third
    else:
        (month, day) = (first, second) if month_first else (second, first)
        year = third if len(third) == 4 else f"20{third}" if len(third) == 2 else "0"
    if len(first) == 3 or len(day) > 2 or len(month) > 2:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


IN_HOURS = re.compile(r"(\d+)\s*(?:h|:|heures?|hours?)\s*(\d{1,2})?\s*(?:min(?:utes?)?|m)?", re.IGNORECASE)
IN_MINUTES = re.compile(r"(\d+)\s*(?:min(?:utes?)?|m|')", re.IGNORECASE)
DECIMAL = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:h|heures?|hours?)?", re.IGNORECASE)


def _minutes(column: Column, value) -> int:
    """Hours as people write them, in whole minutes."""
    if value is None:
        return 0
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60)
    number = value if isinstance(value, float) else _hours_written(str(value))
    if number is None or not math.isfinite(number):
        raise _Refused(column, Fault.WRONG_HOURS, value)
    if number < 0:
        raise _Refused(column, Fault.NEGATIVE, value)
    if number > 100_000:
        raise _Refused(column, Fault.TOO_MANY, value)
    return round(number * HOUR)


def _hours_written(text: str) -> float | None:
    if not (bare := re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?:\D|$))", "", text.strip())).isascii():
        return None
    sign, bare = (-1, bare[1:].strip()) if bare.startswith("-") else (1, bare)
    if len(bare) > 20:
        return None
    if found := DECIMAL.fullmatch(bare):
        return sign * float(found[1].replace(",", "."))
    if found := IN_HOURS.fullmatch(bare):
        return sign * (int(found[1]) + int(found[2] or 0) / 60) if int(found[2] or 0) < 60 else None
    if found := IN_MINUTES.fullmatch(bare):
        return sign * int(found[1]) / 60
    return 0.0 if bare in ("", "-") else None


def _group(kind, number) -> int:
    said = fold(str(kind)) if kind is not None else ""
    if said and said not in ONE_BY_ONE | TOGETHER:
        raise _Refused(C.KIND, Fault.WRONG_KIND, kind)
    people = _people(number)
    if said in ONE_BY_ONE and people > 1:
        raise _Refused(C.GROUP, Fault.ALONE, number)
    if said in TOGETHER and number is None:
        raise _Refused(C.GROUP, Fault.NO_NUMBER)
    return people


def _people(number) -> int:
    if number is None:
        return 1
    text = f"{number:g}" if isinstance(number, float) else str(number).strip()
    if fold(text) in ("n a", "na", ""):
        return 1
    if not re.fullmatch(r"\d{1,4}", text) or not text.isascii() or not 1 <= int(text) <= MOST_IN_GROUP:
        raise _Refused(C.GROUP, Fault.WRONG_NUMBER, number)
    return int(text)

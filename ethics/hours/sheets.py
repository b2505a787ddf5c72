"""Tables people send, as rows of cells: CSV however it was saved, XLSX without running or believing anything in it.

Bounded: so many bytes, so many lines, so many columns, and for a workbook so much once unpacked. A formula is never
computed; it comes out as what it is, for the reader of lines to refuse.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from openpyxl import load_workbook

from .enums import Problem

LARGEST = 8 * 1024 * 1024  # bytes of a file
MOST_LINES = 50_000
MOST_BLANK = 10_000  # rows without a word, before, between and after
MOST_COLUMNS = 40
UNPACKED, RATIO, MEMBERS = 96 * 1024 * 1024, 300, 300  # of a workbook: bytes, times its size, files in it
# What is read line by line; the words of all cells, kept whole; and any other part, made into objects.
BY_THE_LINE, WORDS, WHOLE = "xl/worksheets/sheet", "xl/sharedStrings.xml", 2 * 1024 * 1024
SMALL = 1024 * 1024  # a file in a workbook that may be as empty as it likes
DELIMITERS = ";\t,"
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

Cell = str | date | timedelta | float | None


class Unreadable(Exception):
    """The file as a whole; ``problem`` says why."""

    def __init__(self, problem: Problem):
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell would compute; kept as its text, to be shown beside the fault."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # as the person's own program counts it
    cells: tuple


def rows_of(content: bytes) -> Iterator[Row]:
    """The rows that have a word in them. Raises :class:`Unreadable`, also on the way."""
    if content.startswith(ZIP):
        found = _workbook(content)
    elif content.startswith(OLE):
        raise Unreadable(Problem.OLD_EXCEL)
    else:
        found = _text(content)
    lines = blank = 0
    for row in found:
        if all(cell is None or cell == "" for cell in row.cells):
            blank += 1
        else:
            lines += 1
            yield row
        if lines > MOST_LINES + 1 or blank > MOST_BLANK:  # and the headings
            raise Unreadable(Problem.TOO_MANY_LINES)
    if not lines:
        raise Unreadable(Problem.EMPTY)


# --- text ---


def _text(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    head, _mark, rest = text.partition("\n")
    said = re.fullmatch(r"sep=(.)\r?", head)
    delimiter = said[1] if said else _delimiter(head)
    lines = csv.reader(io.StringIO(rest if said else text, newline=""), delimiter=delimiter)
    try:
        for cells in lines:
            yield Row(lines.line_num + bool(said), tuple(_written(cell) for cell in cells[:MOST_COLUMNS]))
    except csv.Error as damaged:
        raise Unreadable(Problem.DAMAGED) from damaged


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else what Windows writes in the West."""
    try:
        if content.startswith(UTF16):
            return content.decode("utf-16")
        if b"\x00" in content:
            raise Unreadable(Problem.NOT_A_TABLE)
        if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"Rar!", b"\x1f\x8b")):
            raise Unreadable(Problem.NOT_A_TABLE)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _delimiter(head: str) -> str:
    """Whatever parts the first line most often, outside of quotation marks."""
    bare = re.sub(r'"[^"]*"', "", head)
    return max(DELIMITERS, key=bare.count)


def _written(cell: str) -> Cell | Formula:
    """A cell of a text: without the mark that keeps a program from computing it; a formula as such."""
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r":
        return cell[1:]
    return Formula(cell) if cell.startswith("=") else cell


# --- workbooks ---


def _workbook(content: bytes) -> Iterator[Row]:
    _check_unpacked(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            raise Unreadable(Problem.EMPTY)
        sheet.reset_dimensions()  # what a file says of its size is not believed
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            yield Row(number, tuple(_typed(cell) for cell in cells))
    except Unreadable:
        raise
    except Exception as damaged:  # a workbook can be wrong in as many ways as there are files in it
        raise Unreadable(Problem.DAMAGED) from damaged


def _check_unpacked(content: bytes) -> None:
    """Before anything is unpacked: how much there would be, and nothing that defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if "[Content_Types].xml" not in packed.namelist() or "xl/workbook.xml" not in packed.namelist():
                raise Unreadable(Problem.NOT_A_TABLE)
            if _too_big(members):
                raise Unreadable(Problem.TOO_BIG_INSIDE)
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with packed.open(member) as part:
                        if DOCTYPE.search(part.read(WHOLE).replace(b"\x00", b"")):
                            raise Unreadable(Problem.DAMAGED)
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, EOFError) as damaged:
        raise Unreadable(Problem.DAMAGED) from damaged
    except zlib.error as damaged:
        raise Unreadable(Problem.DAMAGED) from damaged


def _too_big(members: list[zipfile.ZipInfo]) -> bool:
    return (
        len(members) > MEMBERS
        or sum(one.file_size for one in members) > UNPACKED
        or any(one.file_size > SMALL and one.file_size > RATIO * max(one.compress_size, 1) for one in members)
        or any(one.file_size > _most(one.filename) for one in members)
    )


def _most(name: str) -> int:
    """How large one part of a workbook may be: what is not read by the line fills the memory many times its size."""
    if name.startswith(BY_THE_LINE):
        return UNPACKED
    return 8 * WHOLE if name == WORDS else WHOLE


def _typed(cell) -> Cell | Formula:
    value = cell.value
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", value)))
    if cell.data_type == "e" or isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, str):
        return _written(value) if value[:1] == "'" else value.strip()
    return float(value) if isinstance(value, int | float) else value

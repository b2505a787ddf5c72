"""The log as a table others read: CSV and XLSX. No cell of either is ever computed by the program that opens it.

Told in the reader's language; dates as ISO writes them, so that no program takes the month for the day.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import get_language, gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from coaching.kernel.cells import FORMULA, harmless

from .enums import Column, Source
from .reckoning import Line, hours

UNTOLD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no workbook can hold them
AT_A_TIME = 500  # lines of a CSV that leave together


def headings() -> list[str]:
    return [*(str(column.label) for column in Column), gettext("Source")]


def cells_of(line: Line) -> list:
    """One line in the columns ICF asks for, then where it comes from."""
    kind = gettext("individual") if line.individual else gettext("group")
    number = None if line.individual else line.group
    days = line.starts_on.isoformat(), line.ends_on.isoformat()
    return [
        line.client, line.contact, kind, number, *days, line.paid_hours, line.pro_bono_hours,
        str(Source(line.source).label),
    ]  # fmt: skip


def csv_of(lines: Iterable[Line]) -> Iterator[bytes]:
    """For a spreadsheet of the reader's country: in French semicolons and decimal commas. Leaves as it is made."""
    french = (get_language() or "fr").startswith("fr")
    written = io.StringIO(newline="")
    out = csv.writer(written, delimiter=";" if french else ",", lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    out.writerow(headings())
    for turn, line in enumerate(lines, start=1):
        out.writerow([_told(cell, french) for cell in cells_of(line)])
        if turn % AT_A_TIME == 0:
            yield _taken(written)
    yield _taken(written)


def _taken(written: io.StringIO) -> bytes:
    said = written.getvalue().encode()
    written.seek(0)
    written.truncate()
    return said


def _told(cell, french: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",") if french else f"{cell:.2f}"
    return harmless(cell) if isinstance(cell, str) else str(cell)


def xlsx_of(lines: Iterable[Line]) -> bytes:
    """Two sheets: the log, and each session with its day. Texts are written as texts, whatever they begin with."""
    book = Workbook(write_only=True)
    lines = list(lines)
    log = book.create_sheet(gettext("Hours log"))
    log.freeze_panes = "A2"
    log.append(headings())
    for line in lines:
        log.append([_cell(log, value) for value in cells_of(line)])
    sessions = book.create_sheet(gettext("Sessions"))
    sessions.freeze_panes = "A2"
    sessions.append(_session_headings())
    for line in lines:
        who = _cell(sessions, line.client)
        kind, number = cells_of(line)[2:4]
        for one in line.stretches:
            sessions.append([one.day.isoformat(), who, kind, number, hours(one.paid), hours(one.pro_bono)])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _session_headings() -> list[str]:
    columns = (Column.CLIENT, Column.KIND, Column.GROUP, Column.PAID, Column.PRO_BONO)
    return [gettext("Date"), *(str(one.label) for one in columns)]


def _cell(sheet, value):
    if not isinstance(value, str):
        return value
    value = UNTOLD.sub("", value)
    if not value.startswith(FORMULA):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell

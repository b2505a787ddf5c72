"""A table as people send it: whatever program wrote it, every fault said, nothing computed, nothing believed."""

import contextlib
import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from ethics.hours import sheets
from ethics.hours.enums import Fault, Problem
from ethics.hours.packing import Entry, Wrong
from ethics.hours.reading import find_headings, read_lines
from ethics.hours.sheets import Unreadable, rows_of

TODAY = date(2026, 11, 28)
FRENCH = "Nom du client;Contact;Individuel/Groupe;Nombre dans le groupe;Date de début;Date de fin;Heures payées;Heures pro bono"
ENGLISH = "Client name,Contact,Individual/Group,Number in group,Start date,End date,Paid hours,Pro-bono hours"
LINE = "Zoé Petit;zoe@x.test;individuel;;12/01/2024;30/06/2024;10,5;0"


def read(content: bytes | str, *, month_first=False):
    content = content.encode() if isinstance(content, str) else content
    rows = list(rows_of(content))
    return list(read_lines(rows, find_headings(rows), month_first=month_first, today=TODAY))


def workbook(*rows, **options) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        f"{FRENCH}\n{LINE}\n",
        f"{FRENCH}\r\n{LINE}\r\n",
        f"\ufeff{FRENCH}\n{LINE}",
        f"{FRENCH}\n{LINE}\n".encode("cp1252"),
        f"{FRENCH}\n{LINE}\n".encode("latin-1"),
        f"{FRENCH}\n{LINE}\n".replace(";", "\t").encode("utf-16"),
        f"{FRENCH}\n{LINE}\n".replace(";", "\t"),
        f"sep=;\r\n{FRENCH}\n{LINE}\n",
        f"Journal de 2024;;;\n\n{FRENCH}\n{LINE}\n",
        f'{ENGLISH}\n"Zoé Petit",zoe@x.test,individual,,2024-01-12,2024-06-30,10.5,0\n',
        workbook(
            ENGLISH.split(","),
            [
                "Zoé Petit",
                "zoe@x.test",
                "individual",
                None,
                datetime(2024, 1, 12),  # noqa: DTZ001  a day, as a workbook keeps it
                date(2024, 6, 30),
                10.5,
                0,
            ],
        ),
        workbook(FRENCH.split(";"), LINE.split(";")),
    ],
)
def test_a_line_is_the_same_whatever_program_wrote_it(content):
    (line,) = read(content)
    assert (line.client, line.contact, line.group) == ("Zoé Petit", "zoe@x.test", 1)
    assert (line.starts_on, line.ends_on) == (date(2024, 1, 12), date(2024, 6, 30))
    assert (line.paid, line.pro_bono) == (630, 0)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("10", 600), ("1,5", 90), ("1.5", 90), ("1 h 30", 90), ("1h30", 90), ("1:30", 90), ("90 min", 90), ("0,33", 20),
        ("1\u202f250,5", 75030), ("1 250", 75000), ("2 heures", 120), ("45min", 45), ("3 h", 180),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(written, minutes):
    (line,) = read(f"{FRENCH}\nZ;;;;01/01/2020;31/12/2023;{written};\n")
    assert line.paid == minutes


@pytest.mark.parametrize(("value", "minutes"), [(1.5, 90), (time(1, 30), 90), (2, 120)])
def test_hours_of_a_workbook_are_numbers_or_times(value, minutes):
    (line,) = read(workbook(ENGLISH.split(","), ["Z", None, None, None, date(2024, 1, 1), None, value, None]))
    assert line.paid == minutes


@pytest.mark.parametrize(
    ("written", "month_first", "day"),
    [
        ("03/04/2024", False, date(2024, 4, 3)), ("03/04/2024", True, date(2024, 3, 4)), ("3.4.24", False, date(2024, 4, 3)),
        ("2024-04-03", True, date(2024, 4, 3)), ("03-04-2024", False, date(2024, 4, 3)),
        ("2024-04-03 00:00:00", False, date(2024, 4, 3)),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_order_the_coach_says(written, month_first, day):
    (line,) = read(f"{FRENCH}\nZ;;;;{written};;1;\n", month_first=month_first)
    assert line.starts_on == day


BAD_LINES = [
    (";;;;01/01/2024;;1;", Fault.NO_CLIENT),
    ("…;;;;01/01/2024;;1;", Fault.NO_CLIENT),
    (f"{'Z' * 201};;;;01/01/2024;;1;", Fault.TOO_LONG),
    (f"Z;{'c' * 301};;;01/01/2024;;1;", Fault.TOO_LONG),
    ("Z;;;;;;1;", Fault.NO_DATE),
    ("Z;;;;31/02/2024;;1;", Fault.WRONG_DATE),
    ("Z;;;;2024-13-45;;1;", Fault.WRONG_DATE),
    ("Z;;;;13/13/2024;;1;", Fault.WRONG_DATE),
    ("Z;;;;hier;;1;", Fault.WRONG_DATE),
    ("Z;;;;45300;;1;", Fault.WRONG_DATE),
    ("Z;;;;٠١/٠١/٢٠٢٤;;1;", Fault.WRONG_DATE),
    ("Z;;;;01/01/2027;;1;", Fault.FUTURE),
    ("Z;;;;01/01/1900;;1;", Fault.TOO_EARLY),
    ("Z;;;;02/01/2024;01/01/2024;1;", Fault.ENDS_BEFORE),
    ("Z;;;;01/01/2024;;-3;", Fault.NEGATIVE),
    ("Z;;;;01/01/2024;;-1 h 30;", Fault.NEGATIVE),
    ("Z;;;;01/01/2024;;2;-1", Fault.NEGATIVE),
    ("Z;;;;01/01/2024;;beaucoup;", Fault.WRONG_HOURS),
    ("Z;;;;01/01/2024;;NaN;", Fault.WRONG_HOURS),
    ("Z;;;;01/01/2024;;inf;", Fault.WRONG_HOURS),
    ("Z;;;;01/01/2024;;1e9;", Fault.WRONG_HOURS),
    ("Z;;;;01/01/2024;;1:75;", Fault.WRONG_HOURS),
    ("Z;;;;01/01/2024;;999999999;", Fault.TOO_MANY),
    ("Z;;;;01/01/2024;;25;", Fault.TOO_MANY),
    ("Z;;;;01/01/2024;;0;0", Fault.NO_HOURS),
    ("Z;;;;01/01/2024;;;", Fault.NO_HOURS),
    ("Z;;parfois;;01/01/2024;;1;", Fault.WRONG_KIND),
    ("Z;;groupe;;01/01/2024;;1;", Fault.NO_NUMBER),
    ("Z;;individuel;4;01/01/2024;;1;", Fault.ALONE),
    ("Z;;groupe;-4;01/01/2024;;1;", Fault.WRONG_NUMBER),
    ("Z;;groupe;4,5;01/01/2024;;1;", Fault.WRONG_NUMBER),
    ("Z;;groupe;9999;01/01/2024;;1;", Fault.WRONG_NUMBER),
    ("=HYPERLINK(\"http://x\");;;;01/01/2024;;1;", Fault.FORMULA),
    ("Z;;;;=TODAY();;1;", Fault.FORMULA),
    ("Z;;;;01/01/2024;;=1+1;", Fault.FORMULA),
    ("Z;;;;01/01/2024;;=cmd|'/c calc'!A0;", Fault.FORMULA),
]  # fmt: skip


@pytest.mark.parametrize(("line", "fault"), BAD_LINES)
def test_a_line_with_a_fault_says_which_and_where(line, fault):
    rows = read(f"{FRENCH}\n{LINE}\n{line}\n")
    assert isinstance(rows[0], Entry)
    assert (rows[1].number, rows[1].fault) == (3, fault.value)
    assert len(rows[1].value) <= 80


@pytest.mark.parametrize("place", range(8))
def test_a_formula_of_a_workbook_is_never_computed_nor_its_remembered_value_taken(place):
    cells = ["Z", "c", "group", 3, date(2024, 1, 1), date(2024, 2, 1), 4, 1]
    cells[place] = "=1+1"
    (wrong,) = read(workbook(ENGLISH.split(","), cells))
    assert (wrong.fault, wrong.value) == (Fault.FORMULA.value, "=1+1")


def test_a_line_that_stands_twice_in_the_file_is_taken_once():
    first, second = read(f"{FRENCH}\n{LINE}\n{LINE.replace('Zoé', 'ZOE').replace('zoe@', 'autre@')}\n")
    assert isinstance(first, Entry)
    assert second == Wrong(3, "client", Fault.TWICE.value, "ZOE Petit", 2)


def test_a_text_that_our_own_export_has_marked_comes_back_as_it_was():
    (line,) = read(f"{FRENCH}\n'=Zoé;'+33612345678;;;01/01/2024;;1;\n")
    assert (line.client, line.contact) == ("=Zoé", "+33612345678")


def test_signs_that_do_not_show_are_taken_out_of_a_name():
    (line,) = read(f"{FRENCH}\nZo\u202eé\x07 \u00a0 Petit;;;;01/01/2024;;1;\n")
    assert line.client == "Zo é Petit"


def bomb(size: int = 200 << 20) -> bytes:
    return packed({"xl/worksheets/sheet1.xml": b"<a>" + b" " * size + b"</a>"})


def packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>", **parts}.items():
            out.writestr(name, content)
    return written.getvalue()


def far_away() -> bytes:
    """A sheet that claims a million rows, with one cell at the very end."""
    honest = workbook(ENGLISH.split(","), ["Z"])
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(honest)) as source, zipfile.ZipFile(written, "w") as out:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.endswith("sheet1.xml"):
                content = content.replace(
                    b'<row r="2">', b'<row r="1048576">'
                ).replace(b'r="A2"', b'r="XFD1048576"')  # fmt: skip
            out.writestr(item.filename, content)
    return written.getvalue()


BAD_FILES = {
    "blank": (b"\n \n;;;\n", Problem.EMPTY),
    "blank workbook": (workbook(), Problem.EMPTY),
    "pdf": (b"%PDF-1.7 ...", Problem.NOT_A_TABLE),
    "png": (b"\x89PNG\r\n\x1a\n" + b"x" * 50, Problem.NOT_A_TABLE),
    "binary": (bytes(range(256)) * 40, Problem.NOT_A_TABLE),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, Problem.OLD_EXCEL),
    "zip": (b"PK\x03\x04" + b"x" * 100, Problem.DAMAGED),
    "another zip": (packed({})[:60], Problem.DAMAGED),
    "no workbook": (packed({"a": b"b"}).replace(b"xl/workbook.xml", b"xl/worlbook.xml"), Problem.NOT_A_TABLE),
    "empty parts": (packed({}), Problem.DAMAGED),
    "truncated": (workbook(ENGLISH.split(","), ["Z"])[:-200], Problem.DAMAGED),
    "bomb": (bomb(), Problem.TOO_BIG_INSIDE),
    "small bomb": (bomb(20 << 20), Problem.TOO_BIG_INSIDE),
    "many parts": (packed({f"x{n}": b"" for n in range(400)}), Problem.TOO_BIG_INSIDE),
    "entities": (
        packed({"xl/sharedStrings.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        Problem.DAMAGED,
    ),
    "endless cell": (b"Client;Date\n\"" + b"x" * 300_000, Problem.DAMAGED),
    "far away": (far_away(), Problem.TOO_MANY_LINES),
    "too many": (b"Client;Date;Heures\n" + b"Z;01/01/2024;1\n" * 50_001, Problem.TOO_MANY_LINES),
    "blank without end": (b"Client;Date;Heures\n" + b";;\n" * 20_000, Problem.TOO_MANY_LINES),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_table_is_refused_as_a_whole(name):
    content, problem = BAD_FILES[name]
    with pytest.raises(Unreadable) as refusal:
        list(rows_of(content))
    assert refusal.value.problem == problem


def test_damage_anywhere_in_a_workbook_is_an_answer_and_never_a_crash():
    honest = workbook(ENGLISH.split(","), *[["Z", "c", "group", 3, date(2024, 1, 1), None, 4, 1]] * 5)
    for place in range(0, len(honest), 97):
        spoilt = bytearray(honest)
        spoilt[place] ^= 0xFF
        with contextlib.suppress(Unreadable):
            list(rows_of(bytes(spoilt)))


def test_headings_that_are_not_known_are_asked_about():
    rows = list(rows_of("Qui;Quand;Combien\nZoé;01/01/2024;2\n".encode()))
    found = find_headings(rows)
    assert not found.enough
    assert found.words == ("Qui", "Quand", "Combien")


def test_only_so_many_columns_are_looked_at():
    (row,) = rows_of((";".join("x" * 1 for _ in range(5000))).encode())
    assert len(row.cells) == sheets.MOST_COLUMNS

"""The log as a file: what the coach's own program opens, and never computes."""

import csv
import io
from datetime import date

import pytest
from django.utils import translation
from openpyxl import load_workbook

from coaching.kernel.cells import harmless
from ethics.hours.enums import Source
from ethics.hours.exporting import csv_of, xlsx_of
from ethics.hours.reading import find_headings, read_lines
from ethics.hours.reckoning import Line, Stretch
from ethics.hours.sheets import rows_of

DAY = date(2024, 3, 1)


def line(client="Zoé Petit", contact="z@x.test", group=1, **options) -> Line:
    said = {"starts_on": DAY, "ends_on": date(2024, 6, 30), "paid": 630, "pro_bono": 20, **options}
    return Line(Source.IMPORTED, client, contact, group, **said)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")"])  # fmt: skip
def test_no_cell_of_an_export_is_computed_by_who_opens_it(text):
    said = b"".join(csv_of([line(client=text, contact=text)])).decode()
    for row in list(csv.reader(io.StringIO(said, newline=""), delimiter=";"))[1:]:
        assert not any(cell.strip().startswith(("=", "+", "-", "@")) for cell in row)
    book = load_workbook(io.BytesIO(xlsx_of([line(client=text, contact=text)])))
    for cell in list(book.active.rows)[1][:2]:
        assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize("text", ["Zoé", "l’hôpital", "", "1=1", "a-b"])
def test_a_harmless_text_is_told_as_it_is(text):
    assert harmless(text) == text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("make", [lambda lines: b"".join(csv_of(lines)), xlsx_of])
def test_what_leaves_may_come_in_again_and_says_the_same(language, make):
    lines = [line(), line("=Zoé", "+33612345678"), line('L’équipe; "A"', "", 6, paid=0, pro_bono=90)]
    with translation.override(language):
        content = make(lines)
    rows = list(rows_of(content))
    read = list(read_lines(rows, find_headings(rows), month_first=False, today=date(2026, 1, 1)))
    names = ("client", "contact", "group", "starts_on", "ends_on", "paid", "pro_bono")
    assert [[getattr(one, name) for name in names] for one in read] == [
        [getattr(one, name) for name in names] for one in lines
    ]


def test_a_french_table_has_semicolons_and_decimal_commas():
    with translation.override("fr"):
        said = b"".join(csv_of([line()])).decode("utf-8-sig")
    assert "Zoé Petit;z@x.test;individuel;;2024-03-01;2024-06-30;10,50;0,33" in said


def test_a_workbook_has_each_session_on_a_second_sheet():
    times = (Stretch(DAY, 60, 0), Stretch(date(2024, 6, 30), 0, 45))
    book = load_workbook(io.BytesIO(xlsx_of([line(paid=60, pro_bono=45, stretches=times)])))
    rows = [[cell.value for cell in row] for row in book.worksheets[1].rows]
    assert [(row[0], row[4], row[5]) for row in rows[1:]] == [("2024-03-01", 1, 0), ("2024-06-30", 0, 0.75)]


def test_signs_no_workbook_can_hold_are_left_out():
    book = load_workbook(io.BytesIO(xlsx_of([line(client="Zo\x07é\uffff")])))
    assert book.active["A2"].value == "Zoé"

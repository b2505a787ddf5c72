"""The hours log of a long career: ten thousand sessions as a workbook, its page, and a file of fifty thousand earlier lines.

Floor of the workbook: openpyxl writing the very same cells, row by row. Peer: tablib, which keeps the table in memory.
Floor of the file: the csv module reading the same bytes into rows. What the product does above is finding the hours and
who may be named, judging each cell, and sealing.
"""

import csv
import io
import time
import tracemalloc
from datetime import timedelta

import tablib
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from coaching.consents.enums import ConsentKind
from coaching.consents.models import Consent
from coaching.missions.models import Mission, Seat
from coaching.sessions.models import CoachingSession, Participant
from ethics.hours import access
from ethics.hours.exporting import csv_of, xlsx_of
from ethics.hours.services import importing, receiving
from tests.benchmarks.table import ratio, show
from tests.unlocking import unlock

MISSIONS, EACH, ROUNDS, LINES = 200, 50, 3, 50_000
HEADINGS = "Nom du client;Contact;Individuel/Groupe;Nombre dans le groupe;Date de début;Date de fin;Heures payées;Heures pro bono"


def run(world) -> None:
    _write(world)
    browser = _signed_in(world)
    lines = access.log_of(world.coach).lines
    content = xlsx_of(lines)
    cells = [[cell.value for cell in row] for sheet in load_workbook(io.BytesIO(content)) for row in sheet]
    found, queries = _cpu(lambda: access.log_of(world.coach)), _asked(lambda: access.log_of(world.coach))
    ours, floor, peer = _cpu(lambda: xlsx_of(lines)), _cpu(lambda: _floor(cells)), _cpu(lambda: _peer(cells))
    table = _cpu(lambda: b"".join(csv_of(lines)))
    rows = [
        (
            f"the log found and reckoned, {queries} queries",
            f"{found * 1000:.0f} ms",
            ratio(found, 0.5) + " s",
        ),
        (f"as XLSX, {len(cells):,} rows, {len(content) >> 10:,} kB", f"{ours * 1000:.0f} ms", ""),
        ("  × openpyxl writing the same cells", f"{floor * 1000:.0f} ms", ratio(ours / floor, 1.5)),
        ("  × tablib with the same cells", f"{peer * 1000:.0f} ms", f"{ours / peer:.2f}"),
        ("as CSV, the log alone", f"{table * 1000:.0f} ms", ""),
        *_pages(browser),
    ]
    show(f"Hours log of {MISSIONS * EACH:,} sessions (CPU)", ("what", "CPU", "ratio"), rows)
    show(f"A file of {LINES:,} earlier lines (CPU)", ("what", "CPU", "ratio"), _file(world))


def _pages(browser) -> list[tuple]:
    empty = _cpu(lambda: browser.get(reverse("coach_booking_rules")))
    taken = []
    for name in ("coach_hours", "coach_hours_progress", "coach_hours_xlsx"):
        page = _cpu(lambda name=name: browser.get(reverse(name)))
        queries = _asked(lambda name=name: browser.get(reverse(name)))
        taken.append((f"{name}, {queries} queries", f"{page * 1000:.0f} ms", f"{page / empty:.1f} × a form"))
    return taken


def _file(world) -> list[tuple]:
    content = _earlier().encode()
    row = receiving.receive(world.coach, content)
    tracemalloc.start()
    began = time.process_time()
    receiving.read(world.coach, row)
    traced = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1] >> 20
    tracemalloc.stop()
    again = receiving.receive(world.coach, content)
    read = _cpu(lambda: receiving.read(world.coach, again), rounds=1)
    book = receiving.receive(world.coach, _workbook())
    read_book = _cpu(lambda: receiving.read(world.coach, book), rounds=1)
    floor = _cpu(lambda: list(csv.reader(io.StringIO(content.decode()), delimiter=";")))
    source = access.get_import(world.coach, row.ref)
    kept = _cpu(lambda: importing.keep(world.coach, source), rounds=1)
    opened = _cpu(lambda: access.log_of(world.coach))
    return [
        (f"read as CSV, {peak} MB at most ({traced:.1f} s while traced)", f"{read * 1000:.0f} ms", ratio(read, 5) + " s"),
        ("  × the csv module alone", f"{floor * 1000:.0f} ms", f"{read / floor:.1f}"),
        ("read as XLSX", f"{read_book * 1000:.0f} ms", ratio(read_book, 20) + " s"),
        ("put into the log", f"{kept * 1000:.0f} ms", ratio(kept, 5) + " s"),
        (f"the log afterwards, {_asked(lambda: access.log_of(world.coach))} queries", f"{opened * 1000:.0f} ms", ""),
    ]  # fmt: skip


def _earlier() -> str:
    lines = (
        f"Client {n};client{n}@x.test;individuel;;{n % 28 + 1:02}/01/2020;31/12/2023;{n % 90 + 1},5;"
        for n in range(LINES)
    )
    return f"{HEADINGS}\n" + "\n".join(lines)


def _workbook() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in csv.reader(io.StringIO(_earlier()), delimiter=";"):
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write(world) -> None:
    """Missions of one coach with their sessions held, and a coachee who may be named in each."""
    now = timezone.now()
    missions = Mission.unscoped.bulk_create(
        Mission(practice=world.practice, coach=world.users["coach"], title=f"Heures {n}", state="active",
                organisation=world.organisation, opened_at=now, activated_at=now)
        for n in range(MISSIONS)
    )  # fmt: skip
    seats = Seat.unscoped.bulk_create(
        Seat(mission=mission, person=world.people["coachee"], role="coachee") for mission in missions
    )
    Consent.unscoped.bulk_create(
        Consent(seat=seat, kind=ConsentKind.LISTING, items=["name"], given_at=now) for seat in seats
    )
    sessions = CoachingSession.unscoped.bulk_create(
        CoachingSession(mission=mission, coach=world.users["coach"], kind="individual", state="held", minutes=60,
                        held_minutes=55, held_at=now, medium="on_site", created_by=world.users["coach"],
                        starts_at=now - timedelta(days=turn * 7 + 1, minutes=place * 70))
        for place, mission in enumerate(missions) for turn in range(EACH)
    )  # fmt: skip
    Participant.unscoped.bulk_create(
        Participant(session=session, seat=seats[turn // EACH], present=True)
        for turn, session in enumerate(sessions)
    )
    connection.cursor().execute("ANALYZE")


def _signed_in(world) -> Client:
    browser = Client()
    browser.force_login(world.users["coach"], backend="allauth.account.auth_backends.AuthenticationBackend")
    unlock(browser, world.users["coach"])
    return browser


def _floor(cells: list) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in cells:
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _peer(cells: list) -> bytes:
    width = max(len(row) for row in cells)
    table = tablib.Dataset(*(row + [None] * (width - len(row)) for row in cells[1:]), headers=cells[0])
    return table.export("xlsx")


def _asked(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def _cpu(act, rounds: int = ROUNDS) -> float:
    taken = []
    for _round in range(rounds):
        began = time.process_time()
        act()
        taken.append(time.process_time() - began)
    return sorted(taken)[len(taken) // 2]

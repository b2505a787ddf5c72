"""All of a person's data, with 500 sessions: gathered in their request, packed by the worker; against the same with 5."""

import gc
import time

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from coaching.kernel.viewer import Portal
from coaching.missions.models import Objective
from coaching.personal import store
from coaching.personal.gathering import dumps, gather
from coaching.personal.rendering import export_pdfs
from coaching.personal.services import exporting
from tests.benchmarks.long import _fill
from tests.benchmarks.pages import _browser, _cpu, _floor
from tests.benchmarks.table import ratio, show
from tests.personal.helpers import task
from tests.sessions.helpers import active

FEW, MANY = 5, 500


def run(world) -> None:
    mission = active(world)
    aim = Objective.unscoped.filter(mission=mission).first()
    me = world.viewer("coachee", Portal.COACHEE)
    gc.collect()
    gc.freeze()
    with _floor():
        _fill(world, mission, aim, FEW)
        few = _measure(world, me)
        _fill(world, mission, aim, MANY)
        many = _measure(world, me)
    rows = [
        (f"{number} sessions, decisions and means", *found) for number, found in ((FEW, few), (MANY, many))
    ]
    show(
        "All of a person’s data (gathered in the request; printed, packed and sealed by the worker)",
        ("how much", "gathered, CPU", "× an empty page", "queries", "packed, wall", "JSON", "ZIP, sealed"),
        rows,
    )


def _measure(world, me) -> tuple:
    gather(me, "fr")
    reset_queries()
    with CaptureQueriesContext(connection) as asked:
        told = gather(me, "fr")
    queries = len(asked)
    cpu = min(_timed(lambda: gather(me, "fr")) for _turn in range(3))
    _page, empty = _cpu(_browser(world, "coachee"), "/coachee/data/", "/coachee/empty/")
    list(export_pdfs({**told, "parts": []}))  # the engine is warm
    row = exporting.ask(me, "fr")
    began = time.perf_counter()
    exporting.pack(task(subject=row.ref))
    wall = time.perf_counter() - began
    size = store.path_of(row.ref).stat().st_size
    return (
        f"{cpu * 1000:.0f} ms",
        ratio(cpu / empty, 60),
        queries,
        f"{wall:.1f} s",
        f"{len(dumps(told)) / 1024:.0f} kB",
        f"{size / 1024:.0f} kB",
    )


def _timed(do) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began

"""What has been kept long enough goes: class by class, a few rows at a time, each batch whole or not at all.

A batch is one act: what it takes away and the line of the journal that says so stand or fall together. Nothing is noted of
where a purge stands: what is left to do is asked of the tables, so that one that was killed is gone on with by the next.
Files go after their rows: an act that takes rows away writes down the files it dooms, and whoever comes next takes them from
the disk.
"""

import hashlib
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from coaching.accounts.models import Practice
from coaching.clients.models import Person
from coaching.documents.models import Document
from coaching.documents.store import forget
from coaching.jobs.services import Task
from coaching.journal.services import lifting
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.transitions import hold as take_row
from coaching.kernel.viewer import SYSTEM
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from coaching.notes.models import SessionNote
from coaching.recourse.models import Signal
from coaching.vault.enums import Audience
from coaching.vault.guard import looking
from coaching.vault.services import destroy_of_mission
from ethics.development.models import ShownSheet

from ..due import LETTERS_AND_PEOPLE, due_missions, due_rows
from ..enums import OF_MISSIONS, Kind
from ..graph import documents_of, loosened, rows_of
from ..models import DoomedFile, Hold, Purged

BATCH = {Kind.NOTES: 20, Kind.EXCHANGES: 20, Kind.SIGNALS: 20, Kind.MISSIONS: 5}
ROWS = 500
AUDIENCES = {
    Kind.NOTES: (Audience.COACH,),
    Kind.EXCHANGES: (Audience.COACHEE, Audience.COACH_AND_COACHEE, Audience.COACHEE_AND_COLLEAGUE),
    Kind.SIGNALS: (Audience.COACHEE_AND_RECOURSE,),
    Kind.MISSIONS: tuple(Audience),
}


def purge(task: Task | None = None) -> dict[str, int]:
    """Everything that is due, in every practice; gives how many of each class went. For the worker, once a day.

    Records ``purge.batch`` for each batch: the class, how many, how many rows and files, the digest of the references.
    """
    done: dict[str, int] = {}
    sweep()
    for practice in Practice.unscoped.order_by("pk"):
        for kind in Kind:
            while taken := _batch(practice, kind):
                done[kind.value] = done.get(kind.value, 0) + taken
                sweep()
                if task is not None:
                    task.progress(50)
    return done


def _batch(practice: Practice, kind: Kind) -> int:
    if kind in OF_MISSIONS:
        return _missions(practice, kind, list(due_missions(practice.pk, kind)[: BATCH[kind]]))
    return _rows(practice, kind, due_rows(practice, kind))


@act
def _missions(practice: Practice, kind: Kind, missions: list[Mission]) -> int:
    gone = [mission for mission in missions if _is_free(mission)]
    counts = [_TAKE[kind](mission) for mission in gone]
    if not gone:
        return 0
    rows, files = (sum(column) for column in zip(*counts, strict=True))
    _tell(practice, kind, [mission.ref for mission in gone], rows=rows, files=files)
    return len(gone)


def _is_free(mission: Mission) -> bool:
    """Held by its coach since it was looked for, or taken by another worker: left alone. The row is held meanwhile."""
    try:
        take_row(mission)
    except Mission.DoesNotExist:
        return False
    return not Hold.unscoped.filter(mission=mission, lifted_at=None).exists()


def _people_of(mission: Mission) -> set[int]:
    """Everybody through whom a compartment of it may be found."""
    seats = Seat.unscoped.filter(mission=mission, role=SeatRole.COACHEE).exclude(person__user=None)
    recourse = Signal.unscoped.filter(mission=mission).exclude(recourse__user=None)
    return {
        mission.coach_id,
        *seats.values_list("person__user_id", flat=True),
        *recourse.values_list("recourse__user_id", flat=True),
    }


def _destroy(mission: Mission, kind: Kind) -> int:
    return destroy_of_mission(
        user_ids=_people_of(mission), by=SYSTEM, mission_ref=mission.ref, audiences=AUDIENCES[kind]
    )


def _take_texts(kind: Kind):
    """The keys of the class's compartments are destroyed: nobody opens its texts any more."""

    def take(mission: Mission) -> tuple[int, int]:
        gone = _destroy(mission, kind)
        Purged.unscoped.create(mission=mission, kind=kind)
        return gone, 0

    return take


def _take_notes(mission: Mission) -> tuple[int, int]:
    """Notes leave no row either; a point for supervision that came from one forgets where it came from."""
    gone = _destroy(mission, Kind.NOTES)
    gone += _delete(rows_of(SessionNote, _pks(SessionNote.unscoped.filter(mission=mission))))
    Purged.unscoped.create(mission=mission, kind=Kind.NOTES)
    return gone, 0


def _take_file(mission: Mission) -> tuple[int, int]:
    """Every row that leans on the mission, and the documents of its own; their files are doomed."""
    gone = _destroy(mission, Kind.MISSIONS)
    with looking(mission.coach_id), lifting("purge"):
        found = rows_of(Mission, {mission.pk})
        found[ShownSheet] = _pks(ShownSheet.unscoped.filter(mission_ref=mission.ref))  # it names it, by value
        documents = documents_of(found)
        gone += _delete(found)
        Document.unscoped.filter(pk__in=list(documents))._raw_delete(connection.alias)
    for sha256 in sorted(set(documents.values())):
        DoomedFile.unscoped.get_or_create(sha256=sha256)
    return gone + len(documents), len(set(documents.values()))


_TAKE = {
    Kind.NOTES: _take_notes,
    Kind.EXCHANGES: _take_texts(Kind.EXCHANGES),
    Kind.SIGNALS: _take_texts(Kind.SIGNALS),
    Kind.MISSIONS: _take_file,
}


@act
def _rows(practice: Practice, kind: Kind, rows: QuerySet) -> int:
    """Rows of their own: letters, invitations, people nobody works with."""
    model, refs = LETTERS_AND_PEOPLE[kind], dict(rows.values_list("pk", "ref")[:ROWS])
    if model is Person:  # held, so that nobody gives one of them a seat meanwhile; then asked again
        list(Person.unscoped.filter(pk__in=list(refs)).select_for_update().values_list("pk"))
        refs = dict(rows.filter(pk__in=list(refs)).values_list("pk", "ref"))
    if not refs:
        return 0
    found = rows_of(model, set(refs)) if model is Person else {model: set(refs)}
    _tell(practice, kind, refs.values(), rows=_delete(found), files=0)
    return len(refs)


def _delete(found) -> int:
    """In any order: the engine looks at the keys when the act ends. Keys of rows that stay are emptied first."""
    for model, key, pks in loosened(found):
        model.unscoped.filter(**{f"{key.name}__in": list(pks)}).update(**{key.name: None})
    gone = 0
    for model, pks in found.items():
        rows = sorted(pks)
        for start in range(0, len(rows), ROWS):
            gone += model.unscoped.filter(pk__in=rows[start : start + ROWS])._raw_delete(connection.alias)
    return gone


def _pks(rows: QuerySet) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def sweep() -> int:
    """Take doomed files from the disk: the file, then what remembers it. Begun again, it goes on."""
    gone = 0
    for doomed in DoomedFile.unscoped.order_by("pk"):
        if not Document.unscoped.filter(sha256=doomed.sha256).exists():
            forget(doomed.sha256)
        with one_act():
            gone += DoomedFile.unscoped.filter(pk=doomed.pk).delete()[0]
    return gone


def _tell(practice: Practice, kind: Kind, refs: Iterable[str], *, rows: int, files: int) -> None:
    named = sorted(refs)
    data = {
        "class": kind.value,
        "count": len(named),
        "rows": rows,
        "files": files,
        "digest": hashlib.sha256("\n".join(named).encode()).hexdigest(),
    }
    events.record(chain=practice.ref, kind="purge.batch", actor=SYSTEM, subject=practice.ref, data=data)

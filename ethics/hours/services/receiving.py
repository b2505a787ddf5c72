"""A file of earlier hours arrives and is read. Nothing of it counts before its coach has confirmed it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import chain, islice

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.jobs.services import Task, enqueue
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.transitions import Move, perform
from coaching.kernel.viewer import SYSTEM, Actor, Portal, Viewer, system

from .. import waiting
from ..enums import Column, ImportState
from ..models import HoursImport
from ..packing import Entry
from ..reading import WITHIN, Headings, find_headings, missing, read_lines
from ..sheets import LARGEST, ZIP, Row, Unreadable, rows_of
from ..transitions import IMPORT, WAITING

JOB = "hours.read"
FORGET = "hours.forget"
AT_ONCE = 100_000  # bytes: about a thousand lines, a tenth of a second
STAYS = timedelta(days=7)  # what nobody has confirmed is not kept
EVERY = 2_000  # lines from one word on the progress to the next

Say = Callable[[int], None]


@act
def receive(viewer: Viewer, content: bytes, *, month_first: bool = False) -> HoursImport:
    """A coach sends a file of their earlier hours. Records ``hours_import.receive`` in their own chain of the journal.

    Who may: a coach, behind their portal. A short file is read by the caller at once (:func:`read`), a long one by the
    worker. Raises :class:`Invalid` beside the field where it is empty or larger than :data:`..sheets.LARGEST`.
    """
    if viewer.portal != Portal.COACH:
        raise NotAllowedNow(_("Only a coach keeps an hours log."))
    if not content:
        raise Invalid(_("The file is empty."), field="file")
    if len(content) > LARGEST:
        raise Invalid(
            _("This file is too large: at most %(size)d MB.") % {"size": LARGEST >> 20}, field="file"
        )
    row = HoursImport(practice_id=viewer.practice_id, coach_id=viewer.user_id, month_first=month_first)
    row.full_clean()
    row.save(force_insert=True)
    waiting.keep_file(row, content)
    events.record(chain=viewer.user_ref, kind="hours_import.receive", actor=viewer.user_ref, subject=row.ref)
    if not at_once(content):
        enqueue(JOB, row.ref, practice_ref=viewer.practice_ref)
    return row


def at_once(content: bytes) -> bool:
    """Whether a file is short enough to be read while its coach waits; a workbook is packed to a tenth of its size."""
    return len(content) * (10 if content.startswith(ZIP) else 1) <= AT_ONCE


def read_if_short(viewer: Viewer, source: HoursImport) -> HoursImport:
    """Read at once what the worker was not asked for."""
    content = waiting.file_of(source)
    return read(viewer, source) if content is not None and at_once(content) else source


def read(by: Viewer | Actor, source: HoursImport, say: Say = lambda percent: None) -> HoursImport:
    """Read a file that was received: to be confirmed, to have its columns named, or not readable.

    Who may: its coach, and the worker. Records ``hours_import.read``, ``.ask_columns`` or ``.fail``. A file that was
    read meanwhile is left as it is.
    """
    content = waiting.file_of(source)
    if content is None or source.state != ImportState.RECEIVED:
        return source
    try:
        found = _read(source, content, say)
    except Unreadable as refused:
        return _move(by, source, "fail", problem=refused.problem.value)
    if found is None:
        return _move(by, source, "ask_columns")
    return _to_confirm(by, source, found)


def _read(source: HoursImport, content: bytes, say: Say) -> waiting.Preview | None:
    """Its lines; None where its columns are to be named."""
    rows = rows_of(content)
    head = list(islice(rows, WITHIN))
    headings = _headings(source, head)
    if not headings.enough:
        return None
    preview, today = waiting.Preview(), timezone.localdate()
    counted = _counting(chain(head, rows), content.count(b"\n"), say)
    for one in read_lines(counted, headings, month_first=source.month_first, today=today):
        (preview.entries if isinstance(one, Entry) else preview.wrong).append(one)
    return preview


def _headings(source: HoursImport, head: list[Row]) -> Headings:
    """Those recognised, or those the coach has named."""
    found = find_headings(head)
    if not source.columns:
        return found
    columns = {name: place for name, place in source.columns.items() if name in Column.values}
    return Headings(0 if source.columns.get("headless") else found.row, found.words, columns)


def _counting(rows: Iterator[Row], expected: int, say: Say) -> Iterator[Row]:
    for turn, row in enumerate(rows, start=1):
        if turn % EVERY == 0:
            say(min(95, 95 * turn // max(expected, turn + EVERY)))
        yield row


def _to_confirm(by: Viewer | Actor, source: HoursImport, preview: waiting.Preview) -> HoursImport:
    good = len(preview.entries)

    def effects(current: HoursImport, _move: Move) -> None:
        waiting.keep_preview(current, preview)

    return _move(
        by, source, "read", also=effects, line_count=good + len(preview.wrong), good_count=good, problem=""
    )


def _move(by: Viewer | Actor, source: HoursImport, name: str, *, also=None, **changes) -> HoursImport:
    """What changes with the state goes before it: a state that needs a word is refused without it."""
    roles = frozenset({SYSTEM} if by.user_ref == SYSTEM else _coach(by, source))
    with one_act():
        HoursImport.unscoped.filter(pk=source.pk, state=source.state).update(**changes) if changes else None
        return perform(IMPORT, source, name, by, roles=roles, effects=also)


def _coach(by: Viewer, source: HoursImport) -> set[str]:
    return {"coach"} if by.portal == Portal.COACH and source.coach_id == by.user_id else set()


def name_columns(
    viewer: Viewer, source: HoursImport, columns: dict[str, int], *, headless: bool
) -> HoursImport:
    """The coach says which column is which; the file is read again. Records ``hours_import.name_columns``.

    Who may: its coach, while it waits for that. Raises :class:`Invalid` beside the column that is missing or named twice.
    """
    absent = missing(columns)
    if absent:
        raise Invalid(_("Say which column this is."), field=absent[0].value)
    seen: dict[int, str] = {}
    for name, place in columns.items():
        if place in seen:
            raise Invalid(_("This column is named already."), field=name)
        seen[place] = name

    def effects(current: HoursImport, _move: Move) -> None:
        said = {**columns, **({"headless": 1} if headless else {})}
        HoursImport.unscoped.filter(pk=current.pk).update(columns=said)
        current.refresh_from_db()
        if not at_once(waiting.file_of(current)):
            enqueue(JOB, current.ref, practice_ref=viewer.practice_ref)

    return _move(viewer, source, "name_columns", also=effects)


def head_of(source: HoursImport) -> tuple[Headings, list[Row]] | None:
    """The first rows of a file whose columns are to be named, as its coach sees them; None where it is read already."""
    content = waiting.file_of(source)
    if content is None:
        return None
    head = list(islice(rows_of(content), WITHIN))
    return find_headings(head), head


def read_job(task: Task) -> None:
    """The worker reads a long file; done already where it was read, named or discarded meanwhile."""
    source = HoursImport.unscoped.select_related("coach", "practice").filter(ref=task.subject).first()
    if source is not None:
        with suppress(NotAllowedNow):
            read(system(source.practice.ref), source, task.progress)


def forget_job(task: Task) -> None:
    """What nobody has confirmed in seven days is not kept."""
    rows = HoursImport.unscoped.filter(state__in=WAITING, received_at__lt=timezone.now() - STAYS)
    for row in rows.select_related("practice"):
        discard(system(row.practice.ref), row)


def discard(by: Viewer | Actor, source: HoursImport) -> HoursImport:
    """Nothing of a file is kept. Records ``hours_import.discard``. Who may: its coach, and the worker after seven days."""
    return _move(by, source, "discard", also=lambda current, _move: waiting.forget(current))

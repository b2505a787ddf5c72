"""Keeping what was opened: what the kernel's decorators hand on after a page was made (decision 0023)."""

from django.db import DEFAULT_DB_ALIAS
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery
from django.utils import timezone

from coaching.kernel.openings import Noted
from coaching.kernel.viewer import Portal, Viewer

from .models import Opening


def keep(viewer: Viewer, noted: list[Noted]) -> None:
    """One statement for all that a page has shown; nothing for the mission's own coach and the coachee concerned.

    Who may: the decorators of ``kernel.http`` alone. Emits nothing: an opening is no act, and has no event. Whatever the
    database says goes up, so that what could not be noted is not shown.
    """
    now = timezone.now()
    rows = [_row(viewer, one, now) for one in noted if not _of_the_two(viewer, one)]
    if rows:
        _write(rows)


def _write(rows: list[Opening]) -> None:
    """A single statement, in no transaction of its own: a page that is opened costs no more."""
    insert = InsertQuery(Opening, on_conflict=OnConflict.IGNORE)
    insert.insert_values([field for field in Opening._meta.concrete_fields if not field.primary_key], rows)
    insert.get_compiler(using=DEFAULT_DB_ALIAS).execute_sql()


def _of_the_two(viewer: Viewer, one: Noted) -> bool:
    if viewer.portal == Portal.COACH:
        return one.mission.coach_id == viewer.user_id
    if viewer.portal != Portal.COACHEE:
        return False
    # What is the whole table's concerns each of its coachees; a paper of one's own, that one.
    return one.seat is None or one.seat.person.user_id == viewer.user_id


def _row(viewer: Viewer, one: Noted, now) -> Opening:
    return Opening(
        mission_id=one.mission.pk,
        seat=one.seat,
        reader_id=viewer.user_id,
        portal=viewer.portal.value,
        what=one.what.value,
        subject=one.subject,
        at=now,
        hour=now.replace(minute=0, second=0, microsecond=0),
    )

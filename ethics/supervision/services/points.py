"""A coach's points for supervision: written, changed, brought, removed. By their author alone, with their own key open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.refs import new_ref
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Portal, Viewer
from coaching.notes.models import SessionNote
from coaching.vault.services import erase_text, erase_version, reseal

from ..models import SupervisionPoint, SupervisionSession
from ..naming import Found
from ..policy import POINT_PLACE
from ..transitions import POINT
from .words import look, seal_words


@dataclass(frozen=True, slots=True)
class Written:
    """A point as it was kept, and the words of it that may be names and held nothing back."""

    point: SupervisionPoint
    doubts: tuple[Found, ...]


@act
def write(
    viewer: Viewer, text: str, *, note: SessionNote | None = None, meant: Collection[str] = ()
) -> Written:
    """A coach writes a point down, sealed to themself alone. Records ``point.write`` in their own chain of the journal.

    Who may: a coach, behind their portal, with their key open (:class:`coaching.vault.errors.Locked` otherwise); ``note``
    is one of theirs. Raises :class:`Invalid` beside the field, and :class:`Named` for what names somebody, unless it is
    among ``meant`` (article Supervision: points are anonymous).
    """
    if viewer.portal != Portal.COACH or (note is not None and note.author_id != viewer.user_id):
        raise NotAllowedNow(_("Only a coach writes points for their own supervision."))
    text, doubts = look(viewer, text, meant)
    if note is not None:
        _hold_note(note)
    row = SupervisionPoint(
        ref=new_ref("PT"), practice_id=viewer.practice_id, coach_id=viewer.user_id, note=note
    )
    row.sealed_ref = seal_words(viewer, text, place=POINT_PLACE, row=row.ref)
    row.full_clean()
    row.save(force_insert=True)
    _tell(viewer, row, "write")
    return Written(row, doubts)


@act
def reword(
    viewer: Viewer, point: SupervisionPoint, text: str, *, based_on: int, meant: Collection[str] = ()
) -> Written:
    """Other words; those of before are erased, whatever name they had. Records ``point.edit``, as above.

    Who may: its author, while it is to be brought. :class:`Stale` when another window has changed it since ``based_on``.
    """
    current = _own(viewer, point)
    if not current.open:
        raise NotAllowedNow(
            _("This point was brought to supervision: say that it is to be brought again to reword it.")
        )
    text, doubts = look(viewer, text, meant)
    if current.number != based_on:
        raise Stale(
            _("Another window has changed this point since. Yours is kept below: compare, then save.")
        )
    ref = reseal(viewer, current.sealed_ref, text, place=POINT_PLACE, row=current.ref)
    erase_version(viewer, current.sealed_ref, place=POINT_PLACE, row=current.ref)
    SupervisionPoint.unscoped.filter(pk=current.pk).update(
        sealed_ref=ref, number=current.number + 1, changed_at=timezone.now()
    )
    _tell(viewer, current, "edit")
    current.refresh_from_db()
    return Written(current, doubts)


def treat(
    viewer: Viewer, point: SupervisionPoint, day: date, session: SupervisionSession | None = None
) -> SupervisionPoint:
    """The coach has brought it to supervision on ``day``, that of ``session`` where they have recorded it.

    Records ``point.treat``, as above. Who may: its author.
    """
    if day > timezone.localdate():
        raise Invalid(_("This day has not come yet."), field="brought_on")
    return _move(viewer, point, "treat", brought_on=day, session=session)


def reopen(viewer: Viewer, point: SupervisionPoint) -> SupervisionPoint:
    """It is to be brought again. Records ``point.reopen``, as above. Who may: its author."""
    return _move(viewer, point, "reopen", brought_on=None, treated_at=None, session=None)


@act
def remove(viewer: Viewer, point: SupervisionPoint) -> None:
    """Its author removes a point, for good. Records ``point.remove``, as above.

    Backups made before still hold it, sealed, until they are themselves gone.
    """
    row = _own(viewer, point)
    erase_text(viewer, place=POINT_PLACE, row=row.ref)
    if SupervisionPoint.unscoped.filter(pk=row.pk).delete()[0] == 0:
        raise Stale(_("This point is removed already."))
    _tell(viewer, row, "remove")


def _hold_note(note: SessionNote) -> None:
    """Until the point is kept: another window may be erasing the note at this instant."""
    try:
        hold(note)
    except SessionNote.DoesNotExist as gone:
        raise Stale(_("The note was erased meanwhile. Your words are kept below.")) from gone


def _move(viewer: Viewer, point: SupervisionPoint, name: str, **changes) -> SupervisionPoint:
    own = viewer.portal == Portal.COACH and point.coach_id == viewer.user_id

    def effects(current: SupervisionPoint, _move: Move) -> None:
        SupervisionPoint.unscoped.filter(pk=current.pk).update(**changes)
        current.refresh_from_db()

    return perform(POINT, point, name, viewer, roles=frozenset({"coach"} if own else ()), effects=effects)


def _own(viewer: Viewer, point: SupervisionPoint) -> SupervisionPoint:
    if viewer.portal != Portal.COACH or point.coach_id != viewer.user_id:
        raise NotAllowedNow(_("Only its author changes a point for supervision."))
    try:
        return hold(point)
    except SupervisionPoint.DoesNotExist as gone:
        raise Stale(_("This point is removed already.")) from gone


def _tell(viewer: Viewer, row: SupervisionPoint, what: str) -> None:
    told = row.told_in(viewer)
    events.record(chain=told.chain, kind=f"point.{what}", actor=told.actor, subject=row.ref)

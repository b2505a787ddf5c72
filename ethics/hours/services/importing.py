"""The lines of a file go into the log once their coach has confirmed them, and leave it again as a whole."""

from django.utils.translation import gettext_lazy as _

from coaching.accounts.models import Membership
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.refs import new_ref
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Portal, Viewer
from coaching.vault.enums import Audience
from coaching.vault.services import erase_text, seal

from .. import waiting
from ..access import entries_there
from ..models import HoursImport, LogPart
from ..packing import Entry, in_parts, pack
from ..policy import PART_PLACE
from ..transitions import IMPORT


def keep(viewer: Viewer, source: HoursImport) -> HoursImport:
    """The lines without a fault go into the log; those that are in it already do not go in twice.

    Who may: its coach, with their key open (:class:`coaching.vault.errors.Locked`), once it was read. Two files confirmed
    at once wait for each other. Records ``hours_import.keep`` in the coach's own chain. Raises :class:`NotAllowedNow`
    where there is nothing to add.
    """
    _check_own(viewer, source)

    def effects(current: HoursImport, _move: Move) -> None:
        fresh = fresh_of(viewer, _preview(source))
        if not fresh:
            raise NotAllowedNow(_("Every line of this file is in your log already: there is nothing to add."))
        _write(viewer, current, fresh)
        waiting.forget(current)
        HoursImport.unscoped.filter(pk=current.pk).update(kept_count=len(fresh))
        current.refresh_from_db()

    return _move(viewer, source, "keep", effects)


def _preview(source: HoursImport) -> waiting.Preview:
    preview = waiting.preview_of(source)
    if preview is None:
        raise NotAllowedNow(_("Your key was replaced since this file was read: send it again."))
    return preview


def fresh_of(viewer: Viewer, preview: waiting.Preview) -> list[Entry]:
    """The lines of a file that are not in the log yet. Raises :class:`coaching.vault.errors.Locked`."""
    there = {entry.same for _ref, entry in entries_there(viewer)}
    return [entry for entry in preview.entries if entry.same not in there]


def take_back(viewer: Viewer, source: HoursImport) -> HoursImport:
    """Every line of an import leaves the log, its texts erased. Records ``hours_import.take_back``. Who may: its coach."""
    _check_own(viewer, source)

    def effects(current: HoursImport, _move: Move) -> None:
        parts = LogPart.unscoped.filter(source=current)
        for part in parts:
            erase_text(viewer, place=PART_PLACE, row=part.ref)
        parts.delete()

    return _move(viewer, source, "take_back", effects)


def _check_own(viewer: Viewer, source: HoursImport) -> None:
    if viewer.portal != Portal.COACH or source.coach_id != viewer.user_id:
        raise NotAllowedNow(_("Only the coach who sent it decides on a file of hours."))


def _move(viewer: Viewer, source: HoursImport, name: str, effects) -> HoursImport:
    def in_turn(current: HoursImport, move: Move) -> None:
        hold(Membership.unscoped.get(user_id=viewer.user_id, practice_id=viewer.practice_id))
        effects(current, move)

    return perform(IMPORT, source, name, viewer, roles=frozenset({"coach"}), effects=in_turn)


def _write(viewer: Viewer, source: HoursImport, entries: list[Entry]) -> None:
    """Sealed to the coach alone, in the compartment of their own in this practice: no mission's key takes them with it."""
    for number, rows in enumerate(in_parts(entries)):
        part = LogPart(ref=new_ref("HP"), source=source, number=number)
        part.sealed_ref = seal(
            viewer,
            pack(rows),
            place=PART_PLACE,
            row=part.ref,
            mission_ref=viewer.practice_ref,
            audience=Audience.COACH,
            about=viewer.user_ref,
            members={viewer.user_id},
        )
        part.full_clean()
        part.save(force_insert=True)

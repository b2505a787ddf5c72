"""Private notes: begun, written, erased. By their author alone, with their own key open."""

import unicodedata
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.markup import check
from coaching.kernel.transitions import hold
from coaching.kernel.viewer import Viewer
from coaching.missions.access import roles_at
from coaching.missions.models import Mission
from coaching.sessions.models import CoachingSession
from coaching.vault.enums import Audience
from coaching.vault.services import erase_text, erase_version, reseal, seal

from ..access import note_of, text_of
from ..models import SessionNote
from ..policy import NOTE_PLACE

EMPTY = _("There is nothing in it. To be rid of the note, erase it.")
SITTING = timedelta(minutes=10)  # what one window types meanwhile is one version


@act
def begin(viewer: Viewer, mission: Mission, session: CoachingSession | None = None) -> SessionNote:
    """A note of a session, the one there is or a new one; without a session, a new one of the mission. Records ``note.begin``.

    Who may: the mission's coach. Nothing is written in it yet.
    """
    if "coach" not in roles_at(viewer, mission):
        raise NotAllowedNow(_("Only the mission’s coach keeps notes of it."))
    if session is not None:
        session = hold(session)  # two clicks at once begin one note
        found = note_of(viewer, session)
        if found is not None:
            return found
    note = SessionNote(mission=mission, session=session, author_id=viewer.user_id)
    note.full_clean()
    note.save(force_insert=True)
    _tell(viewer, note, "begin")
    return note


@act
def write(viewer: Viewer, note: SessionNote, text: str, *, based_on: int, tab: str) -> SessionNote:
    """What the author's window ``tab`` now says of a note; sealed to its author alone.

    ``based_on`` is the version that window wrote on from. Another window may have written since: :class:`Stale`, and
    nothing is replaced. What one window types within ten minutes is one version, unless half of it goes at once: what
    was there before stays to be read. No event: a note is its author's, and begun in the journal.
    """
    current = hold(note)
    if current.author_id != viewer.user_id:
        raise NotAllowedNow(_("Only its author writes in a note."))
    text = _fit(text)
    _refuse_stale(current, based_on, tab)
    before = text_of(viewer, current)
    if before == text:
        return current
    goes_on = _goes_on(current, tab, before, text)
    ref = _keep(viewer, current, text)
    if goes_on:
        erase_version(viewer, current.sealed_ref, place=NOTE_PLACE, row=current.ref)
    now = timezone.now()
    SessionNote.unscoped.filter(pk=current.pk).update(
        sealed_ref=ref,
        number=current.number + 1,
        tab=tab,
        written_at=now,
        begun_at=current.begun_at if goes_on else now,
    )
    current.refresh_from_db()
    return current


def _fit(text: str) -> str:
    # One spelling of each accent: what is searched later is compared sign by sign.
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).rstrip()
    if not text:
        raise Invalid(EMPTY, field="text")
    try:
        check(text)
    except Invalid as wrong:
        raise Invalid(wrong.message, field="text") from wrong
    return text


def _refuse_stale(current: SessionNote, based_on: int, tab: str) -> None:
    """A window that was the last to write goes on, whether or not it heard that its text had arrived."""
    if based_on != current.number and tab != current.tab:
        raise Stale(_("Another window has written in this note since. Nothing of either is lost."))


def _goes_on(current: SessionNote, tab: str, before: str, text: str) -> bool:
    recent = current.begun_at is not None and timezone.now() - current.begun_at < SITTING
    return recent and current.tab == tab and 2 * len(text) >= len(before)


def _keep(viewer: Viewer, note: SessionNote, text: str) -> str:
    if note.sealed_ref:
        return reseal(viewer, note.sealed_ref, text, place=NOTE_PLACE, row=note.ref)
    return seal(
        viewer,
        text,
        place=NOTE_PLACE,
        row=note.ref,
        mission_ref=note.mission.ref,
        audience=Audience.COACH,
        about=note.mission.ref,
        members={viewer.user_id},
    )


@act
def erase(viewer: Viewer, note: SessionNote) -> None:
    """The author erases a note with all its versions, for good. Records ``note.erase``.

    Backups made before still hold it, sealed, until they are themselves gone.
    """
    if note.author_id != viewer.user_id:
        raise NotAllowedNow(_("Only its author erases a note."))
    erase_text(viewer, place=NOTE_PLACE, row=note.ref)
    if SessionNote.unscoped.filter(pk=note.pk).delete()[0] == 0:
        raise Stale(_("This note is erased already."))
    _tell(viewer, note, "erase")


def _tell(viewer: Viewer, note: SessionNote, what: str) -> None:
    told = note.told_in(viewer)
    events.record(chain=told.chain, kind=f"note.{what}", actor=told.actor, subject=note.ref)

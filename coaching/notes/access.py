"""Reading notes and summaries. The words are asked of the vault, which asks for the reader's own key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission, Seat
from coaching.sessions.models import CoachingSession, Participant
from coaching.vault.access import Version, open_text, open_texts, scan_place, versions_of

from .matching import Words, excerpt
from .models import SessionNote, SharedSummary
from .policy import NOTE_PLACE, NOTE_RULES, SUMMARY_PLACE, SUMMARY_RULES

Excerpt = list[tuple[str, bool]]


def notes_for(viewer: Viewer) -> QuerySet[SessionNote]:
    """The viewer's own notes, the last written first. Nobody else has any: there is no rule for them."""
    rows = SessionNote.objects.visible_to(viewer, NOTE_RULES)
    return rows.select_related("mission", "session").order_by("-written_at", "-pk")


def written_for(viewer: Viewer, mission: Mission | None = None) -> QuerySet[SessionNote]:
    """Those in which something is written, of one mission or of all."""
    rows = notes_for(viewer).filter(number__gt=0)
    return rows.filter(mission=mission) if mission else rows


def get_note(viewer: Viewer, ref: str) -> SessionNote:
    return get_visible(notes_for(viewer), ref)


def note_of(viewer: Viewer, session: CoachingSession) -> SessionNote | None:
    """The viewer's note of a session, if they have begun one."""
    return notes_for(viewer).filter(session=session).first()


def text_of(viewer: Viewer, note: SessionNote) -> str:
    """The words of a note, to its author; empty before the first is kept. Raises ``vault.errors.Locked``."""
    if not note.sealed_ref:
        return ""
    return open_text(viewer, note.sealed_ref, place=NOTE_PLACE, row=note.ref)


def texts_of(viewer: Viewer, notes: Iterable[SessionNote]) -> dict[str, str]:
    """The words of several notes, by reference, in one query."""
    refs = {note.ref: note.sealed_ref for note in notes if note.sealed_ref}
    return open_texts(viewer, refs, place=NOTE_PLACE)


def note_versions(viewer: Viewer, note: SessionNote) -> list[Version]:
    """What the note said at the end of each sitting, the last first."""
    return versions_of(viewer, place=NOTE_PLACE, row=note.ref)


def text_of_version(viewer: Viewer, note: SessionNote, number: int) -> str:
    """What the note said at that version; 404 where it is not kept."""
    for version in note_versions(viewer, note):
        if version.number == number:
            return open_text(viewer, version.ref, place=NOTE_PLACE, row=note.ref)
    raise Http404


@dataclass(frozen=True, slots=True)
class Found:
    note: SessionNote
    excerpt: Excerpt


class Search:
    """Notes that hold all the words, the last written first; pages of them, as a paginator asks for them.

    Every note of the viewer is opened and read once, in memory; nothing of it is kept anywhere, and there is no index
    that could be stolen.
    """

    def __init__(self, viewer: Viewer, words: Words, mission: Mission | None = None):
        self._words = words
        texts = {row: text for row, text in scan_place(viewer, NOTE_PLACE) if words.found_in(text)}
        shown = written_for(viewer, mission).values_list("ref", flat=True)
        self._rows, self._viewer = [ref for ref in shown if ref in texts], viewer
        self._texts = texts

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, wanted: slice) -> list[Found]:
        refs = self._rows[wanted]
        notes = {note.ref: note for note in notes_for(self._viewer).filter(ref__in=refs)}
        return [Found(notes[ref], excerpt(self._texts[ref], self._words)) for ref in refs if ref in notes]


def summaries_for(viewer: Viewer) -> QuerySet[SharedSummary]:
    """Summaries the viewer wrote, or that were written for them."""
    return SharedSummary.objects.visible_to(viewer, SUMMARY_RULES).select_related("session", "seat__person")


def summaries_of(viewer: Viewer, session: CoachingSession) -> list[SharedSummary]:
    """Those of one session: the coach's copies, one for each coachee who took part; a coachee's own."""
    return list(summaries_for(viewer).filter(session=session))


def summaries_alone(viewer: Viewer, seat: Seat) -> list[tuple[date, str]]:
    """Day and words of the summaries of sessions this coachee had alone, the first first; for their coach or themself.

    What was shared after a session of several is theirs together: it is left out. Raises ``vault.errors.Locked``.
    """
    others = Participant.unscoped.filter(session=OuterRef("session")).exclude(seat=seat)
    rows = summaries_for(viewer).filter(~Exists(others), seat=seat).order_by("session__starts_at")
    opened = open_texts(viewer, {row.ref: row.sealed_ref for row in rows}, place=SUMMARY_PLACE)
    return [(localdate(row.session.starts_at), opened[row.ref]) for row in rows if row.ref in opened]


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary as it is read. ``text`` is None while no key of it has reached the reader."""

    text: str | None
    number: int
    at: datetime
    names: tuple[str, ...]


def summary_of(viewer: Viewer, session: CoachingSession) -> Summary | None:
    """The summary of a session, to those who share it; None before there is one. Raises ``vault.errors.Locked``."""
    rows = summaries_of(viewer, session)
    if not rows:
        return None
    opened = open_texts(viewer, {row.ref: row.sealed_ref for row in rows}, place=SUMMARY_PLACE)
    text = next((opened[row.ref] for row in rows if row.ref in opened), None)
    first = rows[0]
    at = first.changed_at or first.shared_at
    return Summary(text, first.number, at, tuple(row.seat.person.name for row in rows))

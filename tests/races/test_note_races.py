"""A note in two windows at the same moment: nothing is written over. Without its guard, the race happens."""

import pytest

from coaching.kernel.errors import Stale
from coaching.notes import access
from coaching.notes.models import SessionNote
from coaching.notes.policy import NOTE_PLACE
from coaching.notes.services import notes
from coaching.vault.access import versions_of
from tests.contracts.helpers import enquiry
from tests.notes.helpers import write
from tests.sessions.helpers import SAID, plan

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = ("Ce que dit la première.", "Ce que dit la seconde.")


@pytest.fixture
def note(small):
    row = notes.begin(small.coach, enquiry(small))
    return write(small, row, "Au départ.", tab="at-the-start")


def _windows(small, note):
    return [
        lambda text=text, tab=tab: notes.write(small.coach, note, text, based_on=1, tab=tab)
        for text, tab in zip(TEXTS, ("window-one", "window-two"), strict=True)
    ]


def test_two_windows_at_once_write_one_after_the_other_and_one_is_told(small, note, together):
    answers = together(*_windows(small, note))
    assert sorted(type(one).__name__ for one in answers) == ["SessionNote", "Stale"]
    note.refresh_from_db()
    winner = TEXTS[0] if isinstance(answers[1], Stale) else TEXTS[1]
    assert access.text_of(small.coach, note) == winner
    assert len(versions_of(small.coach, place=NOTE_PLACE, row=note.ref)) == 2


def test_one_window_is_written_over_when_nobody_looks_what_it_was_based_on(
    small, note, together, monkeypatch
):
    """The look taken away: both are told that theirs is saved, and only one of them is."""
    monkeypatch.setattr(notes, "_refuse_stale", lambda current, based_on, tab: None)
    answers = together(*_windows(small, note))
    assert [type(one) for one in answers] == [SessionNote, SessionNote]


def test_two_clicks_at_once_begin_one_note_of_a_session(small, together):
    session = plan(small, enquiry(small), said=SAID, kind="exploratory")
    answers = together(*[lambda: notes.begin(small.coach, session.mission, session)] * 2)
    assert len({one.pk for one in answers}) == 1
    assert SessionNote.unscoped.count() == 1


def test_two_clicks_meet_at_the_table_when_the_session_is_not_held(
    small, together, meet, monkeypatch, postgres
):
    """The hold taken away: on the engine that lets both through, the constraint refuses the second."""
    session = plan(small, enquiry(small), said=SAID, kind="exploratory")
    look = access.note_of

    def slowly(*args):
        found = look(*args)
        meet()
        return found

    monkeypatch.setattr(notes, "hold", lambda row: row)
    monkeypatch.setattr(notes, "note_of", slowly)
    answers = together(*[lambda: notes.begin(small.coach, session.mission, session)] * 2)
    assert len([one for one in answers if isinstance(one, Exception)]) == (1 if postgres else 0)
    assert SessionNote.unscoped.count() == 1

"""A private note: its author's alone, whatever two windows do to it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching.journal.access import latest_events
from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.notes import access
from coaching.notes.matching import words_of
from coaching.notes.models import SessionNote
from coaching.notes.policy import NOTE_PLACE
from coaching.notes.services import notes
from coaching.vault import keyring
from coaching.vault.errors import Locked
from coaching.vault.guard import looking
from coaching.vault.models import Compartment, Recipient, SealedText
from tests.notes.helpers import OTHER_TAB, TAB, note_of, write
from tests.sessions.helpers import active, coachee, plan, sponsor


@pytest.fixture
def mission(world, db):
    return active(world)


@pytest.fixture
def note(world, mission):
    return note_of(world, mission, "Il hésite.")


def _text(world, note) -> str:
    note.refresh_from_db()
    return access.text_of(world.coach, note)


def test_a_note_is_sealed_to_its_author_alone(world, mission, note):
    assert _text(world, note) == "Il hésite."
    with looking(mission.coach_id):
        sealed = SealedText.unscoped.get(place=NOTE_PLACE, row=note.ref)
        compartment = Compartment.unscoped.get(pk=sealed.compartment_id)
        members = list(Recipient.unscoped.filter(compartment=compartment).values_list("user_id", flat=True))
    assert "hésite".encode() not in bytes(sealed.ciphertext)
    assert (compartment.audience, compartment.about) == ("coach", mission.ref)
    assert members == [mission.coach_id]


@pytest.mark.parametrize(
    ("persona", "portal"),
    [
        ("colleague", Portal.COACH),
        ("coach_elsewhere", Portal.COACH),
        ("coachee", Portal.COACHEE),
        ("sponsor", Portal.ORGANISATION),
        ("manager", Portal.ORGANISATION),
        ("administrator", Portal.PRACTICE),
        ("coach", Portal.PRACTICE),
    ],
)
def test_nobody_else_finds_or_opens_it(world, note, persona, portal):
    viewer = world.viewer(persona, portal)
    assert list(access.notes_for(viewer)) == []
    with pytest.raises(Http404):
        access.get_note(viewer, note.ref)
    with pytest.raises(Http404):
        access.text_of(viewer, note)
    assert len(access.Search(viewer, words_of("hésite"))) == 0


def test_a_note_is_not_written_by_anybody_else(world, mission, note):
    with pytest.raises(NotAllowedNow):
        notes.write(coachee(world), note, "x", based_on=note.number, tab=TAB)
    for viewer in (coachee(world), sponsor(world), world.viewer("colleague", Portal.COACH)):
        with pytest.raises(NotAllowedNow):
            notes.begin(viewer, mission)
        with pytest.raises(NotAllowedNow):
            notes.erase(viewer, note)
    assert _text(world, note) == "Il hésite."


def test_the_note_of_a_session_is_begun_once(world, mission):
    session = plan(world, mission)
    first = notes.begin(world.coach, mission, session)
    assert notes.begin(world.coach, mission, session).pk == first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionNote(mission=mission, session=session, author_id=world.coach.user_id).save()
    assert Event.unscoped.filter(kind="note.begin", subject=first.ref).count() == 1


def test_a_note_with_its_key_closed_is_neither_read_nor_written(world, note):
    with keyring.opened():
        with pytest.raises(Locked):
            access.text_of(world.coach, note)
        with pytest.raises(Locked):
            notes.write(world.coach, note, "Autre chose.", based_on=note.number, tab=TAB)
    note.refresh_from_db()
    assert note.number == 1


@pytest.mark.parametrize("text", ["", "  \n ", "\r\n"])
def test_a_note_is_not_emptied_by_a_slip(world, note, text):
    with pytest.raises(Invalid) as refused:
        write(world, note, text)
    assert refused.value.field == "text"
    assert _text(world, note) == "Il hésite."


def test_a_note_too_deep_to_be_drawn_is_refused_beside_its_field(world, note):
    with pytest.raises(Invalid) as refused:
        write(world, note, "> " * 20 + "x")
    assert refused.value.field == "text"


def test_what_one_window_types_in_ten_minutes_is_one_version(world, note):
    write(world, note, "Il hésite encore.")
    write(world, note, "Il hésite encore un peu.")
    assert [version.number for version in access.note_versions(world.coach, note)] == [3]
    SessionNote.unscoped.filter(pk=note.pk).update(begun_at=timezone.now() - timedelta(minutes=11))
    write(world, note, "Il hésite encore un peu. Puis il choisit.")
    assert [version.number for version in access.note_versions(world.coach, note)] == [4, 3]


def test_a_text_that_goes_by_more_than_half_at_once_stays_to_be_read(world, note):
    write(world, note, "Une longue observation, faite avec soin.")
    write(world, note, "x")
    texts = [access.text_of_version(world.coach, note, number) for number in (3, 2)]
    assert texts == ["x", "Une longue observation, faite avec soin."]


def test_another_window_does_not_write_over_what_it_has_not_seen(world, note):
    write(world, note, "Il hésite. Il a peur.", tab=TAB)
    with pytest.raises(Stale):
        write(world, note, "Il hésite. Il rit.", tab=OTHER_TAB, based_on=1)
    assert _text(world, note) == "Il hésite. Il a peur."


def test_a_window_that_heard_no_answer_goes_on(world, note):
    write(world, note, "Il hésite. Il a peur.", tab=TAB)
    write(world, note, "Il hésite. Il a peur. Il rit.", tab=TAB, based_on=1)
    assert _text(world, note) == "Il hésite. Il a peur. Il rit."


def test_a_window_that_lost_the_last_word_asks_again(world, note):
    write(world, note, "A", tab=TAB)
    write(world, note, "B", tab=OTHER_TAB)
    with pytest.raises(Stale):
        write(world, note, "C", tab=TAB, based_on=2)


def test_the_same_words_again_change_nothing(world, note):
    write(world, note, "Il hésite.\r\n")
    note.refresh_from_db()
    assert note.number == 1


def test_an_erased_note_is_gone_with_all_it_said(world, note):
    write(world, note, "Une autre version, plus longue.", tab=OTHER_TAB)
    notes.erase(world.coach, note)
    assert not SessionNote.unscoped.filter(pk=note.pk).exists()
    assert not SealedText.unscoped.filter(place=NOTE_PLACE, row=note.ref).exists()
    assert Event.unscoped.filter(kind="note.erase", subject=note.ref).count() == 1
    with pytest.raises(Stale):
        notes.erase(world.coach, note)


def test_a_note_moved_to_another_row_does_not_open(world, mission, note):
    other = note_of(world, mission, "Autre note.")
    SessionNote.unscoped.filter(pk=note.pk).update(sealed_ref=other.sealed_ref)
    note.refresh_from_db()
    with pytest.raises(Http404):
        access.text_of(world.coach, note)


def test_a_note_is_found_by_its_words_in_all_missions_or_one(world, mission, note):
    assert [found.note.ref for found in access.Search(world.coach, words_of("HESITE"))[:5]] == [note.ref]
    assert len(access.Search(world.coach, words_of("hesite"), mission)) == 1
    assert len(access.Search(world.coach, words_of("hésite"), world.foreign)) == 0
    assert len(access.Search(world.coach, words_of("hésite absente"))) == 0


def test_only_the_last_version_is_searched(world, note):
    write(world, note, "Tout autre chose.", tab=OTHER_TAB)
    assert len(access.Search(world.coach, words_of("hésite"))) == 0
    assert len(access.Search(world.coach, words_of("autre"))) == 1


def test_a_search_asks_as_many_queries_for_one_note_as_for_many(world, mission):
    asked = []
    for turn in range(4):
        note_of(world, mission, f"Il hésite, {turn}.")
        with CaptureQueriesContext(connection) as captured:
            assert len(access.Search(world.coach, words_of("hésite"))[:20]) == turn + 1
        asked.append(len(captured))
    assert asked[0] == asked[-1]


def test_what_happened_in_a_mission_says_nothing_of_its_notes(world, mission, note):
    assert "note.begin" not in {event.kind for event in latest_events(world.coach, mission.ref)}
    assert Event.unscoped.get(kind="note.begin", subject=note.ref).mission == ""

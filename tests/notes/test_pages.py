"""The pages of a note, as a browser meets them: saved as one types, in two windows, with the key closed, signed out."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.accounts.models import KeptForm
from coaching.notes import access
from coaching.notes.models import SessionNote
from tests.notes.helpers import OTHER_TAB, TAB, held, note_of
from tests.sessions.helpers import active
from tests.unlocking import lock, unlock


@pytest.fixture
def mission(world, db):
    return active(world)


@pytest.fixture
def note(world, mission):
    return note_of(world, mission, "Il hésite.")


@pytest.fixture
def browser(browse):
    return browse("coach")


def _page(note, name="coach_note_edit") -> str:
    return reverse(name, args=[note.ref])


def _hidden(body: str, name: str) -> str:
    field = next(tag for tag in re.findall(r"<input[^>]*>", body) if f'name="{name}"' in tag)
    return re.search(r'value="([^"]*)"', field)[1]


def _window(browser, note, query="") -> dict:
    """A window opened on the note: what its form carries."""
    body = browser.get(_page(note) + query).content.decode()
    return {name: _hidden(body, name) for name in ("based_on", "tab", "_kept")}


def _type(browser, note, window: dict, text: str):
    answer = browser.post(
        _page(note, "coach_note_save"), {**window, "text": text}, headers={"HX-Request": "true"}
    )
    found = re.search(r'id="id_based_on" value="(\d+)"', answer.content.decode())
    if found:
        window["based_on"] = found[1]
    return answer


def _text(world, note) -> str:
    note.refresh_from_db()
    return access.text_of(world.coach, note)


def test_a_note_is_saved_as_it_is_typed(world, browser, note):
    window = _window(browser, note)
    for text in ("Il hésite. P", "Il hésite. Puis", "Il hésite. Puis il choisit."):
        answer = _type(browser, note, window, text)
        assert (answer.status_code, "Enregistré à" in answer.content.decode()) == (200, True)
    assert _text(world, note) == "Il hésite. Puis il choisit."
    assert len(access.note_versions(world.coach, note)) == 2, (
        "what was there when the window was opened, and now"
    )
    assert not KeptForm.objects.filter(user=world.users["coach"]).exists()


def test_two_windows_lose_nothing_and_are_put_together(world, browser, note):
    first, second = _window(browser, note), _window(browser, note)
    assert first["tab"] != second["tab"]
    _type(browser, note, first, "Il hésite.\n\nDans la première fenêtre.")
    late = _type(browser, note, second, "Avant tout.\n\nIl hésite.")
    assert "Comparer et réunir" in late.content.decode()
    assert _text(world, note) == "Il hésite.\n\nDans la première fenêtre."
    answer = browser.post(_page(note), {**second, "text": "Avant tout.\n\nIl hésite."})
    body = answer.content.decode()
    assert answer.status_code == 409
    merged = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", body, re.DOTALL)[1]
    assert merged == "Avant tout.\n\nIl hésite.\n\nDans la première fenêtre."
    window = {name: _hidden(body, name) for name in ("based_on", "tab", "_kept")}
    assert browser.post(_page(note), {**window, "text": merged}).status_code == 302
    assert _text(world, note) == merged
    assert not KeptForm.objects.filter(user=world.users["coach"]).exists(), (
        "what was kept beside is in the note now"
    )


def test_what_a_window_could_not_save_is_offered_to_the_next(world, browser, note):
    first, second = _window(browser, note), _window(browser, note)
    _type(browser, note, first, "Un.")
    _type(browser, note, second, "Deux.")
    body = browser.get(_page(note)).content.decode()
    assert "une autre fenêtre n’a pas pu enregistrer" in body
    address = re.search(r'href="([^"]*\?tab=[^"]*)"', body)[1]
    taken = browser.get(address).content.decode()
    assert re.search(r"<textarea[^>]*>\s*Deux.</textarea>", taken)
    assert (_hidden(taken, "tab"), _hidden(taken, "based_on")) == (second["tab"], second["based_on"])


def test_a_window_whose_key_was_closed_keeps_what_is_typed_beside_the_note(world, browser, note):
    window = _window(browser, note)
    lock(browser)
    answer = _type(browser, note, window, "Écrit la clé fermée.")
    body = answer.content.decode()
    assert (answer.status_code, "Votre clé est fermée" in body) == (200, True)
    assert "HX-Redirect" not in answer, "nobody is sent away while they type"
    unlock(browser, world.users["coach"])
    assert _text(world, note) == "Il hésite."
    again = browser.get(f"{_page(note)}?tab={window['tab']}").content.decode()
    assert "Écrit la clé fermée." in again


def test_a_note_saved_with_its_key_closed_is_asked_for_the_key_and_loses_nothing(world, browser, note):
    window = _window(browser, note)
    lock(browser)
    answer = browser.post(_page(note), {**window, "text": "Écrit la clé fermée."})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("unlock"))
    unlock(browser, world.users["coach"])
    assert "Écrit la clé fermée." in browser.get(f"{_page(note)}?tab={window['tab']}").content.decode()
    assert _text(world, note) == "Il hésite."


def test_a_session_that_ended_meanwhile_loses_nothing(world, browser, note):
    window = _window(browser, note)
    cookie = browser.cookies.pop(settings.SESSION_COOKIE_NAME)
    answer = _type(browser, note, window, "Écrit après la fin de la session.")
    body = answer.content.decode()
    assert "Votre session a expiré" in body
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie.value
    unlock(browser, world.users["coach"])
    found = re.search(r"next=([^\"]*)\"", body)[1]
    assert "tab" in found
    again = browser.get(f"{_page(note)}?tab={window['tab']}").content.decode()
    assert "Écrit après la fin de la session." in again


@pytest.mark.parametrize(
    ("text", "said"), [("", "Il n’y a rien"), ("> " * 20 + "x", "imbriqu"), ("x" * 20_001, "trop long")]
)
def test_what_cannot_be_a_note_is_said_beside_the_field_and_kept(world, browser, note, text, said):
    window = _window(browser, note)
    answer = browser.post(_page(note), {**window, "text": text})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert said in _type(browser, note, window, text).content.decode()
    assert _text(world, note) == "Il hésite."


@pytest.mark.parametrize(
    "window",
    [
        {"tab": "x", "based_on": "1"},
        {"tab": "<script>", "based_on": "1"},
        {"tab": "a" * 25, "based_on": "1"},
        {"tab": "é" * 12, "based_on": "1"},
        {"tab": TAB, "based_on": "-1"},
        {"tab": OTHER_TAB, "based_on": "mille"},
    ],
)
def test_a_window_that_is_not_ours_writes_nothing(world, browser, note, window):
    assert browser.post(_page(note), {**window, "text": "Autre."}).status_code == 422
    assert _text(world, note) == "Il hésite."


def test_a_note_is_begun_by_a_button_and_never_by_looking(world, browser, mission):
    session = held(world, mission)
    assert browser.get(reverse("coach_session_note", args=[session.ref])).status_code == 405
    browser.get(reverse("coach_session", args=[session.ref]))
    assert not SessionNote.unscoped.filter(session=session).exists()
    answer = browser.post(reverse("coach_session_note", args=[session.ref]))
    made = SessionNote.unscoped.get(session=session)
    assert answer["Location"] == _page(made)
    assert browser.get(_page(made)).status_code == 200


def test_an_empty_note_is_not_in_the_list_and_an_erased_one_is_asked_about_first(
    world, browser, mission, note
):
    empty = note_of(world, mission)
    body = browser.get(reverse("coach_notes")).content.decode()
    assert note.ref in body
    assert empty.ref not in body
    assert "Les sauvegardes" in browser.get(_page(note, "coach_note_erase")).content.decode()
    browser.post(_page(note, "coach_note_erase"))
    assert browser.get(_page(note, "coach_note")).status_code == 404


def test_a_note_is_shown_as_it_was_marked_up_and_nothing_else(world, browser, mission):
    row = note_of(world, mission, "# Titre\n\n**Fort** <script>alert(1)</script> [lien](javascript:x)")
    body = browser.get(_page(row, "coach_note")).content.decode()
    assert "<strong>Fort</strong>" in body
    assert "<script>alert" not in body
    assert 'href="javascript' not in body


def test_the_list_asks_as_many_queries_for_one_note_as_for_six(world, browser, mission):
    asked = []
    for turn in range(6):
        note_of(world, mission, f"Note {turn}.")
        browser.get(reverse("coach_notes"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("coach_notes"))
        asked.append(len(captured))
    assert asked[0] == asked[-1]


def test_the_coachee_reads_the_summary_and_no_trace_of_the_note(world, browse, mission):
    session = held(world, mission)
    note_of(world, mission, "Hypothèse : il fuit.", session)
    coach, coachee = browse("coach"), browse("coachee")
    page = reverse("coach_session_summary", args=[session.ref])
    said = {"text": "Vos **trois** priorités.", "based_on": "0", "meant": "False"}
    looked = coach.post(page, said)
    assert looked.status_code == 200
    assert "<strong>trois</strong>" in looked.content.decode()
    assert 'type="checkbox"' not in looked.content.decode(), (
        "nothing of the note is in it: nothing to be meant"
    )
    theirs = reverse("coachee_session_summary", args=[session.ref])
    assert coachee.get(theirs).status_code == 404, "looked at, not shared"
    assert coach.post(page, {**said, "share": "yes"}).status_code == 302
    assert "<strong>trois</strong>" in coachee.get(theirs).content.decode()
    body = coachee.get(reverse("coachee_session", args=[session.ref])).content.decode()
    assert "note privée" not in body.casefold()


def test_words_of_the_note_ask_whether_they_are_meant(world, browse, mission):
    session = held(world, mission)
    copied = "Il a décidé de parler à toute son équipe demain."
    note_of(world, mission, copied, session)
    coach, page = browse("coach"), reverse("coach_session_summary", args=[session.ref])
    refused = coach.post(page, {"text": copied, "based_on": "0", "share": "yes"})
    assert refused.status_code == 422
    assert 'type="checkbox"' in refused.content.decode()
    assert (
        coach.post(page, {"text": copied, "based_on": "0", "meant": "on", "share": "yes"}).status_code == 302
    )

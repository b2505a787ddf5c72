"""The pages of a point, as a browser meets them: from a note, with a name in it, brought, removed."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ethics.supervision import access
from ethics.supervision.models import SupervisionPoint
from ethics.supervision.services import points
from tests.notes.helpers import note_of
from tests.sessions.helpers import active
from tests.unlocking import lock

WORDS = "D’où me vient l’envie de rassurer ?"


@pytest.fixture
def browser(browse):
    return browse("coach")


@pytest.fixture
def note(world, db):
    return note_of(world, active(world), "Il hésite, et je **parle**.")


@pytest.fixture
def point(world, db):
    return points.write(world.coach, WORDS).point


def _body(answer) -> str:
    return html.unescape(answer.content.decode())


def _hidden(body: str, name: str) -> str:
    field = next(tag for tag in re.findall(r"<input[^>]*>", body) if f'name="{name}"' in tag)
    found = re.search(r'value="([^"]*)"', field)
    return found[1] if found else ""


def _page(row, name="coach_point") -> str:
    return reverse(name, args=[row.ref])


def test_the_page_of_a_note_leads_to_a_new_point_with_the_note_beside_it(browser, note):
    page = _page(note, "coach_point_from_note")
    assert page in _body(browser.get(_page(note, "coach_note")))
    body = _body(browser.get(page))
    assert "<strong>parle</strong>" in body
    typed = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", body, re.DOTALL)[1]
    assert typed == "", "nothing of the note is copied"
    answer = browser.post(page, {"text": WORDS})
    row = SupervisionPoint.unscoped.get(note=note)
    assert answer["Location"] == _page(row)
    assert _page(note, "coach_note") in _body(browser.get(_page(row)))


@pytest.mark.parametrize("persona", ["colleague", "coach_elsewhere", "coachee", "administrator"])
def test_no_point_is_begun_from_somebody_elses_note(browse, note, persona):
    other = browse(persona)
    page = _page(note, "coach_point_from_note")
    assert (other.get(page).status_code, other.post(page, {"text": WORDS}).status_code) == (404, 404)
    assert not SupervisionPoint.unscoped.filter(note=note).exists()


def test_a_name_is_asked_about_once_and_what_was_typed_is_kept(world, browser, db):
    name = world.people["coachee"].name
    text = f"{WORDS} Avec {name}, toujours."
    page = reverse("coach_point_new")
    asked = browser.post(page, {"text": text})
    body = _body(asked)
    assert asked.status_code == 422
    assert f"« {name} »".replace(" ", "\u00a0") in body
    assert text in body
    assert re.search(
        r'<input[^>]*type="checkbox"[^>]*name="as_it_is"|<input[^>]*name="as_it_is"[^>]*type="checkbox"', body
    )
    again = {"text": text, "asked": _hidden(body, "asked")}
    assert browser.post(page, again).status_code == 422, "asked, and not said to be meant"
    assert browser.post(page, {**again, "as_it_is": "on"}).status_code == 302
    row = SupervisionPoint.unscoped.get()
    assert access.text_of(world.coach, row) == text


def test_another_name_typed_after_the_question_is_asked_about_again(world, browser, db):
    one, other = world.people["coachee"].name, world.people["sponsor"].name
    page = reverse("coach_point_new")
    body = _body(browser.post(page, {"text": one}))
    said = {"text": f"{one} et {other}", "asked": _hidden(body, "asked"), "as_it_is": "on"}
    answer = browser.post(page, said)
    assert answer.status_code == 422
    error = _body(answer)
    assert _hidden(error, "asked").split("|") == sorted([one.casefold(), other.casefold()])
    assert not re.search(r'name="as_it_is"[^>]*checked', error)
    assert browser.post(page, {**said, "asked": _hidden(error, "asked")}).status_code == 302


def test_a_plain_word_that_is_a_name_is_said_after_saving(world, browser, db):
    person = world.people["coachee"]
    type(person).unscoped.filter(pk=person.pk).update(name="Rose Marc")
    answer = browser.post(reverse("coach_point_new"), {"text": "Une rose, et moi."}, follow=True)
    assert answer.status_code == 200
    assert "«\u00a0rose\u00a0»" in _body(answer)
    assert SupervisionPoint.unscoped.count() == 1


def test_a_name_is_asked_about_in_a_point_that_is_reworded_too(world, browser, point):
    page = _page(point, "coach_point_edit")
    body = _body(browser.get(page))
    said = {"text": f"Avec {world.people['coachee'].name}.", "based_on": _hidden(body, "based_on")}
    assert browser.post(page, said).status_code == 422
    assert access.text_of(world.coach, access.get_point(world.coach, point.ref)) == WORDS


def test_two_windows_are_told_apart_and_the_second_sees_what_stands(world, browser, point):
    page = _page(point, "coach_point_edit")
    assert browser.post(page, {"text": "La première.", "based_on": "1"}).status_code == 302
    late = browser.post(page, {"text": "La seconde.", "based_on": "1"})
    body = _body(late)
    assert late.status_code == 422
    assert "La première." in body
    assert "La seconde." in body
    assert browser.post(page, {"text": "Les deux.", "based_on": _hidden(body, "based_on")}).status_code == 302


def test_the_list_says_what_is_to_be_brought_and_what_was(browser, world, point):
    brought = points.write(world.coach, "Je prends parti.").point
    page = _page(brought, "coach_point_brought")
    assert browser.post(page, {"brought_on": "2999-01-01"}).status_code == 422
    assert browser.post(page, {"brought_on": ""}).status_code == 422
    assert browser.post(page, {"brought_on": timezone.localdate().isoformat()}).status_code == 302
    body = _body(browser.get(reverse("coach_supervision")))
    assert body.index(WORDS) < body.index("Je prends parti.")
    assert browser.get(_page(brought, "coach_point_edit")).status_code == 403
    assert browser.post(page, {"brought_on": timezone.localdate().isoformat()}).status_code == 403
    assert browser.post(_page(brought, "coach_point_reopen")).status_code == 302
    assert browser.post(_page(brought, "coach_point_reopen")).status_code == 403


def test_a_point_is_removed_once_it_was_asked_about(browser, point):
    body = _body(browser.get(_page(point, "coach_point_remove")))
    assert "sauvegardes" in body
    assert SupervisionPoint.unscoped.filter(pk=point.pk).exists()
    browser.post(_page(point, "coach_point_remove"))
    assert browser.get(_page(point)).status_code == 404


def test_a_key_that_is_closed_is_asked_for_before_a_point_is_read_or_written(browser, point):
    lock(browser)
    for answer in (browser.get(_page(point)), browser.post(reverse("coach_point_new"), {"text": WORDS})):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("unlock"))
    assert SupervisionPoint.unscoped.count() == 1


def test_the_list_asks_as_many_queries_for_one_point_as_for_six(world, browser, db):
    asked = []
    for turn in range(6):
        points.write(world.coach, f"{WORDS} {turn}")
        browser.get(reverse("coach_supervision"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("coach_supervision"))
        asked.append(len(captured))
    assert asked[0] == asked[-1] <= 15


def test_a_point_is_shown_as_it_was_marked_up_and_nothing_else(world, browser, db):
    row = points.write(world.coach, "**Fort** <script>alert(1)</script>").point
    body = browser.get(_page(row)).content.decode()
    assert "<strong>Fort</strong>" in body
    assert "<script>alert" not in body

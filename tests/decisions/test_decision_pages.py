"""The coachee's way through their pages: what is typed is kept, what is shared is said, what is late is refused in words."""

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.decisions.models import Decision
from coaching.decisions.services import decisions
from tests.decisions.helpers import decide, fresh, suggest
from tests.sessions.helpers import active, coachee
from tests.unlocking import lock

TODAY = timezone.localdate


@pytest.fixture
def mission(world, db):
    return active(world)


def _url(name, row):
    return reverse(f"coachee_{name}", args=[row.ref])


def test_a_decision_is_written_shared_and_closed_from_the_pages(world, browse, mission):
    browser = browse("coachee")
    said = {"text": "Je pars à six heures.", "taken_on": TODAY().isoformat(), "session": "", "look_on": ""}
    assert browser.post(_url("decision_new", mission), said).status_code == 302
    row = Decision.unscoped.get()
    assert "Je pars à six heures." in browser.get(_url("decision", row)).content.decode()
    assert browser.post(_url("decision_share", row), {"based_on": "1"}).status_code == 302
    closed = {"outcome": "fulfil", "words": "Fait.", "based_on": "2"}
    assert browser.post(_url("decision_close", row), closed).status_code == 302
    assert (fresh(row).state, fresh(row).shared) == ("fulfilled", True)


def test_what_was_typed_upon_an_older_wording_is_shown_again_beside_the_newer(world, browse, mission):
    row = decide(world, mission)
    decisions.reword(coachee(world), row, "La plus récente.", taken_on=TODAY(), based_on=1)
    said = {"text": "Celle que j’écrivais.", "taken_on": TODAY().isoformat(), "based_on": "1"}
    answer = browse("coachee").post(_url("decision_edit", row), said)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Celle que j’écrivais." in body
    assert "La plus récente." in body
    assert browse("coachee").post(_url("decision_edit", row), {**said, "based_on": "2"}).status_code == 302


def test_a_closed_decision_offers_no_form_to_reword_it(world, browse, mission):
    row = decide(world, mission)
    decisions.close(coachee(world), row, "drop", "", based_on=1)
    for name in ("decision_edit", "decision_close", "decision_remind"):
        assert browse("coachee").get(_url(name, row)).status_code == 403


def test_a_suggestion_is_in_the_form_and_the_coachees_words_are_saved(world, browse, mission):
    row = suggest(world, mission, "Parlez-en d’abord.")
    browser = browse("coachee")
    assert "Parlez-en d’abord." in browser.get(_url("suggestion_adopt", row)).content.decode()
    said = {"text": "J’en parle mardi.", "taken_on": TODAY().isoformat()}
    assert browser.post(_url("suggestion_adopt", row), said).status_code == 302
    assert browser.get(_url("suggestion_adopt", row)).status_code == 403


def test_a_coachee_whose_key_is_closed_is_asked_to_open_it(world, browse, mission):
    row = decide(world, mission)
    answer = lock(browse("coachee")).get(_url("decision", row))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("unlock"))


def test_one_missions_decisions_are_listed_apart(world, browse, mission):
    from tests.sessions.helpers import another

    decide(world, mission, "Dans la première.")
    other = another(world)
    decide(world, other, "Dans la seconde.")
    body = browse("coachee").get(f"{reverse('coachee_decisions')}?mission={other.ref}").content.decode()
    assert "Dans la seconde." in body
    assert "Dans la première." not in body
    assert (
        browse("coachee").get(f"{reverse('coachee_decisions')}?mission={world.foreign.ref}").status_code
        == 404
    )

"""The pages of a review, as each person at the table meets them."""

import copy
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.kernel.viewer import Portal
from contracts.access import clauses_of
from contracts.models import Comment
from contracts.services import drafting, review, sharing
from tests.contracts.helpers import send, under_review

PAGES = {"coachee": "coachee_contract", "sponsor": "organisation_contract", "coach": "coach_version"}
COMMENT = {"coachee": "coachee_comment", "sponsor": "organisation_comment"}
PORTALS = {"coachee": Portal.COACHEE, "sponsor": Portal.ORGANISATION}
GOOD = {"kind": "comment", "audience": "coach", "text": "Et le samedi ?"}


@pytest.fixture(scope="module")
def made(world, django_db_blocker):
    """Made once: what a test does to it is taken back at its end."""
    with django_db_blocker.unblock():
        return under_review(world)


@pytest.fixture
def sent(made, db):
    """The same rows, in objects of the test's own."""
    return copy.deepcopy(made)


@pytest.fixture
def version(sent):
    return sent[2]


def _next_version(world, contract, said="Un alinéa de plus."):
    sharing.revise(world.coach, contract)
    clause = clauses_of(world.coach, contract).get(section="fees")
    drafting.save_clause(world.coach, contract, clause, title=clause.title, body=f"{clause.body}\n\n{said}")
    return send(world, contract)


def _text(answer) -> str:
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("persona", ["coachee", "sponsor"])
def test_a_comment_is_sent_without_script_and_found_under_its_clause(version, browse, persona):
    url = reverse(COMMENT[persona], args=[version.ref, "fees"])
    answer = browse(persona).post(url, GOOD)
    page = reverse(PAGES[persona], args=[version.ref])
    assert (answer.status_code, answer["Location"]) == (302, f"{page}#talk-fees")
    said = _text(browse(persona).get(page))
    assert "Et le samedi ?" in said[said.index('id="talk-fees"') :]
    assert Comment.unscoped.get(version=version).section == "fees"


def test_with_htmx_the_clauses_discussion_comes_back_alone(version, browse):
    url = reverse("coachee_comment", args=[version.ref, "fees"])
    answer = browse("coachee").post(url, GOOD, headers={"HX-Request": "true"})
    said = _text(answer)
    assert answer.status_code == 200
    assert said.startswith('<div class="talk" id="talk-fees"')
    assert "Et le samedi ?" in said
    assert "<html" not in said


def test_a_comment_on_the_whole_contract_has_no_section(version, browse):
    browse("coachee").post(reverse("coachee_comment", args=[version.ref, "whole"]), GOOD)
    assert Comment.unscoped.get(version=version).section == ""


@pytest.mark.parametrize("place", ["nowhere", "annex-1", "withdrawal", "%00", "x" * 300])
def test_a_clause_this_version_has_not_is_a_404(version, browse, place):
    url = f"/coachee/contracts/{version.ref}/comments/{place}/"
    assert browse("coachee").get(url).status_code == 404
    assert browse("coachee").post(url, GOOD).status_code == 404


def test_a_comment_typed_while_the_coach_sends_another_version_is_kept_and_told(world, sent, browse):
    _mission, contract, version = sent
    _next_version(world, contract)
    for headers in ({}, {"HX-Request": "true"}):
        url = reverse("coachee_comment", args=[version.ref, "fees"])
        answer = browse("coachee").post(url, {**GOOD, "kind": "change", "audience": "table"}, headers=headers)
        said = _text(answer)
        assert answer.status_code == 422
        assert "Et le samedi ?</textarea>" in said
        assert re.search(r'value="change"[^>]* checked', said)
        assert re.search(r'value="table"[^>]* checked', said)
        assert "error-summary" in said
    assert not Comment.unscoped.filter(version=version).exists()


@pytest.mark.parametrize("bad", [{"text": " "}, {"kind": "order"}, {"audience": "all"}, {"kind": ""}])
def test_a_comment_that_cannot_be_taken_is_shown_again_beside_its_field(version, browse, bad):
    url = reverse("coachee_comment", args=[version.ref, "fees"])
    answer = browse("coachee").post(url, {**GOOD, **bad})
    assert answer.status_code == 422
    assert "field-error" in _text(answer)


def test_a_verdict_on_an_older_version_is_refused_in_words(world, sent, browse):
    _mission, contract, version = sent
    _next_version(world, contract)
    assert browse("coachee").post(reverse("coachee_fine", args=[version.ref])).status_code == 409


def test_everything_fine_is_said_with_one_button_and_seen_by_the_table(version, browse):
    page = reverse("coachee_contract", args=[version.ref])
    button = f'action="{reverse("coachee_fine", args=[version.ref])}"'
    assert button in _text(browse("coachee").get(page))
    assert browse("coachee").post(reverse("coachee_fine", args=[version.ref])).status_code == 302
    assert button not in _text(browse("coachee").get(page))
    seen = _text(browse("sponsor").get(reverse("organisation_contract", args=[version.ref])))
    assert seen.count("Tout convient") == 1


def test_a_comment_is_withdrawn_after_its_consequence_was_said(world, version, browse):
    row = review.comment(world.viewer("coachee", Portal.COACHEE), version, section="fees", kind="comment", text="Oups.")  # fmt: skip
    url = reverse("coachee_comment_withdraw", args=[row.ref])
    assert "consequence" in _text(browse("coachee").get(url))
    assert browse("coachee").post(url).status_code == 302
    assert browse("coachee").post(url).status_code == 403
    assert browse("coach").get(reverse("coach_comment_answer", args=[row.ref])).status_code == 404


def test_somebody_elses_comment_to_everyone_is_not_withdrawn(world, version, browse):
    row = review.comment(
        world.viewer("coachee", Portal.COACHEE), version, section="fees", kind="comment", text="Oups.", audience="table"
    )  # fmt: skip
    assert browse("sponsor").post(reverse("organisation_comment_withdraw", args=[row.ref])).status_code == 403
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_the_coach_finds_what_was_asked_answers_and_goes_to_the_clause(world, sent, browse):
    _mission, contract, version = sent
    coachee = world.viewer("coachee", Portal.COACHEE)
    row = review.comment(coachee, version, section="fees", kind="change", text="Moins cher.")
    home = reverse("coach_contract", args=[contract.ref])
    url = reverse("coach_comment_answer", args=[row.ref])
    assert "Moins cher." in _text(browse("coach").get(home))
    assert url in _text(browse("coach").get(home))
    refused = browse("coach").post(url, {"outcome": "explained", "answer": ""})
    assert refused.status_code == 422
    assert browse("coach").post(url, {"outcome": "accepted", "answer": "Entendu."}).status_code == 302
    sharing.revise(world.coach, contract)
    clause = clauses_of(world.coach, contract).get(section="fees")
    editor = reverse("coach_clause", args=[contract.ref, clause.ref])
    assert editor in _text(browse("coach").get(home))
    beside = _text(browse("coach").get(editor))
    assert "Moins cher." in beside
    assert "Entendu." in beside


def test_an_answer_to_a_comment_withdrawn_meanwhile_is_a_404(world, version, browse):
    coachee = world.viewer("coachee", Portal.COACHEE)
    row = review.comment(coachee, version, section="fees", kind="change", text="Moins cher.")
    review.withdraw_comment(coachee, row)
    url = reverse("coach_comment_answer", args=[row.ref])
    assert browse("coach").post(url, {"outcome": "accepted", "answer": ""}).status_code == 404


@pytest.mark.parametrize(("persona", "name"), [("coachee", "coachee_changes"), ("sponsor", "organisation_changes"), ("coach", "coach_changes")])  # fmt: skip
def test_each_party_sees_what_changed_word_by_word(world, sent, browse, persona, name):
    _mission, contract, _version = sent
    newer = _next_version(world, contract, "Un acompte de vingt pour cent.")
    said = _text(browse(persona).get(reverse(name, args=[newer.ref])))
    marked = re.search(r"<ins>.*?Un acompte de vingt pour cent\.", said, re.DOTALL)
    assert marked
    assert "ajouté" in said


def test_the_version_one_last_read_is_the_one_compared_with(world, sent, browse):
    _mission, contract, first = sent
    sharing.acknowledge_reading(world.viewer("coachee", Portal.COACHEE), first)
    _next_version(world, contract, "Deuxième version, alinéa ajouté.")
    third = _next_version(world, contract, "Troisième version, alinéa ajouté.")
    url = reverse("coachee_changes", args=[third.ref])
    both = _text(browse("coachee").get(url))
    assert ("Deuxième version" in both, "Troisième version" in both) == (True, True)
    last = _text(browse("sponsor").get(reverse("organisation_changes", args=[third.ref])))
    assert re.search(r"<ins>[^<]*<span[^>]*>[^<]*</span>[^<]*Troisième version", last)
    assert not re.search(r"<ins>[^<]*<span[^>]*>[^<]*</span>[^<]*Deuxième version", last)
    for since in ("2", "1", "9", "x", ""):
        assert browse("coachee").get(url, {"since": since}).status_code == 200


def test_the_coach_sees_the_draft_against_what_was_last_sent_and_nobody_else_does(world, sent, browse):
    _mission, contract, version = sent
    sharing.revise(world.coach, contract)
    clause = clauses_of(world.coach, contract).get(section="fees")
    drafting.save_clause(world.coach, contract, clause, title=clause.title, body=f"{clause.body}\n\nEncore secret.")  # fmt: skip
    said = _text(browse("coach").get(reverse("coach_draft_changes", args=[contract.ref])))
    assert re.search(r"<ins>.*?Encore secret\.", said, re.DOTALL)
    for persona, name in (("coachee", "coachee_changes"), ("sponsor", "organisation_changes")):
        assert "Encore secret" not in _text(browse(persona).get(reverse(name, args=[version.ref])))


def _queries(browser, url) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    # On PostgreSQL the vault says to the database who is looking, in four statements that read no table.
    return sum("FROM" in query["sql"] for query in asked)


@pytest.mark.parametrize(
    ("persona", "name"),
    [
        ("coachee", "coachee_contract"), ("sponsor", "organisation_contract"), ("coach", "coach_version"),
        ("coach", "coach_contract"), ("coachee", "coachee_changes"), ("coachee", "coachee_mission"), ("coach", "coach_mission"), ("coach", "coach_home"),
        ("coachee", "coachee_comment"), ("coach", "coach_clause"),
    ],
)  # fmt: skip
def test_a_page_asks_the_same_few_queries_with_one_comment_and_with_nine(world, sent, browse, persona, name):
    mission, contract, _version = sent
    newer = _next_version(world, contract)
    own = {
        "coach_home": [], "coach_contract": [contract.ref], "coachee_mission": [mission.ref], "coach_mission": [mission.ref],
        "coachee_comment": [newer.ref, "fees"],
        "coach_clause": [contract.ref, clauses_of(world.coach, contract).get(section="fees").ref],
    }  # fmt: skip
    url = reverse(name, args=own.get(name, [newer.ref]))
    viewers = [(p, world.viewer(p, portal)) for p, portal in PORTALS.items()]

    def talk(times):
        for _time in range(times):
            for _persona, viewer in viewers:
                review.comment(viewer, newer, section="fees", kind="change", text="Oui ?", audience="table")

    talk(1)
    browse(persona).get(url)
    few = _queries(browse(persona), url)
    talk(4)
    for row in Comment.unscoped.filter(version=newer)[:3]:
        review.answer(world.coach, row, outcome="accepted", text="")
    assert _queries(browse(persona), url) == few
    assert few <= (16 if name == "coach_home" else 12)  # their own duties stand on the coach's first page too

"""The ways to an end, and what is readable after it, through the pages of the three."""

import html
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.closings.access import letters_of
from coaching.closings.models import Acknowledgement, Look
from coaching.closings.services import looking, parting
from coaching.documents.rendering import Rendered
from coaching.missions.models import Mission, Seat, Termination
from tests.closings.helpers import (
    KINDLY,
    OFFICE,
    OTHERS,
    TOLD,
    WHY,
    close,
    letter_to,
    now,
    stop,
    stop_by_coachee,
    stop_by_organisation,
    worked_on,
)
from tests.progress.helpers import objective
from tests.restitutions.helpers import allow, proposed, released
from tests.rules.test_bad_input import BAD, HUGE, TEXT
from tests.sessions.helpers import active, coachee, plan, sponsor
from tests.unlocking import lock

STOP = {"explanation": WHY, "alternatives": OTHERS, "not_possible": "", "told_organisation": TOLD}
PAGES = {"coach": "coach_mission", "coachee": "coachee_mission", "sponsor": "organisation_mission"}
ENDS = {
    "stop": stop,
    "stop_by_coachee": stop_by_coachee,
    "stop_by_organisation": stop_by_organisation,
    "close": close,
}


@pytest.fixture
def mission(world, db):
    return active(world)


@pytest.fixture
def quick(monkeypatch):
    """A stand-in for the renderer, which takes no document out of a transaction."""
    made = Rendered(b"%PDF-1.7 stand-in", 1, "", (), 0)
    monkeypatch.setattr(parting, "letter_pdf", lambda _letter: made)


def _url(name, mission, **more):
    return reverse(name, kwargs={"ref": mission.ref, **more})


def _body(answer) -> str:
    return html.unescape(answer.content.decode())


def test_a_coach_stops_through_the_page_that_says_what_happens_and_each_reads_their_letter(
    world, browse, mission, quick
):
    allow(world, mission)
    draft = proposed(world, mission)
    url = _url("coach_stop", mission)
    page = _body(browse("coach").get(url))
    assert "séances encore prévues sont annulées" in page and "accords" in page
    assert reverse("coach_restitution", args=[draft.ref]) in page
    assert browse("coach").post(url, STOP).status_code == 302
    mine = _body(browse("coachee").get(_url("coachee_mission", mission)))
    assert WHY in mine and OTHERS in mine and TOLD not in mine and "arrêté par le coach" in mine
    theirs = _body(browse("sponsor").get(_url("organisation_mission", mission)))
    assert TOLD in theirs and WHY not in theirs and OTHERS not in theirs and "arrêté par" not in theirs
    letter = letter_to(coachee(world), mission)
    read = reverse("coachee_party_letter_acknowledge", args=[letter.ref])
    assert read in _body(browse("coachee").get(reverse("coachee_party_letter", args=[letter.ref])))
    assert browse("coachee").post(read).status_code == 302
    assert Acknowledgement.unscoped.filter(letter=letter).count() == 1
    ours = _body(browse("coach").get(_url("coach_mission", mission)))
    assert ours.count("Lue le") == 1 and ours.count("Pas encore lue") == 1


@pytest.mark.parametrize("missing", ["explanation", "alternatives"])
def test_a_stop_that_lacks_something_is_said_beside_its_field_and_what_was_typed_kept(
    world, browse, mission, quick, missing
):
    answer = browse("coach").post(_url("coach_stop", mission), {**STOP, missing: " "})
    page = _body(answer)
    assert answer.status_code == 422
    assert f'id="id_{missing}_error"' in page
    assert TOLD in page
    assert now(mission).state == "active"


def test_a_coachee_stops_while_their_key_is_closed_and_is_not_asked_why(world, browse, mission, quick):
    browser, url = lock(browse("coachee")), _url("coachee_stop", mission)
    page = _body(browser.get(url))
    assert "sans raison" in page
    assert browser.post(url, {"words": ""}).status_code == 302
    assert Termination.unscoped.get(mission=mission).by == "coachee"
    letter = letter_to(coachee(world), mission)
    assert "Vous avez arrêté" in _body(browser.get(reverse("coachee_party_letter", args=[letter.ref])))


def test_what_a_coachee_writes_with_their_stop_is_kept_until_their_key_is_open(world, browse, mission, quick):
    browser, url = lock(browse("coachee")), _url("coachee_stop", mission)
    answer = browser.post(url, {"words": "Merci."})
    assert answer.status_code in (302, 403)
    assert now(mission).state == "active"


def test_a_sponsor_stops_and_a_manager_finds_no_such_page(world, browse, mission, quick):
    url = _url("organisation_stop", mission)
    assert browse("manager").get(url).status_code == 404
    assert browse("sponsor").post(url, {"told_coach": OFFICE, "told_coachee": KINDLY}).status_code == 302
    mine = _body(browse("coachee").get(_url("coachee_mission", mission)))
    assert KINDLY in mine and OFFICE not in mine and "arrêté par l’organisation" in mine
    assert OFFICE in _body(browse("coach").get(_url("coach_mission", mission)))


def test_a_mission_closes_through_the_page_with_gates_looks_and_reasons(world, browse, mission, quick):
    aim = worked_on(world, mission)
    looking.look(coachee(world), mission, aim, "Je délègue pour de bon.")
    url = _url("coach_close", mission)
    page = _body(browse("coach").get(url))
    assert "Je délègue pour de bon." in page and "pas regardé par" in page
    assert browse("coach").post(_url("coach_close_prepare", mission)).status_code == 302
    answer = browse("coach").post(url, {"explanation": "Merci.", "told_organisation": ""})
    assert answer.status_code == 422 and "Merci." in _body(answer)
    reasons = {"closings.means": "Une séance ancienne.", "closings.looked": "Il est déjà parti."}
    assert (
        browse("coach").post(url, {"explanation": "Merci.", "told_organisation": "", **reasons}).status_code
        == 302
    )
    assert now(mission).state == "closed"


def test_a_coachee_looks_and_says_so_page_by_page(world, browse, mission):
    aim = worked_on(world, mission)
    url, one = _url("coachee_look", mission), _url("coachee_look_at", mission, objective_ref=aim.ref)
    page = _body(browse("coachee").get(url))
    assert aim.title in page and "Questionnement" in page and one in page
    answer = browse("coachee").post(one, {"words": HUGE})
    assert answer.status_code == 422 and HUGE in _body(answer)
    assert not Look.unscoped.filter(objective=aim).exists()
    assert browse("coachee").post(one, {"words": "Vu."}).status_code == 302
    assert "Vous l’avez regardé" in _body(browse("coachee").get(url))
    assert browse("coachee").post(one, {"words": "Revu."}).status_code == 422
    close(world, mission)
    assert browse("coachee").post(one, {"words": "Encore."}).status_code == 403


def test_a_question_that_is_the_coachees_is_shared_and_kept_again(world, browse, mission):
    close(world, mission)
    url, theirs = _url("coachee_satisfaction", mission), _url("coach_answers", mission)
    said = {"text": "Du calme.", "based_on": "0"}
    assert browse("coachee").post(url, {**said, "shared": "on"}).status_code == 302
    assert "Du calme." in _body(browse("coach").get(theirs))
    assert browse("coachee").post(url, {**said, "based_on": "1"}).status_code == 302
    assert "Du calme." not in _body(browse("coach").get(theirs))
    stale = browse("coachee").post(url, {"text": "Autre.", "based_on": "0"})
    assert stale.status_code == 422 and "Autre." in _body(stale)


FORMS = {
    "coach_refuse": ("coach", {"ground": "coach", "explanation": TEXT, "orientation": TEXT, "told_organisation": TEXT}),
    "coach_stop": ("coach", STOP),
    "coach_close": ("coach", {"explanation": TEXT, "told_organisation": TEXT, "closings.means": TEXT, "closings.looked": TEXT}),
    "coachee_stop": ("coachee", {"words": TEXT}),
    "organisation_stop": ("sponsor", {"told_coach": TEXT, "told_coachee": TEXT}),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_bad_input_never_breaks_a_page_that_ends_a_mission(world, browse, mission, quick, name):
    persona, good = FORMS[name]
    if name == "coach_refuse":
        Mission.unscoped.filter(pk=mission.pk).update(state="contracting")
    for field in good:
        for value in BAD:
            with transaction.atomic():
                answer = browse(persona).post(_url(name, mission), {**good, field: value})
                assert answer.status_code < 500, (field, str(value)[:40])
                assert "<script>alert(1)" not in answer.content.decode(), field
                transaction.set_rollback(True)


def test_markup_too_deep_for_a_letter_is_refused_beside_its_field(world, browse, mission, quick):
    answer = browse("coach").post(_url("coach_stop", mission), {**STOP, "told_organisation": ">" * 40 + " a"})
    assert answer.status_code == 422
    assert 'id="id_told_organisation_error"' in _body(answer)


@pytest.mark.parametrize("how", ENDS)
def test_what_remains_after_an_end_opens_to_whom_it_should_and_breaks_nowhere(world, browse, mission, how):
    """DOMAIN, section 5: every link of the mission's page, for each of the three, and nothing of another's."""
    allow(world, mission)
    copy = released(world, mission)
    plan(world, mission, days=9)
    ENDS[how](world, mission)
    for persona, page in PAGES.items():
        first = _body(browse(persona).get(_url(page, mission)))
        links = {
            one for one in re.findall(r'href="(/[^"#]*)"', first) if mission.ref in one or "/letters/" in one
        }
        assert links, persona
        for link in links:
            answer = browse(persona).get(link)
            assert answer.status_code in (200, 302), (persona, link)
    assert (
        browse("sponsor").post(reverse("organisation_restitution_open", args=[copy.ref])).status_code == 302
    )
    assert browse("sponsor").get(reverse("organisation_restitution", args=[copy.ref])).status_code == 200
    assert browse("administrator").get(reverse("practice_missions")).status_code == 200


@pytest.mark.parametrize("how", ENDS)
def test_nothing_is_begun_in_a_mission_that_has_ended(world, browse, mission, how):
    ENDS[how](world, mission)
    for persona, name in (
        ("coach", "coach_stop"), ("coach", "coach_close"), ("coachee", "coachee_stop"), ("sponsor", "organisation_stop"),
    ):  # fmt: skip
        assert browse(persona).get(_url(name, mission)).status_code == 403, name
        assert browse(persona).post(_url(name, mission), {**STOP, "told_coach": "r"}).status_code == 403, name
    assert browse("coach").post(_url("coach_close_prepare", mission)).status_code == 403


def test_a_coachee_who_looks_at_the_organisations_page_does_not_read_what_was_told_to_it_alone(
    world, browse, mission
):
    stop(world, mission)
    page = f"{reverse('coachee_who_sees_what')}?mission={mission.ref}&as=organisation"
    body = _body(browse("coachee").get(page))
    assert "L’accompagnement est arrêté" in body
    assert TOLD not in body and "adressés à la seule organisation" in body


def _queries(browser, url) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("persona", "name"), [("coach", "coach_close"), ("coachee", "coachee_look")])
def test_a_page_before_the_close_asks_no_more_of_three_objectives_than_of_one(
    world, browse, mission, persona, name
):
    one = _queries(browse(persona), _url(name, mission))
    for turn in range(2):
        looking.look(coachee(world), mission, objective(mission, title=f"But {turn}"), "Vu.")
    assert _queries(browse(persona), _url(name, mission)) == one


def test_a_mission_page_asks_no_more_for_four_letters_than_for_two(world, browse, mission, quick):
    browse("coach")
    with transaction.atomic():
        stop(world, mission)
        two = _queries(browse("coach"), _url("coach_mission", mission))
        transaction.set_rollback(True)
    for persona in ("manager", "teammate"):
        Seat.unscoped.create(mission=mission, person=world.people[persona], role="manager")
    stop(world, mission)
    assert len(letters_of(world.coach, mission)) == 4
    assert _queries(browse("coach"), _url("coach_mission", mission)) == two
    assert letters_of(sponsor(world), mission)[0].seat.role == "sponsor"

"""The pages of minutes as each person meets them: written, proposed, answered, agreed; and who is waited for."""

import html
import re

import pytest
from django.urls import reverse

from coaching.kernel.viewer import Portal
from coaching.minutes.models import CoacheeCopy, OrganisationCopy
from coaching.minutes.services import drafting
from coaching.missions.models import Seat
from coaching.missions.services import seats
from coaching.missions.waiting import awaited_by, awaited_on
from tests.minutes.helpers import (
    OTHER,
    TEXT,
    approve,
    copy_of,
    fresh,
    met,
    proposed,
    reword,
    team_met,
    written,
)
from tests.notes.helpers import note_of
from tests.sessions.helpers import active, coachee, seat_of, sponsor
from tests.unlocking import lock


@pytest.fixture
def mission(world, db):
    return active(world)


@pytest.fixture
def session(world, mission):
    return met(world, mission)


def _page(browser, name, *args) -> str:
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return html.unescape(answer.content.decode())


def _sent(browser, name, ref, data):
    return browser.post(reverse(name, args=[ref]), data)


def _fields(body: str) -> dict:
    found = re.findall(r'<input type="hidden" name="(sha256|based_on)"[^>]*value="([^"]*)"', body)
    found += [(name, value) for value, name in re.findall(r'value="([^"]*)" name="(sha256|based_on)"', body)]
    return dict(found)


def test_a_coach_writes_proposes_and_both_sides_agree_on_their_pages(world, mission, session, browse):
    coach, mine, theirs = browse("coach"), browse("coachee"), browse("sponsor")
    assert "Écrire le compte rendu" in _page(coach, "coach_session", session.ref)
    answer = _sent(coach, "coach_minutes_write", session.ref, {"text": TEXT, "based_on": "0"})
    ref = answer["Location"].rstrip("/").split("/")[-1]
    assert world.people["sponsor"].name in _page(coach, "coach_minutes_propose", ref)
    assert _sent(coach, "coach_minutes_propose", ref, {"based_on": "1"}).status_code == 302
    for browser, side in ((mine, "coachee"), (theirs, "organisation")):
        assert "attend votre réponse" in _page(browser, f"{side}_mission", mission.ref)
        form = _fields(_page(browser, f"{side}_minutes_approve", ref))
        assert (
            _sent(
                browser, f"{side}_minutes_approve", ref, {**form, "divergence": f"Vu par {side}."}
            ).status_code
            == 302
        )
    for browser, side in ((mine, "coachee"), (theirs, "organisation"), (coach, "coach")):
        body = _page(browser, f"{side}_minutes", ref)
        assert "Vu par coachee." in body
        assert "Vu par organisation." in body
    assert "Vu par coachee." in _page(theirs, "organisation_balance", mission.ref)


def test_the_coach_reads_what_each_side_changed_word_by_word(world, session, browse):
    row = proposed(world, session)
    reword(coachee(world), row)
    for name, ref in (("coach_minutes", row.ref), ("coach_minutes_write", session.ref)):
        body = _page(browse("coach"), name, ref)
        assert "<del>" in body
        assert "démarre en mai" in re.sub(r"<[^>]+>", "", body)


def test_a_side_reads_what_another_text_changed(world, session, browse):
    row = proposed(world, session)
    proposed(world, session, OTHER)
    body = _page(browse("sponsor"), "organisation_minutes", row.ref)
    assert "Ce qui a changé depuis le texte précédent" in body
    assert "ne compte plus" in body


def test_before_another_text_is_proposed_the_page_says_what_becomes_of_the_answers(world, session, browse):
    row = proposed(world, session)
    written(world, session, OTHER)
    assert "annulée" in _page(browse("coach"), "coach_minutes_propose", row.ref)


@pytest.mark.parametrize(("who", "side"), [("coachee", "coachee"), ("sponsor", "organisation")])
def test_an_answer_to_a_replaced_text_is_refused_and_what_was_typed_is_kept(
    world, session, browse, who, side
):
    row = proposed(world, session)
    old = _fields(_page(browse(who), f"{side}_minutes_reword", row.ref))
    proposed(world, session, OTHER)
    answer = _sent(browse(who), f"{side}_minutes_reword", row.ref, {**old, "wording": "Mes mots à moi."})
    assert answer.status_code == 422
    assert "Mes mots à moi." in answer.content.decode()
    assert _fields(answer.content.decode())["sha256"] == fresh(row).sha256


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_blank_text_is_refused_beside_its_field(world, session, browse, text):
    answer = _sent(browse("coach"), "coach_minutes_write", session.ref, {"text": text, "based_on": "0"})
    assert answer.status_code == 422
    row = proposed(world, session)
    seen = {"sha256": row.sha256, "based_on": "0"}
    answer = _sent(browse("sponsor"), "organisation_minutes_reword", row.ref, {"wording": text, **seen})
    assert answer.status_code == 422
    assert OrganisationCopy.unscoped.get().answer == "none"


def test_minutes_of_a_meeting_that_was_not_held_have_no_page_to_be_written_on(world, mission, browse):
    from tests.sessions.helpers import plan

    row = plan(world, mission, kind="three_way", stage="start", roles=("coachee", "sponsor"))
    assert browse("coach").get(reverse("coach_minutes_write", args=[row.ref])).status_code == 403


@pytest.mark.parametrize("name", ["coachee_minutes", "organisation_minutes", "coach_minutes"])
def test_unknown_minutes_are_the_same_404_for_everybody(world, session, browse, name):
    draft = written(world, session)
    persona = {"coachee": "coachee", "organisation": "sponsor", "coach": "colleague"}[name.split("_")[0]]
    answers = [browse(persona).get(reverse(name, args=[ref])) for ref in (draft.ref, "MT-2222222222")]
    assert [one.status_code for one in answers] == [404, 404]


def test_an_answer_to_agreed_minutes_is_refused_on_its_page(world, session, browse):
    row = proposed(world, session)
    for viewer in (coachee(world), sponsor(world)):
        approve(viewer, row)
    for who, side in (("coachee", "coachee"), ("sponsor", "organisation")):
        for act in ("approve", "reword"):
            assert browse(who).get(reverse(f"{side}_minutes_{act}", args=[row.ref])).status_code == 403
    for act in ("propose", "set_aside"):
        assert browse("coach").post(reverse(f"coach_minutes_{act}", args=[row.ref])).status_code == 403


def test_a_manager_reads_the_copy_and_is_told_who_answers(world, mission, browse):
    row = proposed(world, team_met(world, "coachee"))
    assert "répond pour elle" in _page(browse("manager"), "organisation_minutes", row.ref)
    assert browse("manager").get(reverse("organisation_minutes_approve", args=[row.ref])).status_code == 403
    assert "attend votre réponse" not in _page(browse("manager"), "organisation_mission", world.mission.ref)


def test_a_coachee_whose_key_is_closed_is_asked_for_it_before_the_text(world, session, browse):
    row = proposed(world, session)
    answer = lock(browse("coachee")).get(reverse("coachee_minutes", args=[row.ref]))
    assert (answer.status_code, "unlock" in answer["Location"]) == (302, True)


def test_words_of_the_private_note_are_asked_about_on_the_page(world, mission, session, browse):
    note_of(world, mission, "La délégation avance ; le four prend du retard. Il fuit.", session)
    row = written(world, session)
    answer = _sent(browse("coach"), "coach_minutes_propose", row.ref, {"based_on": "1"})
    assert answer.status_code == 422
    assert "checkbox" in answer.content.decode()
    answer = _sent(browse("coach"), "coach_minutes_propose", row.ref, {"based_on": "1", "meant": "on"})
    assert answer.status_code == 302


def test_set_aside_minutes_say_so_to_those_who_were_asked(world, session, browse):
    row = proposed(world, session)
    assert _sent(browse("coach"), "coach_minutes_set_aside", row.ref, {}).status_code == 302
    assert "mis ce compte rendu de côté" in _page(browse("coachee"), "coachee_minutes", row.ref)


def test_the_minutes_are_the_next_step_of_whoever_must_act(world, mission, session, browse):
    assert "Écrire le compte rendu de la rencontre" in _page(browse("coach"), "coach_mission", mission.ref)
    row = written(world, session)
    assert "reste à proposer" in _page(browse("coach"), "coach_mission", mission.ref)
    drafting.propose(world.coach, row, based_on=1)
    reword(coachee(world), fresh(row))
    assert "Une partie formule" in _page(browse("coach"), "coach_mission", mission.ref)
    assert "attend votre réponse" not in _page(browse("coachee"), "coachee_mission", mission.ref)


# --- who is waited for


def _names(rows) -> set[str]:
    return {row.seat.name for row in rows if "minutes" in row.path}


def test_the_coach_waits_for_sides_that_have_not_answered(world, mission, session):
    row = proposed(world, session)
    both = {world.people[who].name for who in ("coachee", "sponsor")}
    assert _names(awaited_by(world.coach, 50)) == both
    approve(coachee(world), row)
    assert _names(awaited_on(world.coach, mission)) == {world.people["sponsor"].name}


def test_a_side_hears_of_itself_alone_among_those_awaited(world, session):
    proposed(world, session)
    assert _names(awaited_by(coachee(world), 50)) == {world.people["coachee"].name}
    assert _names(awaited_by(sponsor(world), 50)) == {world.people["sponsor"].name}
    for persona, portal in (
        ("teammate", Portal.COACHEE),
        ("sponsor_elsewhere", Portal.ORGANISATION),
        ("colleague", Portal.COACH),
    ):
        assert _names(awaited_by(world.viewer(persona, portal), 50)) == set()


def test_a_manager_is_waited_for_only_where_no_sponsor_has_an_account(world, mission):
    proposed(world, team_met(world, "coachee"))
    assert world.people["manager"].name not in _names(awaited_by(world.coach, 50))
    Seat.unscoped.filter(mission=world.mission, role="sponsor").update(ended_at="2026-01-01T00:00Z")
    assert world.people["manager"].name in _names(awaited_by(world.coach, 50))


def test_nobody_is_waited_for_once_the_minutes_are_set_aside(world, session):
    drafting.set_aside(world.coach, proposed(world, session))
    assert _names(awaited_by(world.coach, 50)) == set()


def test_a_coachee_without_a_seat_reads_nothing_any_more(world, mission, session, browse):
    row = proposed(world, session)
    seats.end_seat(world.coach, mission, seat_of(mission))
    assert browse("coachee").get(reverse("coachee_minutes", args=[row.ref])).status_code == 404
    assert CoacheeCopy.unscoped.get().answer == "none"
    assert copy_of(sponsor(world), row)

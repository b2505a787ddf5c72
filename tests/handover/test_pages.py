"""The pages of a hand-over: each person finds what is theirs, typed text is kept, and a mission says what became of it."""

import pytest
from django.urls import reverse

from coaching.consents.models import Consent
from coaching.handover.models import HandOver
from coaching.missions.models import Mission
from tests.handover.helpers import LETTER, agreed, member, proposed, taken_up, whole_seat
from tests.sessions.helpers import active


@pytest.fixture
def mission(world, db):
    return active(world)


def _new(mission):
    return reverse("coach_handover_new", args=[mission.ref, whole_seat(mission).ref])


def _said(answer) -> str:
    return answer.content.decode()


def test_nothing_is_ticked_beforehand_for_the_coach_or_the_coachee(world, browse, mission):
    assert " checked" not in _said(browse("coach").get(_new(mission))).split('name="items"', 1)[1]
    row = proposed(world, mission)
    answer = browse("coachee").get(reverse("coachee_handover_agree", args=[row.ref]))
    assert " checked" not in _said(answer)


def test_what_was_typed_is_shown_again_when_the_letter_is_not_ticked(world, browse, mission):
    said = {"to": member(world).ref, "items": ["sessions"], "letter": LETTER}
    answer = browse("coach").post(_new(mission), said)
    assert answer.status_code == 422
    assert LETTER in _said(answer)
    assert not HandOver.unscoped.exists()


def test_the_coachee_agrees_to_what_they_tick_on_the_page_and_finds_it_among_their_consents(
    world, browse, mission
):
    row = proposed(world, mission)
    page = reverse("coachee_handover_agree", args=[row.ref])
    assert LETTER in _said(browse("coachee").get(page))
    browse("coachee").post(page, {"items": ["sessions"]})
    assert HandOver.unscoped.get(pk=row.pk).agreed == ["sessions"]
    listed = _said(browse("coachee").get(reverse("coachee_consents", args=[mission.ref])))
    assert world.users["colleague"].name in listed


def test_one_click_withdraws_it(world, browse, mission):
    row = agreed(world, mission)
    browse("coachee").post(reverse("coachee_consent_withdraw", args=[row.consent.ref]))
    assert HandOver.unscoped.get(pk=row.pk).state == "withdrawn"
    assert Consent.unscoped.get(pk=row.consent_id).ending == "withdrawn"
    page = reverse("coach_offer", args=[row.ref])
    assert browse("colleague").get(page).status_code == 404


def test_an_item_that_was_not_proposed_is_refused_on_the_page(world, browse, mission):
    row = proposed(world, mission, "sessions")
    page = reverse("coachee_handover_agree", args=[row.ref])
    assert browse("coachee").post(page, {"items": ["own_request"]}).status_code == 422
    assert HandOver.unscoped.get(pk=row.pk).state == "proposed"


def test_the_colleague_finds_it_from_their_first_page_and_takes_it_up(world, browse, mission):
    row = agreed(world, mission)
    offer = reverse("coach_offer", args=[row.ref])
    assert offer in _said(browse("colleague").get(reverse("coach_home")))
    assert LETTER in _said(browse("colleague").get(offer))
    answer = browse("colleague").post(reverse("coach_offer_take_up", args=[row.ref]))
    made = Mission.unscoped.get(coach=world.users["colleague"])
    assert answer["Location"] == reverse("coach_mission", args=[made.ref])
    assert offer in _said(browse("colleague").get(answer["Location"]))
    assert browse("colleague").get(reverse("coach_mission", args=[mission.ref])).status_code == 404


def test_a_second_press_on_a_button_is_told_that_the_state_has_changed(world, browse, mission):
    row = agreed(world, mission)
    page = reverse("coach_offer_take_up", args=[row.ref])
    browse("colleague").post(page)
    assert browse("colleague").post(page).status_code == 403
    assert browse("coach").post(reverse("coach_handover_withdraw", args=[row.ref])).status_code == 403


def test_both_sides_of_the_former_mission_read_that_it_was_handed_over(world, browse, mission):
    taken_up(world, mission)
    name = world.users["colleague"].name
    for persona, page in (("coach", "coach_mission"), ("sponsor", "organisation_mission")):
        assert name in _said(browse(persona).get(reverse(page, args=[mission.ref]))), persona


def test_the_organisation_reads_nothing_while_it_may_come_to_nothing(world, browse, mission):
    agreed(world, mission)
    page = _said(browse("sponsor").get(reverse("organisation_mission", args=[mission.ref])))
    assert world.users["colleague"].name not in page


@pytest.mark.parametrize("persona", ["colleague", "coach_elsewhere", "administrator", "sponsor", "teammate"])
def test_a_proposal_does_not_exist_for(world, browse, mission, persona):
    row = proposed(world, mission)
    for name in ("coach_handover", "coach_offer", "coachee_handover"):
        assert browse(persona).get(reverse(name, args=[row.ref])).status_code == 404


def test_a_consent_to_a_hand_over_is_none_to_a_restitution(world, browse, mission):
    """Both stand in one table; the page that begins a restitution offers what is for the organisation alone."""
    agreed(world, mission)
    page = reverse("coach_restitution_new", args=[mission.ref])
    answer = browse("coach").get(page)
    assert answer.status_code == 200
    assert world.users["colleague"].name not in _said(answer)

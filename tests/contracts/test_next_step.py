"""What comes next while a contract is under review: for its coach, and for each party."""

import pytest

from coaching.kernel.viewer import Portal
from contracts.access import contracts_to_do
from contracts.services import review, sharing
from contracts.web.room import contract_room
from tests.contracts.helpers import send, under_review


def _to_answer(viewer):
    return [one.mission.ref for one in contracts_to_do(viewer, 8) if one.to_answer]


@pytest.fixture
def sent(world, db):
    return under_review(world)


@pytest.fixture
def coachee(world):
    return world.viewer("coachee", Portal.COACHEE)


@pytest.fixture
def sponsor(world):
    return world.viewer("sponsor", Portal.ORGANISATION)


def _step(viewer, mission):
    step = contract_room(viewer, mission, {}).step
    return str(step.title), str(step.waiting)


def test_the_coach_waits_by_name_for_those_who_have_not_read_then_not_decided(world, sent, coachee, sponsor):
    mission, _contract, version = sent
    names = {who: world.people[who].name for who in ("coachee", "sponsor")}
    title, waiting = _step(world.coach, mission)
    assert title == "Le contrat est entre les mains des parties"
    assert all(name in waiting for name in names.values())
    sharing.acknowledge_reading(sponsor, version)
    assert _step(world.coach, mission) == (title, names["coachee"])
    review.say_fine(coachee, version)
    assert _step(world.coach, mission) == ("Toutes les parties ont lu le contrat", names["sponsor"])
    review.say_fine(sponsor, version)
    assert _step(world.coach, mission) == ("Cette version du contrat convient à tout le monde", "")


def test_the_coach_is_first_asked_to_answer(world, sent, coachee, sponsor):
    mission, _contract, version = sent
    said = {"section": "fees", "text": "Moins cher."}
    review.comment(coachee, version, kind="comment", **said)
    assert _step(world.coach, mission)[0] == "1 remarque attend une réponse"
    rows = [review.comment(who, version, kind="change", **said) for who in (coachee, sponsor)]
    assert _step(world.coach, mission)[0] == "2 changements demandés\u00a0: répondez"
    review.answer(world.coach, rows[0], outcome="accepted", text="")
    review.withdraw_comment(sponsor, rows[1])
    assert _step(world.coach, mission)[0] == "1 remarque attend une réponse"


def test_a_new_version_starts_the_round_again(world, sent, coachee, sponsor):
    mission, contract, version = sent
    review.comment(coachee, version, section="fees", kind="change", text="Moins cher.")
    review.say_fine(sponsor, version)
    sharing.revise(world.coach, contract)
    send(world, contract)
    title, waiting = _step(world.coach, mission)
    assert title == "Le contrat est entre les mains des parties"
    assert world.people["sponsor"].name in waiting
    assert _step(sponsor, mission)[0] == "Lire le contrat"


def test_a_party_reads_then_says_whether_it_is_fine_then_waits(world, sent, coachee):
    mission, _contract, version = sent
    coach = world.users["coach"].name
    assert _step(coachee, mission) == ("Lire le contrat", "")
    sharing.acknowledge_reading(coachee, version)
    assert _step(coachee, mission) == ("Dites si le contrat vous convient", "")
    row = review.comment(coachee, version, section="fees", kind="change", text="Moins cher.")
    assert _step(coachee, mission) == ("Vous avez demandé un changement", coach)
    review.answer(world.coach, row, outcome="explained", text="Voici pourquoi.")
    assert _step(coachee, mission) == ("Dites si le contrat vous convient", "")
    review.say_fine(coachee, version)
    assert _step(coachee, mission) == ("Vous avez lu le contrat", coach)


def test_one_partys_request_does_not_become_anothers_step(sent, coachee, sponsor):
    mission, _contract, version = sent
    sharing.acknowledge_reading(sponsor, version)
    review.comment(coachee, version, section="fees", kind="change", text="Moins cher.", audience="table")
    assert _step(sponsor, mission)[0] == "Dites si le contrat vous convient"


def test_the_coachs_first_page_names_the_missions_whose_comments_wait(world, sent, coachee):
    mission, _contract, version = sent
    assert _to_answer(world.coach) == []
    row = review.comment(coachee, version, section="fees", kind="comment", text="Moins cher.")
    assert _to_answer(world.coach) == [mission.ref]
    assert _to_answer(world.viewer("colleague", Portal.COACH)) == []
    review.answer(world.coach, row, outcome="accepted", text="")
    assert _to_answer(world.coach) == []

"""The pages of what stands: the coach's, the coachee's and the organisation's, without a script."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract, ContractVersion
from contracts.services import amending
from tests.contracts.helpers import contracting
from tests.contracts.standing_helpers import amended, amendment, standing

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _stands(world, django_db_blocker):
    """One contract that stands, made once; what a test does to it is taken back at its end."""
    with django_db_blocker.unblock():
        world.standing = standing(world)


PAGES = (("coach", "coach_standing"), ("coachee", "coachee_standing"), ("sponsor", "organisation_standing"))


def _page(browse, persona, name, *args) -> str:
    answer = browse(persona).get(reverse(name, args=args))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_each_party_reads_the_contract_as_it_stands_with_its_history(world, browse):
    base = standing(world)
    row = amended(world, base)
    for persona, name in PAGES:
        said = _page(browse, persona, name, base.ref)
        assert "Rédaction issue de l’avenant n°\u00a01" in said
        assert said.count("Ouvrir le document scellé") == 2
        assert row.ref in said
        assert "<ins>" in said
        assert world.people["sponsor"].name in said  # who signed


def test_what_stands_is_asked_in_as_many_queries_after_three_amendments_as_after_one(world, browse):
    base = standing(world)

    def asked(persona, name):
        with CaptureQueriesContext(connection) as queries:
            _page(browse, persona, name, base.ref)
        return len(queries)

    amended(world, base)
    once = [(asked(*one), asked(*one))[1] for one in PAGES]
    for sessions in (11, 12):
        amended(world, base, sessions_count=sessions)
    assert [asked(*one) for one in PAGES] == once


def test_a_contract_that_is_not_sealed_stands_nowhere(world, browse):
    _mission, contract = contracting(world)
    assert browse("coach").get(reverse("coach_standing", args=[contract.ref])).status_code == 404


def test_an_amendment_stands_in_its_contract_and_on_no_page_of_its_own(world, browse):
    row = amended(world)
    assert browse("coach").get(reverse("coach_standing", args=[row.ref])).status_code == 404


def test_the_coach_drafts_an_amendment_from_the_page_of_the_contract(world, browse):
    base = standing(world)
    coach = browse("coach")
    assert "Commencer un avenant" in _page(browse, "coach", "coach_contract", base.ref)
    answer = coach.post(reverse("coach_amend", args=[base.ref]))
    row = Contract.unscoped.get(base=base)
    assert answer["Location"] == reverse("coach_contract", args=[row.ref])
    assert "Commencer un avenant" not in _page(browse, "coach", "coach_contract", base.ref)
    coach.post(reverse("coach_amendment_purpose", args=[row.ref]), {"purpose": "Deux de plus."})
    coach.post(reverse("coach_amendment_pick", args=[row.ref]), {"sections": ["supervision", "roles"]})
    said = _page(browse, "coach", "coach_contract", row.ref)
    assert "Deux de plus." in said
    assert said.count("Laisser cet article tel quel") == 2
    assert "dit ce qu’il disait déjà" in said


def test_nothing_picked_is_said_beside_the_list_and_the_page_comes_again(world, browse):
    row = amendment(world)
    answer = browse("coach").post(reverse("coach_amendment_pick", args=[row.ref]), {})
    assert answer.status_code == 422
    assert "Choisissez un article." in answer.content.decode()


def test_a_draft_of_an_amendment_is_not_read_by_its_parties(world, browse):
    base = standing(world)
    row = amendment(world, base)
    version = ContractVersion.unscoped.get(contract=base)
    for persona, side in (("coachee", "coachee"), ("sponsor", "organisation")):
        said = _page(browse, persona, f"{side}_mission", base.mission.ref)
        assert "Deux séances de plus." not in said
        assert browse(persona).get(reverse(f"{side}_contract", args=[version.ref])).status_code == 200
        assert browse(persona).get(reverse(f"{side}_standing", args=[row.ref])).status_code == 404


def test_as_what_the_coachee_pays_is_not_amended(world, browse):
    base = standing(world)
    row = amending.amend(world.coach, base)
    answer = browse("coach").get(reverse("coach_terms", args=[row.ref]))
    assert "is_consumer" not in answer.content.decode()

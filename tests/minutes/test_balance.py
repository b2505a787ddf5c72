"""The balance of a mission's objectives: by origin, to each as far as they may read (articles 4, 15 and 16)."""

import html

import pytest
from django.urls import reverse

from coaching.kernel.viewer import Portal
from coaching.minutes import access
from coaching.minutes.web import balancing
from coaching.missions.models import Objective, Seat
from coaching.progress.services import means
from tests.minutes.helpers import approve, proposed, team_met
from tests.sessions.helpers import coachee, sponsor

DIVERGENCE = "Pour moi, le four n’est pas en retard."


@pytest.fixture
def aims(world, db) -> dict:
    """Of the main mission, a team: by origin; of coachees' own, one of each."""
    rows = Objective.unscoped.filter(mission=world.mission, removed_at=None)
    mine, theirs = (
        Seat.unscoped.get(mission=world.mission, person=world.people[who]) for who in ("coachee", "teammate")
    )
    return {
        "common": rows.get(tag="common"),
        "organisation": rows.get(tag="organisation"),
        "own": rows.get(tag="coachee", seat=mine),
        "theirs": rows.get(tag="coachee", seat=theirs),
    }


@pytest.fixture
def session(world, aims):
    row = team_met(world, "coachee")
    for name in ("common", "own"):
        means.say(
            world.coach,
            row,
            aims[name],
            kind="exercise",
            name=f"La chaise vide, {name}",
            words="",
            based_on=0,
        )
    return row


def _page(browser, portal, mission) -> str:
    name = {"coach": "coach_balance_view"}.get(portal, f"{portal}_balance")
    answer = browser.get(reverse(name, args=[mission.ref]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def _work(viewer, mission) -> dict:
    return {row.tag.value: row.used for row in balancing.origins(viewer, mission)}


def test_the_coach_reads_how_much_of_the_work_went_to_each_origin(world, session):
    assert _work(world.coach, world.mission) == {"common": 1, "organisation": 0, "coachee": 1}


def test_a_coachee_reads_the_same_of_their_own_work(world, session):
    assert _work(coachee(world), world.mission) == {"common": 1, "organisation": 0, "coachee": 1}


def test_a_teammate_reads_nothing_of_work_they_were_not_there_for(world, aims, session, browse):
    mate = world.viewer("teammate", Portal.COACHEE)
    assert _work(mate, world.mission) == {"common": 0, "organisation": 0, "coachee": 0}
    body = _page(browse("teammate"), "coachee", world.mission)
    assert aims["own"].title not in body
    assert "chaise vide" not in body


def test_the_organisation_reads_objectives_and_neither_means_nor_measures(world, aims, session, browse):
    body = _page(browse("sponsor"), "organisation", world.mission)
    assert aims["common"].title in body
    assert aims["organisation"].title in body
    for hidden in (aims["own"].title, aims["theirs"].title, "chaise vide", "Où est allé le travail"):
        assert hidden not in body
    assert [row.tag.value for row in balancing.origins(sponsor(world), world.mission)] == [
        "common",
        "organisation",
    ]


def test_the_organisations_page_says_what_is_not_shown_and_by_which_article(world, session, browse):
    body = _page(browse("sponsor"), "organisation", world.mission)
    for slug in ("confidentialite", "restitution", "equilibre"):
        assert f"#{slug}" in body


def test_divergences_are_shown_once_all_agree_and_not_before(world, session, browse):
    row = proposed(world, session)
    approve(coachee(world), row, DIVERGENCE)
    assert DIVERGENCE not in _page(browse("sponsor"), "organisation", world.mission)
    assert DIVERGENCE not in _page(browse("coachee"), "coachee", world.mission)
    approve(sponsor(world), row)
    for who, portal in (("sponsor", "organisation"), ("coachee", "coachee"), ("coach", "coach")):
        assert DIVERGENCE in _page(browse(who), portal, world.mission)


def test_a_teammate_who_was_not_at_the_meeting_reads_no_divergence_of_it(world, session, browse):
    row = proposed(world, session)
    for viewer in (coachee(world), sponsor(world)):
        approve(viewer, row, DIVERGENCE)
    assert access.agreed_on(world.viewer("teammate", Portal.COACHEE), world.mission) == []
    assert DIVERGENCE not in _page(browse("teammate"), "coachee", world.mission)


@pytest.mark.parametrize(
    ("persona", "name"),
    [
        ("colleague", "coach_balance_view"),
        ("coach_elsewhere", "coach_balance_view"),
        ("sponsor_elsewhere", "organisation_balance"),
        ("departed", "coachee_balance"),
        ("sponsor", "coach_balance_view"),
        ("coachee", "organisation_balance"),
    ],
)
def test_the_balance_is_no_page_for_whoever_is_not_at_the_table(world, browse, persona, name):
    assert browse(persona).get(reverse(name, args=[world.mission.ref])).status_code == 404


def test_the_figures_are_in_a_table_that_says_the_same_as_the_drawing(world, session, browse):
    body = _page(browse("coach"), "coach", world.mission)
    assert body.count("<svg") >= 2
    assert body.count("chart-figure") == 6

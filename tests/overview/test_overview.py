"""What a sponsor is told of all their organisation's missions: figures, of enough people, and of nobody in particular."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.accounts.models import Practice
from coaching.clients.models import Person
from coaching.kernel.viewer import Portal
from coaching.overview.access import totals_of
from tests.overview.helpers import coached, consented, held, house, measured, mission, sit, viewer

MOST_QUERIES = 12
NO_QUESTION = re.compile(r"^SAVEPOINT|^RELEASE|current_setting|set_config")  # what an engine is told


def _questions(captured) -> int:
    return len([one for one in captured if not NO_QUESTION.search(one["sql"])])


@pytest.fixture
def maison(world, db):
    """A sponsor at the table of one mission with five people; five missions of others, where they do not sit."""
    organisation, person = house(world)
    mine = mission(world, organisation, kind="team")
    sit(mine, person)
    for _turn in range(5):
        coached(world, mine)
    others = [mission(world, organisation) for _turn in range(5)]
    seats = [coached(world, one) for one in others]
    return organisation, person, mine, seats


def _rows(world):
    totals = totals_of(viewer(world))
    return totals.rows and [(row.states, row.missions) for row in totals.rows]


def test_totals_over_every_mission_are_told_where_each_part_is_of_five_people(world, maison):
    totals = totals_of(viewer(world))
    assert (totals.missions, totals.smallest) == (6, 5)
    assert _rows(world)[0] == (("active",), 6)


def test_nothing_is_told_while_four_people_are_coached_beyond_ones_own_missions(world, maison):
    seats = maison[3]
    type(seats[0]).unscoped.filter(pk=seats[0].pk).update(ended_at=timezone.now())
    totals = totals_of(viewer(world))
    assert (totals.missions, totals.rows, totals.held) == (None, None, None)


def test_the_smallest_group_is_the_practices_to_set(world, maison):
    Practice.unscoped.filter(pk=world.practice.pk).update(smallest_group=6)
    assert totals_of(viewer(world)).rows is None
    Practice.unscoped.filter(pk=world.practice.pk).update(smallest_group=3)
    assert totals_of(viewer(world)).missions == 6


def test_sessions_held_are_told_once_the_missions_that_held_any_are_of_enough_people(world, maison):
    _organisation, _person, mine, seats = maison
    held(mine, 4)
    held(seats[0].mission, 3)
    assert totals_of(viewer(world)).held is None
    for seat in seats[1:]:
        held(seat.mission, 1)
    assert totals_of(viewer(world)).held == 11


def test_the_progress_is_the_average_of_those_who_consent_to_the_half(world, maison):
    seats = maison[3]
    for seat, end in zip(seats, (4, 5, 6, 7, 7), strict=True):
        measured(seat, 2, end)
        consented(seat, "attendance", "common_objectives")
    assert totals_of(viewer(world)).progress == (2, 6)


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": ("attendance",)},
        {"addressee": "manager"},
        {"ended_at": timezone.now(), "ending": "withdrawn"},
        {"until": timezone.localdate() - timedelta(days=1)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_whoever_does_not_consent_today_is_in_no_average(world, maison, wrong):
    seats = maison[3]
    for seat in seats:
        measured(seat, 2, 6)
    for seat in seats[1:]:
        consented(seat)
    consented(seats[0], *wrong.pop("items", ()), **wrong)
    assert totals_of(viewer(world)).progress is None


@pytest.mark.parametrize("tag", ["coachee", "organisation"])
def test_only_common_objectives_are_averaged(world, maison, tag):
    for seat in maison[3]:
        measured(seat, 2, 6, tag=tag)
        consented(seat)
    assert totals_of(viewer(world)).progress is None


def test_an_objective_measured_once_says_nothing_of_progress(world, maison):
    for seat in maison[3]:
        measured(seat, 2, None)
        consented(seat)
    assert totals_of(viewer(world)).progress is None


def test_a_mission_the_coachee_pays_is_in_no_total(world, maison):
    coached(world, mission(world, maison[0], payer="coachee", state="paused"))
    assert totals_of(viewer(world)).missions == 6


def test_another_organisation_of_the_same_coach_is_in_no_total(world, maison):
    for _turn in range(6):
        coached(world, mission(world, world.organisation, state="closed"))
    assert totals_of(viewer(world)).missions == 6


def test_the_same_person_in_two_missions_is_one_person(world, maison):
    seats = maison[3]
    type(seats[0]).unscoped.filter(pk=seats[0].pk).update(ended_at=timezone.now())
    assert totals_of(viewer(world)).rows is None
    coached(world, seats[0].mission, seats[1].person.email)
    assert totals_of(viewer(world)).rows is None


def test_a_manager_is_told_no_total(world, browse, maison):
    person = maison[1]
    type(maison[3][0]).unscoped.filter(person=person).update(role="manager")
    assert totals_of(viewer(world)) is None
    assert browse("sponsor_elsewhere").get(reverse("organisation_overview")).status_code == 200


def test_a_sponsor_who_is_not_of_the_organisation_is_told_no_total(world, maison):
    Person.unscoped.filter(pk=maison[1].pk).update(organisation=None)
    assert totals_of(viewer(world)) is None


@pytest.mark.parametrize("portal", [Portal.COACH, Portal.COACHEE, Portal.PRACTICE])
def test_no_other_portal_is_told_totals(world, maison, portal):
    assert totals_of(world.viewer("sponsor_elsewhere", portal)) is None


def test_the_page_never_says_how_many_are_missing_and_names_nobody(world, browse, maison):
    seats = maison[3]
    type(seats[0]).unscoped.filter(pk=seats[0].pk).update(ended_at=timezone.now())
    body = browse("sponsor_elsewhere").get(reverse("organisation_overview")).content.decode()
    main = body[body.index("<main") : body.index("</main>")]
    assert main.count("au moins 5 personnes") == 3
    assert "Quelqu’un" not in main
    for word in ("Une mission", maison[2].ref, seats[1].person.ref):
        assert word not in main


def test_the_page_draws_what_it_says_in_a_table_too(world, browse, maison):
    for seat in maison[3]:
        measured(seat, 3, 6)
        consented(seat)
    body = browse("sponsor_elsewhere").get(reverse("organisation_overview")).content.decode()
    assert 'points="40,62 180,44"' in body
    assert body.count("<table") == 2


def test_totals_take_the_same_few_queries_with_more_missions(world, browse, maison):
    browser, url = browse("sponsor_elsewhere"), reverse("organisation_overview")
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for _turn in range(6):
        seat = coached(world, mission(world, maison[0], state="closed"))
        measured(seat, 1, 2)
        consented(seat)
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert _questions(many) == _questions(few) <= MOST_QUERIES


# --- the practice's setting


@pytest.mark.parametrize("number", ["2", "0", "-5", "101", "cinq", "", "4.5"])
def test_a_smallest_group_out_of_range_is_refused_beside_its_field_and_kept(world, browse, number):
    answer = browse("administrator").post(reverse("practice_settings"), _settings(smallest_group=number))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_smallest_group_error"' in body
    assert not number or f'value="{number}"' in body
    assert Practice.unscoped.get(pk=world.practice.pk).smallest_group == 5


def test_an_administrator_sets_the_smallest_group(world, browse):
    browse("administrator").post(reverse("practice_settings"), _settings(smallest_group="8"))
    assert Practice.unscoped.get(pk=world.practice.pk).smallest_group == 8


def test_the_database_itself_refuses_a_group_of_two(world, db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.unscoped.filter(pk=world.practice.pk).update(smallest_group=2)


def _settings(**more) -> dict:
    blank = "legal_form siret vat_number address city email phone insurance recourse_name recourse_contact mediator_name"
    names = dict.fromkeys([*blank.split(), "mediator_contact"], "")
    return {
        **names,
        "name": "Un cabinet",
        "vat_regime": "exempt",
        "vat_rate": "20",
        "development_hours": "16",
        **more,
    }

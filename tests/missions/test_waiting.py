"""What waits for the coach on the first page: requests to validate, contracts to open; few queries whatever is shown."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, RequestVersion, Validation
from coaching.missions.services import requests
from coaching.missions.waiting import awaited_by, awaited_on
from coaching.missions.waiting_access import missions_ready, requests_to_validate

pytestmark = pytest.mark.django_db
# The coach's own duties, and what surrounds an end, stand on these pages too.
MOST_QUERIES = {"coach_home": 16, "coach_mission": 13}
NO_QUESTION = re.compile(
    r"^SAVEPOINT|^RELEASE|current_setting|set_config"
)  # PostgreSQL is told who is looking


@pytest.fixture
def enquiry(world):
    """The mission with its requests, back when it was an enquiry."""
    Mission.unscoped.filter(pk=world.mission.pk).update(state="enquiry")
    return world.mission


@pytest.fixture
def unvalidated(enquiry):
    Validation.unscoped.filter(version__request__mission=enquiry).delete()
    return enquiry


def _confirmed(mission):
    return RequestVersion.unscoped.filter(request__mission=mission, confirmed_at__isnull=False)


def test_a_confirmed_request_waits_for_the_coach_until_it_is_validated(world, unvalidated):
    versions = _confirmed(unvalidated).filter(request__level="coachee", request__seat__ended_at=None)
    rows = [one for one in requests_to_validate(world.coach, 8) if one.mission.ref == unvalidated.ref]
    assert {one.ref for one in rows} == {version.request.ref for version in versions}
    assert requests_to_validate(world.coach, 1) == rows[:1]
    assert missions_ready(world.coach, 8) == []


def test_the_coachees_are_named_in_order_beside_the_mission(world, unvalidated):
    (one, *_others) = requests_to_validate(world.coach, 8)
    assert world.people["coachee"].name in one.mission.coachees
    assert list(one.mission.coachees) == sorted(one.mission.coachees)


def test_an_enquiry_whose_requests_are_all_there_and_validated_is_ready(world, enquiry):
    for version in _confirmed(enquiry).filter(request__level="coachee"):
        Validation.unscoped.get_or_create(
            version=version, defaults={"wording": "Validée.", "validated_by": world.users["coach"]}
        )
    assert [line.ref for line in missions_ready(world.coach, 8)] == [enquiry.ref]


def test_an_enquiry_is_not_ready_while_the_organisation_has_not_confirmed(world, enquiry):
    _confirmed(enquiry).filter(request__level="organisation").update(confirmed_at=None, confirmed_by=None)
    assert missions_ready(world.coach, 8) == []
    assert enquiry.ref in {one.seat.mission.ref for one in awaited_by(world.coach, 50)}


def test_a_newer_wording_taken_down_is_to_be_confirmed_before_it_is_validated(world, unvalidated):
    last = _confirmed(unvalidated).filter(request__level="coachee").latest("number")
    before = requests_to_validate(world.coach, 8)
    requests.write_coachee_request(
        world.coach, unvalidated, last.request.seat, "Dit en réunion.", based_on=last.number
    )
    assert len(requests_to_validate(world.coach, 8)) == len(before) - 1
    assert last.request.seat.ref in {one.seat.ref for one in awaited_on(world.coach, unvalidated)}


@pytest.mark.parametrize(
    ("persona", "portal"),
    [("colleague", Portal.COACH), ("coachee", Portal.COACHEE), ("administrator", Portal.PRACTICE)],
)
def test_nobody_else_is_told_what_waits_for_the_coach(world, unvalidated, persona, portal):
    viewer = world.viewer(persona, portal)
    assert requests_to_validate(viewer, 8) == []


@pytest.mark.parametrize("page", ["coach_home", "coach_mission", "organisation_home", "organisation_mission"])
def test_a_first_page_and_a_teams_mission_under_contract_ask_few_queries(world, browse, page):
    Mission.unscoped.filter(pk=world.mission.pk).update(kind="team")
    browser = browse("coach" if page.startswith("coach") else "sponsor")
    url = reverse(page, args=[world.mission.ref] if page.endswith("mission") else [])
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    assert len([one for one in asked if not NO_QUESTION.search(one["sql"])]) <= MOST_QUERIES.get(page, 12)

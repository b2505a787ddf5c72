"""Who sees what of sessions: dates between coach and coachee; a number for everybody else."""

import pytest
from django.http import Http404
from django.urls import reverse

from coaching.kernel.viewer import Portal
from coaching.sessions import access
from coaching.sessions.services import life
from tests.contracts.helpers import enquiry
from tests.sessions.helpers import active, begun, coachee, plan, seat_of, sponsor


@pytest.fixture
def mission(world, db):
    return active(world)


def _held(world, mission):
    row = begun(plan(world, mission))
    return life.record_held(world.coach, row, minutes=60, present=[seat_of(mission).ref])


def test_coach_and_coachee_see_a_session(world, mission):
    row = plan(world, mission)
    for viewer in (world.coach, coachee(world)):
        assert access.get_session(viewer, row.ref) == row


@pytest.mark.parametrize(
    ("who", "portal"),
    [
        ("sponsor", Portal.ORGANISATION),
        ("manager", Portal.ORGANISATION),
        ("teammate", Portal.COACHEE),
        ("colleague", Portal.COACH),
        ("administrator", Portal.PRACTICE),
        ("coach", Portal.PRACTICE),
        ("sponsor", Portal.COACHEE),
    ],
)
def test_nobody_else_sees_a_session(world, mission, who, portal):
    row = plan(world, mission)
    with pytest.raises(Http404):
        access.get_session(world.viewer(who, portal), row.ref)


def test_the_organisation_reads_a_number_and_no_date(world, mission):
    _held(world, mission)
    told = access.told_of(sponsor(world), mission)
    assert (told.held, told.agreed, told.dates) == (1, 8, None)


def test_the_organisation_reads_dates_where_the_contract_in_force_says_so(world, db):
    mission = active(world, session_dates_shared=True)
    row = _held(world, mission)
    assert access.told_of(sponsor(world), mission).dates == (row.starts_at,)
    administrator = world.viewer("administrator", Portal.PRACTICE)
    assert access.told_of(administrator, mission).dates is None


def test_a_three_way_meeting_is_seen_by_the_sponsor_who_takes_part(world, mission):
    row = plan(world, mission, kind="three_way", stage="start", roles=("coachee", "sponsor"))
    assert access.get_session(sponsor(world), row.ref) == row
    assert access.told_of(sponsor(world), mission).held == 0


def test_the_organisation_sees_no_number_of_a_mission_it_does_not_pay(world, mission):
    from coaching.missions.models import Mission

    with pytest.raises(Mission.DoesNotExist):
        access.told_of(world.viewer("sponsor_elsewhere", Portal.ORGANISATION), mission)


def test_names_of_coachees_are_for_the_coachs_lists_alone(world, mission):
    row = plan(world, mission)
    assert access.coachees_in(world.coach, [row])
    assert access.coachees_in(coachee(world), [row]) == {}


def test_the_coachs_list_of_one_mission_shows_its_sessions_alone(world, browse, mission):
    here = plan(world, mission)
    other = plan(world, enquiry(world), kind="exploratory", days=9)
    body = browse("coach").get(f"{reverse('coach_sessions')}?mission={mission.ref}").content.decode()
    assert here.ref in body
    assert other.ref not in body
    assert browse("colleague").get(f"{reverse('coach_sessions')}?mission={mission.ref}").status_code == 404

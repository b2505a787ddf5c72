"""The organisation's list of missions: how far each is, as far as it may know."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.kernel.viewer import Portal
from coaching.missions.access import missions_listed
from coaching.missions.models import Mission, Objective
from coaching.missions.requests_access import with_aims
from coaching.missions.web.lines import lines_of
from coaching.restitutions.services import releasing
from coaching.sessions.models import CoachingSession, Participant
from tests.notes.helpers import held
from tests.restitutions.helpers import released
from tests.sessions.helpers import active, another, plan, seat_of, sponsor

THREE_WAY = {"kind": "three_way", "roles": ("coachee", "sponsor"), "stage": "middle"}
MOST_QUERIES = 12
NO_QUESTION = re.compile(r"^SAVEPOINT|^RELEASE|current_setting|set_config")  # what an engine is told


def _questions(captured) -> int:
    return len([one for one in captured if not NO_QUESTION.search(one["sql"])])


@pytest.fixture
def mission(world, db):
    return active(world)


def _line(world, mission: Mission, viewer=None):
    viewer = viewer or sponsor(world)
    rows = with_aims(viewer, missions_listed(viewer)).filter(pk=mission.pk)
    return lines_of(viewer, list(rows))[0]


def test_sessions_held_are_told_against_the_number_agreed(world, mission):
    assert "0 séances tenues sur 8" in _line(world, mission).said
    held(world, mission)
    assert "1 séances tenues sur 8" in _line(world, mission).said


def test_objectives_of_the_coachee_alone_are_not_counted(world, mission):
    before = _line(world, mission).mission.aims
    for tag, seat in (("coachee", seat_of(mission)), ("organisation", None)):
        Objective.unscoped.create(
            mission=mission, tag=tag, title="Un but", seat=seat, created_by=mission.coach
        )
    assert _line(world, mission).mission.aims == before + 1


def test_the_next_three_way_meeting_is_told_to_whoever_takes_part(world, mission):
    later = plan(world, mission, days=20, **THREE_WAY)
    sooner = plan(world, mission, days=9, **THREE_WAY)
    said = _line(world, mission).said
    assert "Prochaine rencontre tripartite" in said
    assert str(sooner.local_start.year) in said
    assert later.local_start.date() != sooner.local_start.date()
    assert re.search(rf"\b{sooner.local_start.day}(er)?\b", said.rpartition(":")[2])


@pytest.mark.parametrize("why", ["individual", "cancelled", "past", "others"])
def test_no_other_meeting_is_told_as_the_next(world, mission, why):
    if why == "individual":
        plan(world, mission)
    elif why == "others":
        session = plan(world, mission, **THREE_WAY)
        Participant.unscoped.filter(session=session, seat__role="sponsor").delete()
    else:
        session = plan(world, mission, **THREE_WAY)
        rows = CoachingSession.unscoped.filter(pk=session.pk)
        now = timezone.now()
        rows.update(state="cancelled", cancelled_at=now) if why == "cancelled" else rows.update(starts_at=now)
    assert "tripartite" not in _line(world, mission).said


def test_a_restitution_is_new_until_it_is_opened(world, mission):
    assert not _line(world, mission).unread
    copy = released(world, mission)
    assert _line(world, mission).unread
    releasing.open_released(sponsor(world), copy)
    assert not _line(world, mission).unread


def test_a_restitution_released_in_one_mission_is_new_in_no_other(world, mission):
    other = another(world)
    released(world, mission)
    assert not _line(world, other).unread


def test_the_page_of_the_list_and_of_a_mission_say_the_next_three_way_meeting(world, browse, mission):
    plan(world, mission, **THREE_WAY)
    released(world, mission)
    pages = [reverse("organisation_home"), reverse("organisation_mission", args=[mission.ref])]
    bodies = [browse("sponsor").get(url).content.decode() for url in pages]
    assert all("Prochaine rencontre tripartite" in body for body in bodies)
    assert "Nouvelle restitution" in bodies[0]


def test_a_coachee_and_a_stranger_have_no_such_list(world, browse):
    for persona in ("coachee", "coach", "colleague", "administrator"):
        assert browse(persona).get(reverse("organisation_home")).status_code == 404


def test_a_mission_where_one_does_not_sit_is_in_no_line(world, mission):
    viewer = world.viewer("sponsor_elsewhere", Portal.ORGANISATION)
    assert mission.pk not in {one.pk for one in missions_listed(viewer)}


def test_a_list_of_three_takes_the_queries_of_a_list_of_one(world, browse, mission):
    browser, url = browse("sponsor"), reverse("organisation_home")
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    another(world)
    another(world)
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert _questions(many) == _questions(few) <= MOST_QUERIES

"""Who is told that a restitution waits for them: the coachee to read one, its addressee to open one, the coach to act on one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.consents.services import consents
from coaching.kernel.viewer import Portal
from coaching.missions.waiting import awaited_by, awaited_on
from coaching.restitutions.services import approving, drafting, releasing
from coaching.restitutions.waiting import to_do
from tests.restitutions.helpers import approved, draft, fresh, proposed, released
from tests.sessions.helpers import active, coachee, sponsor


@pytest.fixture
def mission(world, db):
    return active(world)


def _paths(viewer, word="restitution"):
    return [one.path for one in awaited_by(viewer, 50) if word in one.path]


def test_a_coachee_is_awaited_from_when_it_is_sent_until_they_say(world, mission):
    row = draft(world, mission)
    assert _paths(coachee(world)) == []
    drafting.propose(world.coach, row)
    page = reverse("coachee_restitution", args=[row.ref])
    assert _paths(coachee(world)) == [page]
    assert page in {one.path for one in awaited_on(world.coach, mission)}
    approving.refuse(coachee(world), fresh(row))
    assert _paths(coachee(world)) == []


def test_an_addressee_is_told_until_they_have_opened_it(world, mission):
    copy = released(world, mission)
    assert _paths(sponsor(world)) == [reverse("organisation_restitutions")]
    releasing.open_released(sponsor(world), copy)
    assert _paths(sponsor(world)) == []


def test_an_addressee_is_not_told_of_one_that_was_withdrawn(world, mission):
    copy = released(world, mission)
    approving.withdraw(coachee(world), fresh(copy.restitution))
    assert _paths(sponsor(world)) == []


def test_whether_an_addressee_opens_it_is_not_for_the_coach_to_press(world, mission):
    released(world, mission)
    assert [one for one in awaited_on(world.coach, mission) if one.seat.role == "sponsor"] == []


@pytest.mark.parametrize(
    ("who", "portal"),
    [("colleague", Portal.COACH), ("teammate", Portal.COACHEE), ("manager", Portal.ORGANISATION)],
)
def test_nobody_else_is_told(world, mission, who, portal):
    proposed(world, mission)
    viewer = world.viewer(who, portal)
    assert _paths(viewer) == []
    assert to_do(viewer, 8) == []


def test_the_coach_is_told_of_one_that_may_go_and_of_one_sent_back(world, mission):
    row = approved(world, mission)
    assert [(ref, state) for _line, ref, state in to_do(world.coach, 8)] == [(row.ref, "approved")]
    approving.ask(coachee(world), row, "Autrement.")
    assert [(ref, state) for _line, ref, state in to_do(world.coach, 8)] == [(row.ref, "draft")]


def test_who_has_read_each_is_one_question_however_many_there_are(world, browse, mission):
    page = reverse("coach_restitutions", args=[mission.ref])
    browser = browse("coach")

    def asked() -> int:
        browser.get(page)
        with CaptureQueriesContext(connection) as found:
            assert browser.get(page).status_code == 200
        return len(found)

    consents.give(coachee(world), mission, "sponsor", ["attendance"])
    releasing.open_released(sponsor(world), released(world, mission))
    one = asked()
    for _more in range(2):
        releasing.open_released(sponsor(world), released(world, mission))
    assert asked() == one

"""A statement worked out once says the same as the query set it comes from, for everybody, and nothing more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coaching.kernel.prepared import ShapeChanges, prepared
from coaching.kernel.viewer import Portal
from coaching.missions import access, requests_access
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import MISSION_RULES

pytestmark = pytest.mark.django_db
SEATED = [
    ("coach", Portal.COACH),
    ("colleague", Portal.COACH),
    ("coachee", Portal.COACHEE),
    ("teammate", Portal.COACHEE),
    ("departed", Portal.COACHEE),
    ("sponsor", Portal.ORGANISATION),
    ("sponsor_elsewhere", Portal.ORGANISATION),
    ("administrator", Portal.PRACTICE),
]


@pytest.mark.parametrize(("persona", "portal"), SEATED)
def test_a_known_statement_answers_as_the_query_set_does_for(world, persona, portal):
    viewer = world.viewer(persona, portal)
    for mission in (world.mission, world.enquiry, world.foreign):
        table, aims = access.table_of(viewer, mission), requests_access.aims_of(viewer, mission)
        assert [seat.pk for seat in table] == [seat.pk for seat in access.seats_of(viewer, mission)]
        assert [aim.pk for aim in aims] == [aim.pk for aim in requests_access.objectives_of(viewer, mission)]
        assert [seat.person.name for seat in table] == [
            seat.person.name for seat in access.seats_of(viewer, mission)
        ]


def test_a_statement_worked_out_for_one_person_shows_another_nothing_of_theirs(world):
    coach, colleague = world.coach, world.viewer("colleague", Portal.COACH)
    assert access.table_of(coach, world.mission) != []
    assert access.table_of(colleague, world.mission) == []
    assert requests_access.aims_of(colleague, world.mission) == []


def test_a_portal_without_a_rule_is_given_nothing(world):
    assert access.table_of(world.viewer("administrator", Portal.PRACTICE), world.mission) == []


def test_the_answer_is_a_list_that_no_filter_can_be_added_to(world):
    assert isinstance(access.table_of(world.coach, world.mission), list)


def test_the_second_question_is_the_same_statement_with_other_values(world):
    @prepared
    def missions(viewer, ref):
        return Mission.objects.visible_to(viewer, MISSION_RULES).filter(ref=ref)

    with CaptureQueriesContext(connection) as asked:
        found = [missions(world.coach, ref=m.ref)[0].pk for m in (world.mission, world.enquiry)]
    assert found == [world.mission.pk, world.enquiry.pk]
    assert len(asked) == 2
    assert missions(world.coach, ref=world.foreign.ref) == []


def test_a_question_that_loses_a_value_on_the_way_is_refused(world):
    @prepared
    def seats(viewer, mission_id):
        return Seat.unscoped.filter(mission_id=7)

    with pytest.raises(ShapeChanges):
        seats(world.coach, mission_id=world.mission.pk)


def test_each_shape_has_its_own_statement_and_keeps_its_own_limit(world):
    @prepared
    def missions(viewer, limit, state):
        return Mission.objects.visible_to(viewer, MISSION_RULES).filter(state=state).order_by("pk")[:limit]

    Mission.unscoped.filter(coach=world.users["coach"]).update(state="enquiry")
    few, all_of_them = missions(world.coach, 1, state="enquiry"), missions(world.coach, 100, state="enquiry")
    assert [row.pk for row in few] == [row.pk for row in all_of_them[:1]]
    assert len(all_of_them) > 1
    assert missions(world.coach, 1, state="closed") == []

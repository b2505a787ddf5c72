"""Planning: what the contract allows, no hour twice, the clock changes right."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.sessions.access import account_of
from coaching.sessions.models import Claim, CoachingSession
from coaching.sessions.services import planning
from tests.contracts.helpers import contracting, enquiry
from tests.contracts.standing_helpers import amended
from tests.sessions.helpers import SAID, active, another, coachee, fresh, plan, seat_of, sponsor, wall


@pytest.fixture
def mission(world, db):
    return active(world)


def test_a_planned_session_is_in_the_journal_and_in_a_letter_whose_subject_says_nothing(world, mission):
    row = plan(world, mission)
    assert Event.unscoped.filter(kind="session.plan", subject=row.ref).count() == 1
    letter = Letter.unscoped.filter(kind="sessions/planned").get()
    said = open_letter(letter)
    assert letter.to == world.users["coachee"].email
    assert said.subject == "Votre prochain rendez-vous"
    assert "Au cabinet" in said.text
    assert mission.title not in said.text + said.subject


def test_a_series_keeps_its_hour_on_the_wall_over_both_clock_changes(world, mission):
    for start, before, after in ((wall(2027, 3, 22, 10), 9, 8), (wall(2027, 10, 25, 10), 8, 9)):
        said = replace(SAID, at=start)
        rows = planning.plan(
            world.coach, mission, [seat_of(mission)], said, kind="individual", times=2, every_weeks=1
        )
        assert [row.starts_at.astimezone(UTC).hour for row in rows] == [before, after]
        assert {row.local_start.hour for row in rows} == {10}


def test_an_hour_that_the_clock_change_skips_is_refused_beside_its_field(world, mission):
    with pytest.raises(Invalid) as refused:
        plan(world, mission, said=replace(SAID, at=wall(2027, 3, 28, 2, 30)))
    assert refused.value.field == "time"
    assert CoachingSession.unscoped.count() == 0


def test_an_hour_that_comes_twice_is_the_first(world, mission):
    row = plan(world, mission, said=replace(SAID, at=wall(2027, 10, 31, 2, 30)))
    assert row.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("minutes", [-85, -60, 0, 60, 85])
def test_a_session_that_overlaps_another_of_the_same_coach_is_refused(world, mission, minutes):
    plan(world, mission, said=SAID)
    with pytest.raises(Invalid) as refused:
        plan(world, another(world), said=replace(SAID, at=SAID.at + timedelta(minutes=minutes)))
    assert refused.value.field == "time"
    assert CoachingSession.unscoped.count() == 1


@pytest.mark.parametrize("minutes", [-90, 90])
def test_two_sessions_may_follow_each_other_at_once(world, mission, minutes):
    plan(world, mission, said=SAID)
    plan(world, another(world), said=replace(SAID, at=SAID.at + timedelta(minutes=minutes)))
    assert CoachingSession.unscoped.count() == 2


def test_a_series_of_which_one_hour_is_taken_is_refused_whole(world, mission):
    plan(world, another(world), said=replace(SAID, at=SAID.at + timedelta(weeks=2)))
    with pytest.raises(Invalid, match="2027"):
        plan(world, mission, said=SAID, times=3, every_weeks=2)
    assert CoachingSession.unscoped.filter(mission=mission).count() == 0
    assert Letter.unscoped.filter(kind="sessions/planned").count() == 1


def test_no_more_sessions_are_planned_than_the_contract_agrees(world, mission):
    plan(world, mission, said=SAID, times=8, every_weeks=2)
    with pytest.raises(Invalid) as refused:
        plan(world, mission, said=replace(SAID, at=wall(2027, 6, 25, 10)))
    assert refused.value.field == "times"
    plan(
        world,
        mission,
        said=replace(SAID, at=wall(2027, 6, 25, 10)),
        kind="three_way",
        stage="end",
        roles=("coachee", "sponsor"),
    )
    assert account_of(mission).planned == 8, "a three-way meeting does not count"


def test_a_sealed_amendment_adds_sessions(world, mission):
    contract = planning.agreed_on(mission).contract
    plan(world, mission, said=SAID, times=8, every_weeks=2)
    amended(world, contract, sessions_count=10)
    assert account_of(mission).remaining == 2


@pytest.mark.parametrize("kind", ["individual", "three_way"])
@pytest.mark.parametrize("stage", ["enquiry", "contracting"])
def test_no_session_is_planned_before_the_contract_is_sealed(world, db, stage, kind):
    mission = enquiry(world) if stage == "enquiry" else contracting(world)[0]
    roles = ("coachee", "sponsor") if kind == "three_way" else ("coachee",)
    with pytest.raises(NotAllowedNow):
        plan(world, mission, kind=kind, stage="start" if kind == "three_way" else "", roles=roles)


def test_one_exploratory_meeting_comes_before_the_contract_and_no_second(world, db):
    mission = enquiry(world)
    plan(world, mission, kind="exploratory")
    with pytest.raises(Invalid):
        plan(world, mission, kind="exploratory", days=9)


def test_no_session_that_counts_is_planned_before_the_day_the_contract_was_sealed(world, mission):
    with pytest.raises(Invalid) as refused:
        plan(world, mission, days=-3)
    assert refused.value.field == "day"


@pytest.mark.parametrize(
    ("kind", "roles", "stage"),
    [
        ("individual", (), ""),
        ("individual", ("sponsor",), ""),
        ("individual", ("coachee", "sponsor"), ""),
        ("team", ("coachee",), ""),
        ("three_way", ("coachee",), "start"),
        ("three_way", ("sponsor",), "start"),
    ],
)
def test_a_table_that_is_not_the_sessions_is_refused(world, mission, kind, roles, stage):
    with pytest.raises(Invalid):
        plan(world, mission, kind=kind, roles=roles, stage=stage)


@pytest.mark.parametrize("who", ["coachee", "sponsor", "colleague"])
def test_nobody_but_the_missions_coach_plans(world, mission, who):
    viewer = {"coachee": coachee, "sponsor": sponsor}.get(who, lambda w: w.viewer("colleague", Portal.COACH))(
        world
    )
    with pytest.raises(NotAllowedNow):
        planning.plan(viewer, mission, [seat_of(mission)], SAID, kind="individual")


def test_a_moved_session_gives_its_old_hour_back_and_tells_those_who_take_part(world, mission):
    row = plan(world, mission, said=SAID)
    planning.move(world.coach, row, replace(SAID, at=SAID.at + timedelta(hours=1)), based_on=0)
    assert fresh(row).sequence == 1
    assert Claim.unscoped.filter(session=row).count() == 18
    plan(world, another(world), said=replace(SAID, minutes=60))
    assert Letter.unscoped.filter(kind="sessions/moved").count() == 1


def test_a_session_changed_meanwhile_is_not_moved_from_an_older_page(world, mission):
    row = plan(world, mission, said=SAID)
    planning.move(world.coach, row, replace(SAID, at=SAID.at + timedelta(hours=1)), based_on=0)
    with pytest.raises(Stale):
        planning.move(world.coach, row, replace(SAID, at=SAID.at + timedelta(hours=5)), based_on=0)
    assert fresh(row).local_start.hour == 11


def test_a_session_is_not_moved_onto_another(world, mission):
    row = plan(world, mission, said=SAID)
    plan(world, another(world), said=replace(SAID, at=SAID.at + timedelta(hours=2)))
    with pytest.raises(Invalid):
        planning.move(world.coach, row, replace(SAID, at=SAID.at + timedelta(hours=1)), based_on=0)


def test_what_the_coachee_had_confirmed_is_asked_anew_when_the_hour_changes(world, mission):
    said = replace(SAID, medium="phone")
    row = plan(world, mission, said=said)
    planning.confirm(coachee(world), row)
    planning.move(world.coach, row, replace(said, place="Ailleurs"), based_on=0)
    assert fresh(row).confirmed_at
    planning.move(world.coach, row, replace(said, at=SAID.at + timedelta(hours=1)), based_on=1)
    assert fresh(row).confirmed_at is None


def test_a_coachee_confirms_nothing_of_a_session_about_which_nothing_is_asked(world, mission):
    row = plan(world, mission, said=SAID)
    with pytest.raises(NotAllowedNow):
        planning.confirm(coachee(world), row)
    assert fresh(row).confirmed_at is None
    assert Event.unscoped.filter(kind="session.confirm").count() == 0


@pytest.mark.parametrize(("days", "asked"), [(1, True), (40, False)])
def test_what_was_confirmed_is_asked_anew_when_a_neighbour_comes_too_close(world, mission, days, asked):
    said = replace(SAID, medium="phone")
    row = plan(world, mission, said=said)
    far = plan(world, mission, said=replace(SAID, at=SAID.at + timedelta(weeks=8)))
    planning.confirm(coachee(world), row)
    planning.move(world.coach, far, replace(SAID, at=SAID.at + timedelta(days=days)), based_on=0)
    assert (fresh(row).confirmed_at is None) is asked


def test_what_was_confirmed_is_asked_anew_when_another_is_planned_too_close(world, mission):
    row = plan(world, mission, said=replace(SAID, medium="phone"))
    planning.confirm(coachee(world), row)
    plan(world, mission, said=replace(SAID, at=SAID.at + timedelta(days=1)))
    assert fresh(row).confirmed_at is None
    planning.confirm(coachee(world), row)
    assert fresh(row).confirmed_at


def test_a_table_of_many_coachees_is_judged_in_one_query(world, mission, django_assert_num_queries):
    seat = seat_of(mission)
    for seats in ([seat], [seat] * 12):
        with django_assert_num_queries(1):
            planning._refuse_unsigned(mission, seats)


def test_a_coachee_who_does_not_take_part_confirms_nothing(world, mission):
    row = plan(world, mission)
    with pytest.raises(NotAllowedNow):
        planning.confirm(world.viewer("teammate", Portal.COACHEE), row)
    with pytest.raises(NotAllowedNow):
        planning.confirm(world.coach, row)
    assert fresh(row).confirmed_at is None


def test_nothing_is_planned_while_a_mission_pauses(world, mission):
    Mission.unscoped.filter(pk=mission.pk).update(state="paused", paused_at=timezone.now())
    with pytest.raises(NotAllowedNow):
        plan(world, Mission.unscoped.get(pk=mission.pk))

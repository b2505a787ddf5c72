"""Held, missed, cancelled in time or late: what the contract says of each, and what the charter asks before."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from coaching.journal.models import Event
from coaching.kernel.errors import GateClosed, Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Override
from coaching.outbox.models import Letter
from coaching.sessions.access import account_of, held_under
from coaching.sessions.models import Claim, CoachingSession, Participant
from coaching.sessions.services import life, planning
from contracts.in_force import agreed_on
from tests.contracts.helpers import enquiry
from tests.sessions.helpers import active, begun, coachee, fresh, plan, seat_of, sponsor


@pytest.fixture
def mission(world, db):
    return active(world)


def _hold(world, row, **options):
    said = {"minutes": 85, "present": [seat_of(row.mission).ref], **options}
    return life.record_held(world.coach, row, **said)


def _closed(world, row, **options) -> list[str]:
    with pytest.raises(GateClosed) as refused:
        _hold(world, row, **options)
    assert fresh(row).state == "planned"
    assert fresh(row).held_minutes is None
    return [state.gate.name for state in refused.value.closed]


def test_a_held_session_keeps_its_real_minutes_who_was_there_and_its_place_in_the_journal(world, mission):
    row = _hold(world, begun(plan(world, mission)))
    assert (fresh(row).state, fresh(row).held_minutes) == ("held", 85)
    assert Participant.unscoped.get(session=row).present is True
    assert Event.unscoped.filter(kind="session.hold", subject=row.ref).count() == 1
    assert account_of(mission).held == held_under(agreed_on(mission).contract) == 1


def test_a_session_still_to_come_is_not_recorded(world, mission):
    assert _closed(world, plan(world, mission)) == ["sessions.reached"]


def test_a_session_without_its_place_and_privacy_is_not_held(world, mission):
    row = begun(plan(world, mission))
    CoachingSession.unscoped.filter(pk=row.pk).update(private=False)
    assert _closed(world, fresh(row)) == ["sessions.place"]
    CoachingSession.unscoped.filter(pk=row.pk).update(private=True, place="")
    assert _closed(world, fresh(row)) == ["sessions.place"]


def test_a_medium_the_contract_does_not_name_waits_for_the_coachee(world, mission):
    row = begun(plan(world, mission))
    CoachingSession.unscoped.filter(pk=row.pk).update(medium="video")
    assert _closed(world, fresh(row)) == ["sessions.medium"]
    planning.confirm(coachee(world), fresh(row))
    assert _hold(world, fresh(row)).state == "held"


def test_a_medium_is_passed_on_judgement_with_a_reason_that_is_kept(world, mission):
    row = begun(plan(world, mission))
    CoachingSession.unscoped.filter(pk=row.pk).update(medium="video")
    assert _hold(world, fresh(row), overrides={"sessions.medium": "Grève des trains."}).state == "held"
    assert Override.unscoped.get(mission=mission, gate="sessions.medium").reason == "Grève des trains."


@pytest.mark.parametrize("gate", ["sessions.pace", "sessions.stands", "sessions.place", "sessions.reached"])
def test_no_other_gate_is_passed_on_judgement(world, mission, gate):
    row = plan(world, mission)
    assert _closed(world, row, overrides={gate: "Je veux."}) == ["sessions.reached"]


def test_sessions_closer_than_the_contracts_pace_need_the_coachee_too(world, mission):
    first, second = plan(world, mission, days=7), plan(world, mission, days=8)
    begun(first, days=1)
    assert _closed(world, begun(second)) == ["sessions.pace"]
    planning.confirm(coachee(world), second)
    assert _hold(world, fresh(second)).state == "held"


def test_a_session_is_not_held_in_a_mission_that_pauses(world, mission):
    row = begun(plan(world, mission))
    Mission.unscoped.filter(pk=mission.pk).update(state="paused", paused_at=row.starts_at)
    assert _closed(world, fresh(row)) == ["sessions.stands"]


def test_the_exploratory_meeting_is_held_before_any_contract(world, db):
    row = begun(plan(world, enquiry(world), kind="exploratory"))
    assert _hold(world, row).state == "held"


@pytest.mark.parametrize("minutes", [0, -5, 481])
def test_a_length_that_is_none_is_refused(world, mission, minutes):
    with pytest.raises(Invalid) as refused:
        _hold(world, begun(plan(world, mission)), minutes=minutes)
    assert refused.value.field == "minutes"


@pytest.mark.parametrize("present", [[], ["S-2222222222"]])
def test_a_session_nobody_came_to_is_not_held(world, mission, present):
    with pytest.raises(Invalid) as refused:
        _hold(world, begun(plan(world, mission)), present=present)
    assert refused.value.field == "present"


@pytest.mark.parametrize("who", ["coachee", "sponsor", "colleague"])
def test_nobody_but_the_coach_records_a_session(world, mission, who):
    row = begun(plan(world, mission))
    viewer = {"coachee": coachee, "sponsor": sponsor}.get(who, lambda w: w.viewer("colleague", Portal.COACH))(
        world
    )
    for act in (
        lambda: life.record_held(viewer, row, minutes=60, present=[seat_of(mission).ref]),
        lambda: life.record_missed(viewer, row),
    ):
        with pytest.raises(NotAllowedNow):
            act()
    assert fresh(row).state == "planned"


def test_a_missed_session_counts_and_was_not_provided(world, mission):
    row = life.record_missed(world.coach, begun(plan(world, mission)))
    account = account_of(mission)
    assert (account.owed, account.held, account.remaining) == (1, 0, 7)
    assert Participant.unscoped.get(session=row).present is False
    assert held_under(agreed_on(mission).contract) == 0


def test_a_session_to_come_is_not_missed(world, mission):
    with pytest.raises(GateClosed):
        life.record_missed(world.coach, plan(world, mission))


def test_a_coachee_cancels_in_time_and_nothing_counts(world, mission):
    row = life.cancel(coachee(world), plan(world, mission, days=7))
    assert (fresh(row).state, fresh(row).cancelled_by, fresh(row).excused) == ("cancelled", "coachee", False)
    assert account_of(mission).counted == 0
    assert not Claim.unscoped.filter(session=row).exists()
    assert set(Letter.unscoped.filter(kind="sessions/cancelled").values_list("to", flat=True)) == {
        world.users["coach"].email,
        world.users["coachee"].email,
    }


def test_a_coachee_who_cancels_after_the_notice_owes_the_session(world, mission):
    row = life.cancel(coachee(world), plan(world, mission, days=1))
    assert fresh(row).state == "cancelled_late"
    assert account_of(mission).owed == 1


def test_illness_excuses_and_no_reason_is_kept(world, mission):
    row = life.cancel(coachee(world), plan(world, mission, days=1), excused=True)
    assert (fresh(row).state, fresh(row).excused) == ("cancelled", True)
    assert account_of(mission).counted == 0


@pytest.mark.parametrize(("asked", "state"), [(False, "cancelled"), (True, "cancelled_late")])
def test_a_late_cancellation_by_the_coach_counts_only_when_the_coachee_asked(world, mission, asked, state):
    row = life.cancel(world.coach, plan(world, mission, days=1), asked_by_coachee=asked)
    assert fresh(row).state == state


def test_the_notice_is_the_one_of_the_contract(world, db):
    mission = active(world, notice_hours=12)
    assert fresh(life.cancel(coachee(world), plan(world, mission, days=1))).state == "cancelled"


def test_a_coachee_does_not_cancel_a_session_that_has_begun(world, mission):
    with pytest.raises(NotAllowedNow):
        life.cancel(coachee(world), begun(plan(world, mission)))


@pytest.mark.parametrize("who", ["sponsor", "teammate", "colleague"])
def test_nobody_else_cancels(world, mission, who):
    row = plan(world, mission)
    portal = {"sponsor": Portal.ORGANISATION, "teammate": Portal.COACHEE, "colleague": Portal.COACH}[who]
    with pytest.raises(NotAllowedNow):
        life.cancel(world.viewer(who, portal), row)
    assert fresh(row).state == "planned"


@pytest.mark.parametrize("act", ["hold", "miss", "cancel", "move"])
def test_what_was_recorded_is_recorded_once(world, mission, act):
    row = _hold(world, begun(plan(world, mission)))
    again = {
        "hold": lambda: _hold(world, row),
        "miss": lambda: life.record_missed(world.coach, row),
        "cancel": lambda: life.cancel(world.coach, row),
        "move": lambda: planning.move(world.coach, row, _said(row), based_on=row.sequence),
    }[act]
    with pytest.raises((NotAllowedNow, Stale)):
        again()
    assert fresh(row).held_minutes == 85


def _said(row) -> planning.Said:
    return planning.Said(row.local_start.replace(tzinfo=None), 60, "on_site", place="p", private=True)


def test_a_cancelled_hour_is_free_again(world, mission):
    row = plan(world, mission)
    at = row.local_start.replace(tzinfo=None)
    life.cancel(world.coach, row)
    assert plan(world, mission, said=planning.Said(at, 90, "on_site", place="p")).starts_at == row.starts_at


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "dreamt"},
        {"state": "held", "held_at": timezone.now()},
        {"state": "held", "held_minutes": 60},
        {"state": "missed"},
        {"state": "cancelled"},
        {"kind": "party"},
        {"kind": "three_way"},
        {"stage": "start"},
        {"medium": "telepathy"},
    ],
)
def test_the_database_refuses_a_session_that_tells_two_stories(world, mission, broken):
    row = plan(world, mission)
    with pytest.raises(DatabaseError), transaction.atomic():
        CoachingSession.unscoped.filter(pk=row.pk).update(**broken)


def test_the_database_refuses_five_minutes_taken_twice(world, mission):
    row = plan(world, mission)
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.unscoped.create(session=row, coach_id=row.coach_id, at=row.starts_at + timedelta(minutes=5))


@pytest.mark.parametrize("page", ["edit", "hold", "miss", "cancel"])
def test_a_session_that_was_held_opens_no_page_that_acts_on_it_and_says_why(world, browse, mission, page):
    row = _hold(world, begun(plan(world, mission)))
    answer = browse("coach").get(reverse(f"coach_session_{page}", args=[row.ref]))
    assert answer.status_code == 403
    assert "n’est plus à venir" in answer.content.decode()


def test_a_coachee_is_told_that_a_held_session_is_no_longer_cancelled(world, browse, mission):
    row = _hold(world, begun(plan(world, mission)))
    answer = browse("coachee").get(reverse("coachee_session_cancel", args=[row.ref]))
    assert answer.status_code == 403
    assert "n’est plus à venir" in answer.content.decode()


def test_a_coachee_reads_who_sees_their_sessions(world, browse, mission):
    body = browse("coachee").get(reverse("coachee_who_sees_what")).content.decode()
    assert "Quand et où ont lieu mes séances" in body
    assert "Combien de séances ont été tenues" in body

"""Reminders: once for each person and hour, as long before as they wish, never of what is not to take place."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching.accounts.models import User
from coaching.calendar.models import SentReminder
from coaching.calendar.services import feeds, reminders
from coaching.calendar.services.reminders import remind_due
from coaching.jobs.models import Job
from coaching.jobs.services import LEASE, run_due
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.sessions.services import life, planning
from tests.calendar.helpers import utc
from tests.sessions.helpers import SAID, active, another, coachee, fresh, plan, wall

NOW = utc(2027, 1, 20, 9)
STARTS = wall(2027, 2, 1, 10)  # nine o’clock UTC


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def row(world, db, clock):
    return plan(world, active(world), said=replace(SAID, at=STARTS))


def _before(hours: float):
    return utc(2027, 2, 1, 9) - timedelta(hours=hours)


def _reminded() -> list[str]:
    rows = Letter.unscoped.filter(kind="sessions/reminder").order_by("pk")
    return sorted(letter.to for letter in rows)


def _both(world) -> list[str]:
    return sorted(world.users[persona].email for persona in ("coach", "coachee"))


def _wish(world, persona, hours):
    feeds.set_wishes(world.users[persona], zone="Europe/Paris", remind_hours=hours, show_place=False)


def test_coach_and_coachee_are_reminded_the_day_before_and_once(world, row, clock):
    clock.move_to(_before(24.1))
    remind_due()
    assert _reminded() == []
    for hours in (24, 23.9, 3, 0.1):
        clock.move_to(_before(hours))
        remind_due()
        assert _reminded() == _both(world)
    said = open_letter(
        Letter.unscoped.filter(kind="sessions/reminder", to=world.users["coachee"].email).get()
    )
    assert said.subject == "Rappel de votre rendez-vous"
    assert "10:00" in said.text
    assert f"/coachee/sessions/{row.ref}/" in said.text
    assert said.calendar == ""


@pytest.mark.parametrize(("hours", "not_yet"), [(2, 2.1), (24, 24.1), (48, 48.1)])
def test_each_is_reminded_as_long_before_as_they_wish(world, row, clock, hours, not_yet):
    _wish(world, "coachee", hours)
    _wish(world, "coach", 0)
    clock.move_to(_before(not_yet))
    remind_due()
    assert _reminded() == []
    clock.move_to(_before(hours))
    remind_due()
    assert _reminded() == [world.users["coachee"].email]


def test_nobody_is_reminded_who_does_not_wish_it(world, row, clock):
    for persona in ("coach", "coachee"):
        _wish(world, persona, 0)
    clock.move_to(_before(1))
    remind_due()
    assert _reminded() == []


def test_a_cancelled_session_is_never_reminded(world, row, clock):
    life.cancel(coachee(world), row)
    clock.move_to(_before(1))
    remind_due()
    assert _reminded() == []


def test_a_session_cancelled_while_the_worker_was_looking_is_not_reminded(world, row, clock, monkeypatch):
    clock.move_to(_before(1))
    looked = reminders.wishes_among

    def meanwhile(people):
        life.cancel(world.coach, fresh(row))
        return looked(people)

    monkeypatch.setattr(reminders, "wishes_among", meanwhile)
    remind_due()
    assert _reminded() == []
    assert not SentReminder.unscoped.exists()


def test_a_moved_session_is_reminded_at_its_new_hour(world, row, clock):
    clock.move_to(_before(20))
    remind_due()
    planning.move(world.coach, row, replace(SAID, at=STARTS + timedelta(days=7)), based_on=0)
    remind_due()
    assert _reminded() == _both(world)
    clock.move_to(_before(20) + timedelta(days=7))
    remind_due()
    assert _reminded() == sorted(_both(world) * 2)


def test_a_session_whose_place_alone_changes_is_not_reminded_twice(world, row, clock):
    clock.move_to(_before(20))
    remind_due()
    planning.move(world.coach, row, replace(SAID, at=STARTS, place="Ailleurs"), based_on=0)
    remind_due()
    assert _reminded() == _both(world)


def test_a_session_planned_after_its_reminder_was_due_has_had_its_letter_already(world, row, clock):
    clock.move_to(_before(10))
    plan(world, another(world), said=replace(SAID, at=STARTS + timedelta(hours=3)))
    remind_due()
    assert len(_reminded()) == 2, "the other session’s alone"


def test_nothing_is_reminded_once_it_has_begun_nor_while_the_mission_pauses(world, row, clock):
    clock.move_to(_before(-0.1))
    remind_due()
    clock.move_to(_before(5))
    Mission.unscoped.filter(pk=row.mission_id).update(state="paused", paused_at=timezone.now())
    remind_due()
    assert _reminded() == []


def test_an_account_that_is_closed_is_not_written_to(world, row, clock):
    User.objects.filter(pk=world.users["coachee"].pk).update(is_active=False)
    clock.move_to(_before(5))
    remind_due()
    assert _reminded() == [world.users["coach"].email]


def test_a_worker_that_dies_between_two_letters_neither_loses_nor_doubles_one(world, row, clock, monkeypatch):
    clock.move_to(_before(20))
    write, turns = reminders.letters.reminder, iter([True, False])

    def dies(*args):
        if next(turns):
            return write(*args)
        raise SystemExit  # as killed: the row goes with the letter that was not written

    monkeypatch.setattr(reminders.letters, "reminder", dies)
    with pytest.raises(SystemExit):
        remind_due()
    assert len(_reminded()) == 1
    assert SentReminder.unscoped.count() == 1
    monkeypatch.undo()
    remind_due()
    assert _reminded() == _both(world)


def test_two_workers_do_not_remind_twice(world, row, clock, monkeypatch):
    """The second has looked before the first has written."""
    clock.move_to(_before(20))
    looked = reminders.wishes_among

    def meanwhile(people):
        monkeypatch.setattr(reminders, "wishes_among", looked)
        remind_due()
        return looked(people)

    monkeypatch.setattr(reminders, "wishes_among", meanwhile)
    remind_due()
    assert _reminded() == _both(world)


def test_the_worker_does_it_by_itself_again_and_again(world, row, clock):
    run_due()
    assert Job.unscoped.get(kind=reminders.JOB).state == "queued"
    clock.move_to(_before(20))
    run_due()
    assert _reminded() == _both(world)


def test_the_job_of_a_worker_that_was_killed_is_done_by_the_next(world, row, clock):
    run_due()
    Job.unscoped.filter(kind=reminders.JOB).update(state="running", claim="dead", claimed_at=NOW)
    clock.move_to(_before(20))
    assert _before(20) - NOW > LEASE
    run_due()
    assert _reminded() == _both(world)


def test_the_worker_asks_no_more_for_many_sessions_that_are_not_due(world, row, clock):
    asked, hour = [], 20
    for count in (1, 6):
        for _turn in range(count):
            hour += 2
            plan(world, another(world), said=replace(SAID, at=STARTS + timedelta(hours=hour)))
        clock.move_to(_before(24.5))
        with CaptureQueriesContext(connection) as captured:
            remind_due()
        asked.append(len(captured))
        clock.move_to(NOW)
    assert asked[0] == asked[1]

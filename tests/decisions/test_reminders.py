"""One letter on the day the coachee has set: neutral, once, and none for what is closed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.decisions import letters
from coaching.decisions.models import Decision
from coaching.decisions.services import decisions, reminders
from coaching.jobs.models import Job
from coaching.jobs.services import run_due
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.missions.models import Seat
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from tests.decisions.helpers import WORDS, decide, fresh, shared
from tests.sessions.helpers import active, coachee

IN_A_WEEK = timedelta(days=7)


@pytest.fixture
def mission(world, db):
    return active(world)


def _on(days: int = 7, hour: int = 9) -> datetime:
    day = timezone.localdate() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Paris"))


def _letters():
    return Letter.unscoped.filter(kind="decisions/reminder")


@pytest.fixture
def row(world, mission):
    return decide(world, mission, look_on=timezone.localdate() + IN_A_WEEK, remind=True)


def test_one_letter_goes_on_the_day_and_none_before_or_again(world, row):
    assert reminders.remind_due(_on(6)) == 0
    assert reminders.remind_due(_on(7)) == 1
    assert reminders.remind_due(_on(7, 18)) == reminders.remind_due(_on(8)) == 0
    assert _letters().count() == 1


def test_nobody_is_written_to_in_the_night(world, row):
    assert reminders.remind_due(_on(7, 3)) == 0


def test_a_worker_that_was_away_that_day_still_writes_once(world, row):
    assert reminders.remind_due(_on(10)) == 1


def test_the_letter_says_nothing_of_the_decision(world, row):
    reminders.remind_due(_on())
    message = open_letter(_letters().get())
    said = message.subject + message.text + message.html
    assert WORDS not in said
    assert "décision" not in message.subject.lower()
    assert reverse("coachee_decision", args=[row.ref]) in message.text


def test_a_decision_that_is_closed_reminds_nobody(world, row):
    decisions.close(coachee(world), row, "fulfil", "", based_on=1)
    assert reminders.remind_due(_on()) == 0


def test_a_coachee_who_has_left_is_not_written_to(world, row):
    Seat.unscoped.filter(pk=row.seat_id).update(ended_at=timezone.now())
    assert reminders.remind_due(_on()) == 0


def test_another_day_means_another_letter_and_none_means_none(world, row):
    reminders.remind_due(_on())
    later = timezone.localdate() + timedelta(days=20)
    reminders.set_reminder(coachee(world), fresh(row), later, remind=True)
    assert reminders.remind_due(_on(19)) == 0
    assert reminders.remind_due(_on(20)) == 1
    reminders.set_reminder(coachee(world), fresh(row), later + IN_A_WEEK, remind=False)
    assert reminders.remind_due(_on(40)) == 0
    reminders.set_reminder(coachee(world), fresh(row), None, remind=False)
    assert fresh(row).look_on is None


def test_saving_the_same_day_again_sends_no_second_letter(world, row):
    reminders.remind_due(_on())
    reminders.set_reminder(coachee(world), fresh(row), row.look_on, remind=True)
    assert reminders.remind_due(_on(9)) == 0


def test_a_worker_killed_between_claim_and_letter_has_done_neither(world, row, monkeypatch):
    def killed(_decision):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(letters, "reminder", killed)
        with pytest.raises(KeyboardInterrupt):
            reminders.remind_due(_on())
    assert (fresh(row).reminded_at, _letters().count()) == (None, 0)
    assert reminders.remind_due(_on()) == 1


def test_the_worker_does_it_by_itself(world, row, monkeypatch):
    now = _on()
    monkeypatch.setattr(timezone, "now", lambda: now)
    run_due()
    assert Job.unscoped.filter(kind="decisions.remind").exists()
    assert _letters().count() == 1


@pytest.mark.parametrize(
    ("days", "remind"),
    [(None, True), (-1, True)],
)
def test_a_letter_needs_a_day_that_has_not_passed(world, mission, days, remind):
    day = timezone.localdate() + timedelta(days=days) if days else None
    with pytest.raises(Invalid) as refused:
        decide(world, mission, look_on=day, remind=remind)
    assert refused.value.field == "look_on"


def test_the_coach_sets_no_reminder_and_a_closed_decision_takes_none(world, mission):
    row = shared(world, mission)
    with pytest.raises(NotAllowedNow):
        reminders.set_reminder(world.coach, row, timezone.localdate(), remind=True)
    decisions.close(coachee(world), row, "drop", "", based_on=2)
    with pytest.raises(NotAllowedNow):
        reminders.set_reminder(coachee(world), fresh(row), timezone.localdate(), remind=True)
    assert not Decision.unscoped.filter(remind=True).exists()

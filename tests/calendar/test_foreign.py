"""Calendars read by programs that are not ours: the hours of March and October, the identity, the cancellation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coaching.calendar.services import feeds
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.sessions.services import life, planning
from contracts.models import Terms
from tests.calendar.foreign import calcurse, javascript
from tests.sessions.helpers import SAID, active, coachee, fresh, plan, wall

DAYS = [wall(2027, 3, 22, 10), wall(2027, 3, 29, 10), wall(2027, 10, 25, 10), wall(2027, 11, 1, 10)]
PARIS = [(f"{day:%Y-%m-%d} 10:00", f"{day:%Y-%m-%d} 11:30") for day in DAYS]


@pytest.fixture
def mission(world, db):
    mission = active(world)
    Terms.unscoped.filter(contract__mission=mission).update(sessions_count=20)
    return mission


@pytest.fixture
def year(world, mission):
    """Two weeks about each clock change, at ten on the wall."""
    return [plan(world, mission, said=replace(SAID, at=day)) for day in DAYS]


def _invitation(kind: str) -> str:
    return open_letter(Letter.unscoped.filter(kind=kind).first()).calendar


def _feed(world) -> str:
    return feeds.feed_text(feeds.make_feed(world.users["coachee"]))


def test_both_read_the_hours_of_a_feed_over_both_clock_changes(world, year, tmp_path):
    text = _feed(world)
    read = javascript(text)
    assert read["method"] == "PUBLISH"
    assert [(one["start"], one["end"]) for one in read["events"]] == PARIS
    assert {one["summary"] for one in read["events"]} == {"Rendez-vous"}
    assert calcurse(text, tmp_path / "c") == [(*hours, "Rendez-vous") for hours in PARIS]


def test_somebody_elsewhere_reads_their_own_hours(world, year, tmp_path):
    """Montreal changes its clocks a fortnight before Paris, and a week after."""
    begins = [one[0][11:] for one in calcurse(_feed(world), tmp_path / "c", zone="America/Montreal")]
    assert begins == ["05:00", "04:00", "04:00", "05:00"]


def test_both_read_each_invitation_of_a_series_over_the_clock_change(world, mission, tmp_path):
    planning_letters = Letter.unscoped.filter(kind="sessions/planned")
    plan(world, mission, said=replace(SAID, at=wall(2027, 3, 22, 10)), times=3, every_weeks=1)
    texts = [open_letter(letter).calendar for letter in planning_letters.order_by("pk")]
    assert len(texts) == 3
    days = ["2027-03-22", "2027-03-29", "2027-04-05"]
    for turn, (text, day) in enumerate(zip(texts, days, strict=True)):
        (event,) = javascript(text)["events"]
        assert event["start"] == f"{day} 10:00"
        assert calcurse(text, tmp_path / str(turn))[0][:2] == (f"{day} 10:00", f"{day} 11:30")


def test_an_invitation_a_move_and_a_cancellation_are_one_event(world, mission, tmp_path):
    row = plan(world, mission, said=SAID)
    planning.move(world.coach, row, replace(SAID, at=SAID.at + timedelta(hours=2)), based_on=0)
    life.cancel(coachee(world), fresh(row))
    kinds = ("sessions/planned", "sessions/moved", "sessions/cancelled")
    read = [javascript(_of_coachee(world, kind)) for kind in kinds]
    events = [one["events"][0] for one in read]
    assert [one["method"] for one in read] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {event["uid"] for event in events} == {f"{row.ref.lower()}@localhost"}
    assert [event["sequence"] for event in events] == [0, 1, 2]
    assert [event["status"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [event["start"][11:] for event in events] == ["10:00", "12:00", "12:00"]
    assert all(event["attendees"] == [f"mailto:{world.users['coachee'].email}"] for event in events)
    (cancelled,) = javascript(_feed(world))["events"]
    assert (cancelled["uid"], cancelled["sequence"], cancelled["status"]) == (
        events[0]["uid"],
        2,
        "CANCELLED",
    )
    moved = calcurse(_of_coachee(world, "sessions/moved"), tmp_path / "m")
    assert [one[0][11:] for one in moved] == ["12:00"]


def _of_coachee(world, kind: str) -> str:
    letter = Letter.unscoped.filter(kind=kind, to=world.users["coachee"].email).get()
    return open_letter(letter).calendar


def test_an_invitation_says_nothing_but_when(world, mission):
    plan(world, mission, said=replace(SAID, join_link="https://visio.test/x"))
    (event,) = javascript(_invitation("sessions/planned"))["events"]
    assert set(event["properties"]) == {"attendee", "class", "dtend", "dtstamp", "dtstart", "organizer", "sequence", "status", "summary", "transp", "uid"}  # fmt: skip
    assert event["summary"] == "Rendez-vous"
    assert event["location"] is None

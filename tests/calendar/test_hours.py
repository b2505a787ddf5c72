"""Weekly hours become moments: on the wall, over both clock changes, never an hour that does not exist."""

from datetime import date, time, timedelta

import pytest

from coaching.calendar.access import closed_for, openings_for
from coaching.calendar.hours import free, slots
from coaching.calendar.models import ClosedDays, OpeningHours
from coaching.calendar.services import opening
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal
from tests.calendar.helpers import HOURS, opens, utc, wall_hours


def _row(**said) -> OpeningHours:
    return OpeningHours(**{**HOURS, **said})


def _of(row, after, before, closed=(), minutes=60):
    return slots([row], list(closed), minutes=minutes, after=after, before=before)


def test_hours_keep_their_place_on_the_wall_over_both_clock_changes():
    spring = _of(_row(weekday=6), utc(2027, 3, 20), utc(2027, 4, 5))
    autumn = _of(_row(weekday=6), utc(2027, 10, 23), utc(2027, 11, 8))
    for found, hours in ((spring, [8, 7, 7]), (autumn, [7, 8, 8])):
        first = [slot for slot in found if f"{slot.local_start:%H:%M}" == "09:00"]
        assert [slot.starts_at.hour for slot in first] == hours
        assert wall_hours(found) == {"09:00", "09:30", "10:00", "10:30", "11:00"}


def test_an_hour_that_the_spring_skips_is_not_offered_and_none_is_too_long():
    night = _row(weekday=6, opens=time(1), closes=time(4), every=30)
    found = _of(night, utc(2027, 3, 27), utc(2027, 3, 29))
    assert wall_hours(found) == {"01:00", "01:30", "03:00"}
    assert all(slot.ends_at <= utc(2027, 3, 28, 2) for slot in found), (
        "four o’clock in summer is two o’clock UTC"
    )


def test_an_hour_that_comes_twice_in_autumn_is_offered_once():
    night = _row(weekday=6, opens=time(2), closes=time(4), every=60)
    found = _of(night, utc(2027, 10, 30), utc(2027, 11, 1))
    assert [slot.starts_at for slot in found] == [utc(2027, 10, 31, 0), utc(2027, 10, 31, 2)]


def test_hours_are_those_of_their_own_zone():
    found = _of(_row(zone="America/Montreal"), utc(2026, 12, 1), utc(2026, 12, 2, 12))
    assert found[0].starts_at == utc(2026, 12, 1, 14)


@pytest.mark.parametrize(("minutes", "last"), [(30, "11:30"), (60, "11:00"), (90, "10:30"), (180, "09:00")])
def test_a_meeting_begins_only_where_it_also_ends_in_time(minutes, last):
    found = _of(_row(), utc(2026, 12, 1), utc(2026, 12, 2), minutes=minutes)
    assert max(wall_hours(found)) == last


def test_nothing_is_offered_to_a_meeting_longer_than_the_hours():
    assert _of(_row(), utc(2026, 12, 1), utc(2026, 12, 30), minutes=200) == []


def test_closed_days_and_days_outside_the_validity_offer_nothing():
    row = _row(valid_from=date(2026, 12, 8), valid_until=date(2026, 12, 22))
    closed = [ClosedDays(first=date(2026, 12, 14), last=date(2026, 12, 16))]
    found = _of(row, utc(2026, 12, 1), utc(2027, 1, 30), closed)
    assert {slot.local_start.date() for slot in found} == {date(2026, 12, 8), date(2026, 12, 22)}


def test_hours_before_the_notice_and_after_the_horizon_are_not_offered():
    found = _of(_row(), utc(2026, 12, 1, 9), utc(2026, 12, 8, 9))
    assert [slot.starts_at for slot in found] == [utc(2026, 12, 1, 9), utc(2026, 12, 1, 9, 30), utc(2026, 12, 1, 10), utc(2026, 12, 8, 8), utc(2026, 12, 8, 8, 30)]  # fmt: skip


def test_a_slot_is_free_only_when_each_of_its_minutes_is():
    slot = _of(_row(), utc(2026, 12, 1), utc(2026, 12, 2))[0]
    assert free(slot, set())
    assert free(slot, {slot.ends_at, slot.starts_at - timedelta(minutes=5)})
    assert not free(slot, {slot.ends_at - timedelta(minutes=5)})


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"closes": time(9)}, "closes"),
        ({"closes": time(8)}, "closes"),
        ({"closes": time(9, 15)}, "closes"),
        ({"valid_until": date(2026, 10, 1)}, "valid_until"),
    ],
)
def test_hours_that_cannot_be_are_refused_beside_their_field(world, db, said, field):
    with pytest.raises(Invalid) as refused:
        opens(world.coach, **said)
    assert refused.value.field == field
    assert not openings_for(world.coach).exists()


@pytest.mark.parametrize(
    ("said", "meets"),
    [
        ({"opens": time(11), "closes": time(13)}, True),
        ({"opens": time(12), "closes": time(13)}, False),
        ({"weekday": 2}, False),
        ({"valid_from": date(2027, 1, 1)}, False),
        ({"valid_from": date(2026, 12, 31)}, True),
    ],
)
def test_two_stretches_of_one_day_never_meet(world, db, said, meets):
    opens(world.coach, valid_until=date(2026, 12, 31))
    if meets:
        with pytest.raises(Invalid) as refused:
            opens(world.coach, **said)
        assert refused.value.field == "opens"
    else:
        opens(world.coach, **said)
    assert openings_for(world.coach).count() == (1 if meets else 2)


def test_hours_may_be_changed_without_meeting_themselves(world, db):
    row = opens(world.coach)
    opening.open_hours(world.coach, row, {**HOURS, "closes": time(13)})
    assert openings_for(world.coach).get().closes == time(13)


def test_days_are_closed_in_order_and_once(world, db):
    opening.close_days(world.coach, date(2026, 12, 24), date(2027, 1, 1))
    for first, last, field in (
        (date(2027, 2, 2), date(2027, 2, 1), "last"),
        (date(2027, 1, 1), date(2027, 1, 5), "first"),
    ):
        with pytest.raises(Invalid) as refused:
            opening.close_days(world.coach, first, last)
        assert refused.value.field == field
    opening.reopen_days(world.coach, closed_for(world.coach).get())
    assert not closed_for(world.coach).exists()


@pytest.mark.parametrize("portal", [Portal.COACHEE, Portal.ORGANISATION, Portal.PRACTICE])
def test_nobody_but_a_coach_opens_hours(world, db, portal):
    viewer = world.viewer("coach", portal)
    for act in (
        lambda: opens(viewer),
        lambda: opening.close_days(viewer, date(2027, 1, 1), date(2027, 1, 1)),
        lambda: opening.set_rules(viewer, notice_hours=1, horizon_weeks=1),
    ):
        with pytest.raises(NotAllowedNow):
            act()
    assert not OpeningHours.unscoped.exists()


def test_another_coach_does_not_see_ones_hours(world, db):
    opens(world.coach)
    opening.close_days(world.coach, date(2026, 12, 24), date(2027, 1, 1))
    colleague = world.viewer("colleague", Portal.COACH)
    assert not openings_for(colleague).exists()
    assert not closed_for(colleague).exists()

"""The coach's calendar: a month, a week, a day, a list, in their own hours; and the pages of open hours."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.calendar import days as shown_days
from coaching.calendar.access import Entry, closed_for, openings_for, rules_for
from coaching.calendar.enums import Scale
from coaching.calendar.services import feeds, opening
from coaching.sessions.services import life
from contracts.models import Terms
from tests.calendar.helpers import opens, utc
from tests.sessions.helpers import SAID, active, another, plan, wall

URL = "/coach/calendar/"
WHEN = {"opens": "09:00", "closes": "12:00", "every": "30", "weekday": "1", "medium": "on_site", "place": "Au cabinet",
        "join_link": "", "valid_from": "2027-01-04", "valid_until": "", "zone": "Europe/Paris"}  # fmt: skip


@pytest.fixture
def now():
    with time_machine.travel(utc(2027, 1, 4, 8), tick=False):
        yield


@pytest.fixture
def mission(world, db, now):
    return active(world)


def _day(answer, day: date):
    return next(one for one in answer.context["days"] if one.date == day)


def test_a_month_shows_whole_weeks_with_each_session_on_its_day(world, mission, browse):
    row = plan(world, mission, said=SAID)
    answer = browse("coach").get(URL + "?day=2027-02-14")
    shown = [one.date for one in answer.context["days"]]
    assert (shown[0], shown[-1], len(shown)) == (date(2027, 2, 1), date(2027, 2, 28), 28)
    assert [entry.ref for _at, entry in _day(answer, date(2027, 2, 1)).entries] == [row.ref]
    body = answer.content.decode()
    assert reverse("coach_session", args=[row.ref]) in body
    assert world.people["coachee"].name in body


@pytest.mark.parametrize(
    ("view", "day", "first", "last"),
    [
        ("month", "2027-08-01", date(2027, 7, 26), date(2027, 9, 5)),
        ("week", "2027-01-03", date(2026, 12, 28), date(2027, 1, 3)),
        ("day", "2027-03-28", date(2027, 3, 28), date(2027, 3, 28)),
    ],
)
def test_each_scale_shows_its_days(world, mission, browse, view, day, first, last):
    shown = browse("coach").get(f"{URL}?view={view}&day={day}").context["days"]
    assert (shown[0].date, shown[-1].date) == (first, last)


def test_the_days_of_a_clock_change_hold_their_whole_day():
    for day, hours in ((date(2027, 3, 28), 23), (date(2027, 10, 31), 25), (date(2027, 5, 1), 24)):
        first, last = shown_days.moments(shown_days.span(Scale.DAY, day), "Europe/Paris")
        assert last - first == timedelta(hours=hours)


def test_a_session_stands_on_the_day_it_has_in_the_coachs_own_zone(world, mission, browse):
    plan(world, mission, said=replace(SAID, at=wall(2027, 2, 2, 1)))
    assert len(_day(browse("coach").get(URL + "?day=2027-02-14"), date(2027, 2, 2)).entries) == 1
    feeds.set_wishes(world.users["coach"], zone="America/Montreal", remind_hours=24, show_place=False)
    answer = browse("coach").get(URL + "?day=2027-02-14")
    ((at, _entry),) = _day(answer, date(2027, 2, 1)).entries
    assert f"{at:%H:%M}" == "19:00"
    assert not _day(answer, date(2027, 2, 2)).entries


def test_what_was_cancelled_is_no_longer_in_the_calendar(world, mission, browse):
    row = plan(world, mission, said=SAID)
    life.cancel(world.coach, row)
    assert row.ref not in browse("coach").get(URL + "?day=2027-02-14").content.decode()


def test_a_day_with_many_sessions_shows_four_of_them_in_a_month_and_all_by_itself(world, mission, browse):
    for hour in range(8, 14):
        plan(world, another(world), said=replace(SAID, at=wall(2027, 2, 2, hour), minutes=60))
    cell = _day(browse("coach").get(URL + "?day=2027-02-14"), date(2027, 2, 2))
    assert (len(cell.entries), cell.more) == (4, 2)
    page = browse("coach").get(URL + "?view=day&day=2027-02-02")
    assert len(page.context["days"][0].entries) == 6


def test_a_list_shows_days_with_something_and_goes_on_where_it_was_cut(world, mission, browse, monkeypatch):
    for week in range(3):
        plan(world, another(world), said=replace(SAID, at=SAID.at + timedelta(weeks=week)))
    page = browse("coach").get(URL + "?view=list&day=2027-01-01")
    assert [one.date for one in page.context["days"]] == [date(2027, 2, day) for day in (1, 8, 15)]
    monkeypatch.setattr("coaching.calendar.web.coach.MANY", 2)
    page = browse("coach").get(URL + "?view=list&day=2027-01-01")
    assert page.context["after"] == date(2027, 2, 8)


@pytest.mark.parametrize("query", ["day=2027-02-30", "day=", "day=9999-12-31", "day=0001-01-01", "view=year", "day=a%00b&view=%27"])  # fmt: skip
def test_a_day_that_is_none_shows_today(world, mission, browse, query):
    answer = browse("coach").get(f"{URL}?{query}")
    assert answer.status_code == 200
    assert answer.context["span"].day == date(2027, 1, 4)


def test_another_coach_sees_none_of_it(world, mission, browse):
    row = plan(world, mission, said=SAID)
    for persona in ("colleague", "coach_elsewhere"):
        assert row.ref not in browse(persona).get(URL + "?day=2027-02-14").content.decode()


def test_the_calendar_asks_as_many_questions_for_one_session_as_for_many(world, mission, browse):
    Terms.unscoped.update(sessions_count=60)
    page, asked = browse("coach"), {}
    for count in (1, 12):
        for turn in range(count):
            plan(world, another(world), said=replace(SAID, at=wall(2027, 2, 2 + turn + (count > 1), 10)))
        for view in Scale.values:
            page.get(f"{URL}?day=2027-02-14&view={view}")
            with CaptureQueriesContext(connection) as captured:
                page.get(f"{URL}?day=2027-02-01&view={view}")
            asked.setdefault(view, []).append(len(captured))
    assert all(few == many <= 8 for few, many in asked.values()), asked


def test_a_month_holds_a_session_before_midnight_and_one_after():
    entries = [Entry(n, f"SE-{n}", "individual", "planned", at, 60) for n, at in enumerate((utc(2027, 2, 28, 22, 30), utc(2027, 2, 28, 23, 30)))]  # fmt: skip
    span = shown_days.span(Scale.MONTH, date(2027, 3, 1))
    cells = {one.date: one for one in shown_days.days(span, entries, "Europe/Paris", date(2027, 3, 1))}
    assert [cells[date(2027, 3, 1)].entries[0][1].pk] == [1]
    assert date(2027, 2, 28) not in cells, "March 2027 begins on a Monday"


def test_a_coach_opens_changes_and_removes_hours(world, mission, browse):
    page = browse("coach")
    assert page.post(reverse("coach_opening_new"), WHEN).status_code == 302
    row = openings_for(world.coach).get()
    assert (
        page.post(reverse("coach_opening_edit", args=[row.ref]), {**WHEN, "closes": "13:00"}).status_code
        == 302
    )
    assert "13:00" in page.get(reverse("coach_opening")).content.decode()
    remove = reverse("coach_opening_remove", args=[row.ref])
    assert page.get(remove).status_code == 200
    assert openings_for(world.coach).exists()
    page.post(remove)
    assert not openings_for(world.coach).exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"opens": "12:00"}, "closes"),
        ({"opens": "09:02"}, "opens"),
        ({"place": " "}, "place"),
        ({"valid_until": "2026-01-01"}, "valid_until"),
        ({"weekday": "7"}, "weekday"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"every": "7"}, "every"),
        ({"medium": "pigeon"}, "medium"),
    ],
)
def test_hours_that_cannot_be_are_said_beside_their_field(world, mission, browse, changed, field):
    answer = browse("coach").post(reverse("coach_opening_new"), {**WHEN, **changed})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not openings_for(world.coach).exists()


def test_hours_that_meet_others_are_said_with_those_others(world, mission, browse):
    opens(world.coach)
    answer = browse("coach").post(reverse("coach_opening_new"), {**WHEN, "opens": "11:00", "closes": "14:00"})
    assert answer.status_code == 422
    assert "09:00" in answer.context["form"].errors["opens"][0]


def test_a_coach_closes_days_and_opens_them_again(world, mission, browse):
    page = browse("coach")
    assert (
        page.post(reverse("coach_closed_new"), {"first": "2027-02-01", "last": "2027-02-05"}).status_code
        == 302
    )
    assert (
        page.post(reverse("coach_closed_new"), {"first": "2027-02-05", "last": "2027-02-04"}).status_code
        == 422
    )
    assert _day(page.get(URL + "?day=2027-02-14"), date(2027, 2, 3)).closed
    page.post(reverse("coach_closed_remove", args=[closed_for(world.coach).get().ref]))
    assert not closed_for(world.coach).exists()


def test_a_coach_says_how_late_and_how_far_ahead(world, mission, browse):
    page, url = browse("coach"), reverse("coach_booking_rules")
    assert page.post(url, {"notice_hours": "-1", "horizon_weeks": "99"}).status_code == 422
    page.post(url, {"notice_hours": "48", "horizon_weeks": "4"})
    rules = rules_for(world.coach)
    assert (rules.notice_hours, rules.horizon_weeks) == (48, 4)


def test_what_is_planned_stays_when_hours_are_taken_away(world, mission, browse):
    row = plan(world, mission, said=SAID)
    opening.stop_hours(world.coach, opens(world.coach))
    assert row.ref in browse("coach").get(URL + "?day=2027-02-14").content.decode()

"""Eight coachees at one open hour, two browsers of one coachee: who wins, who is told. Without its guard, each race happens."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from coaching.calendar import access
from coaching.calendar.models import Feed, SentReminder
from coaching.calendar.services import booking, feeds, opening
from coaching.calendar.services.reminders import remind_due
from coaching.kernel.errors import Invalid
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from coaching.sessions.models import Claim, CoachingSession
from coaching.sessions.services import planning
from contracts.models import Terms
from ethics.development.services import save_qualification
from tests.races.settings import complete
from tests.sessions.helpers import active, another, seat_of

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = 8


@pytest.fixture
def open_hours(small):
    """A coach who is ready to contract, and one stretch of the day after tomorrow with room for one session alone."""
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    _open(small, 2)
    opening.set_rules(small.coach, notice_hours=0, horizon_weeks=1)
    return small


def _open(small, days):
    day = timezone.localdate() + timedelta(days=days)
    opening.open_hours(
        small.coach,
        None,
        {
            "weekday": day.weekday(), "opens": time(10), "closes": time(11, 30), "every": 60, "medium": "on_site",
            "place": "p", "join_link": "", "valid_from": day, "valid_until": day, "zone": "Europe/Paris",
        },
    )  # fmt: skip


def _coachee(small) -> Viewer:
    return small.viewer("coachee", Portal.COACHEE)


def _bookings(small, count):
    missions = [active(small), *(another(small) for _turn in range(count - 1))]
    viewer = _coachee(small)
    codes = {access.offer(viewer, mission).slots[0].code for mission in missions}
    assert len(codes) == 1
    return [lambda mission=mission: booking.book(viewer, mission, *codes) for mission in missions]


def test_eight_book_one_open_hour_and_one_has_it(open_hours, together):
    answers = together(*_bookings(open_hours, EIGHT))
    lost = [one for one in answers if isinstance(one, Exception)]
    assert [type(one) for one in lost] == [Invalid] * (EIGHT - 1)
    assert {one.field for one in lost} == {"slot"}
    assert {str(one.message) for one in lost} == {str(booking.TAKEN)}
    assert (CoachingSession.unscoped.count(), Claim.unscoped.count()) == (1, 18)
    assert Letter.unscoped.filter(kind="sessions/booked").count() == 1


def test_two_have_one_hour_by_a_look_alone(open_hours, together, meet, monkeypatch):
    """The table of claims taken away: whoever looks finds the hour free."""

    def look(session):
        meet()

    acts = _bookings(open_hours, 2)
    monkeypatch.setattr(planning, "claim", look)
    together(*acts)
    # On SQLite too, one after the other: nothing but the claims says that the hour is taken.
    assert CoachingSession.unscoped.count() == 2
    starts = set(CoachingSession.unscoped.values_list("starts_at", flat=True))
    assert len(starts) == 1, "one coach, twice at the same hour"


@pytest.fixture
def last_one(open_hours):
    """A contract that leaves one session, and two browsers of its coachee, each at an hour of its own."""
    _open(open_hours, 4)
    mission, viewer = active(open_hours), _coachee(open_hours)
    Terms.unscoped.update(sessions_count=1)
    first, second = (slot.code for slot in access.offer(viewer, mission).slots)
    return [lambda code=code: booking.book(viewer, mission, code) for code in (first, second)]


def test_two_browsers_do_not_book_more_than_the_contract_agrees(last_one, together):
    answers = together(*last_one)
    assert [one.field for one in answers if isinstance(one, Exception)] == ["slot"]
    assert CoachingSession.unscoped.count() == 1


def test_two_browsers_book_one_too_many_when_the_mission_is_not_held(
    last_one, together, meet, monkeypatch, postgres
):
    counted = planning.account_of

    def slowly(*args):
        account = counted(*args)
        meet()
        return account

    for module in (planning, booking):
        monkeypatch.setattr(module, "hold", lambda mission: type(mission).unscoped.get(pk=mission.pk))
    monkeypatch.setattr(planning, "account_of", slowly)
    together(*last_one)
    assert CoachingSession.unscoped.count() == (2 if postgres else 1)


def test_an_hour_the_coach_plans_is_not_booked_by_a_coachee_at_once(open_hours, together):
    book, _other = _bookings(open_hours, 2)
    mission = Mission.unscoped.select_related("practice", "coach").order_by("-pk").first()
    slot = access.offer(_coachee(open_hours), mission).slots[0]
    said = planning.Said(slot.local_start.replace(tzinfo=None), 90, "on_site", place="p")
    answers = together(
        book, lambda: planning.plan(open_hours.coach, mission, [seat_of(mission)], said, kind="individual")
    )
    assert len([one for one in answers if isinstance(one, Invalid)]) == 1
    assert CoachingSession.unscoped.count() == 1


def _planned(small):
    mission = active(small)
    at = timezone.localtime(timezone.now() + timedelta(hours=30)).replace(
        minute=0, second=0, microsecond=0, tzinfo=None
    )
    planning.plan(
        small.coach,
        mission,
        [seat_of(mission)],
        planning.Said(at, 60, "on_site", place="p"),
        kind="individual",
    )
    # Planned days ago, and now it is tomorrow’s.
    CoachingSession.unscoped.update(
        created_at=timezone.now() - timedelta(days=9), starts_at=timezone.now() + timedelta(hours=20)
    )


def test_eight_workers_remind_each_once(open_hours, together):
    _planned(open_hours)
    together(*[remind_due] * EIGHT)
    assert Letter.unscoped.filter(kind="sessions/reminder").count() == 2
    assert SentReminder.unscoped.count() == 2


def test_two_tabs_that_make_an_address_leave_one(small, together):
    user = small.users["coachee"]
    answers = together(*[lambda: feeds.make_feed(user)] * 2)
    assert not [one for one in answers if isinstance(one, Exception)]
    assert Feed.unscoped.filter(user=user, revoked_at=None).count() == 1

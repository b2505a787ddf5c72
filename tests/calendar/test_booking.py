"""A coachee books: within open hours, their contract's number, medium and pace; never an hour that is taken."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.calendar.access import offer, openings_for
from coaching.calendar.services import booking, opening
from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.sessions.models import Claim, CoachingSession
from coaching.sessions.services import life, planning
from coaching.sessions.services.planning import Said
from contracts.models import Terms
from tests.calendar.helpers import opens, settle, utc, wall_hours
from tests.contracts.helpers import contracting
from tests.sessions.helpers import SAID, active, another, coachee, plan, seat_of, wall

NOW = utc(2027, 1, 4, 8)  # a Monday


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mission(world, db, now):
    mission = active(world)
    opens(world.coach)
    settle(world)
    return mission


def _offer(world, mission):
    return offer(coachee(world), mission)


def _book(world, mission, place=0):
    return booking.book(coachee(world), mission, _offer(world, mission).slots[place].code)


def test_open_hours_are_offered_from_the_notice_to_the_horizon(world, mission):
    found = _offer(world, mission)
    days = {slot.local_start.date() for slot in found.slots}
    assert min(days) == date(2027, 1, 5)
    assert max(days) == date(2027, 2, 23)
    assert wall_hours(found.slots) == {"09:00", "09:30", "10:00", "10:30"}
    assert (found.minutes, found.remaining) == (90, 8)


def test_a_booking_is_a_planned_session_with_its_letters_and_its_place_in_the_journal(world, mission):
    Letter.unscoped.all().delete()
    row = _book(world, mission)
    assert (row.kind, row.state, row.medium, row.place) == ("individual", "planned", "on_site", "Au cabinet")
    assert row.starts_at == utc(2027, 1, 5, 8)
    assert Claim.unscoped.filter(session=row).count() == 18
    assert Event.unscoped.get(subject=row.ref).kind == "session.book"
    letters = {letter.kind: (letter.to, open_letter(letter)) for letter in Letter.unscoped.all()}
    to, said = letters["sessions/booked"]
    assert (to, said.subject) == (world.users["coachee"].email, "Votre prochain rendez-vous")
    assert "METHOD:REQUEST" in said.calendar
    to, said = letters["sessions/booked_coach"]
    assert (to, said.subject) == (world.users["coach"].email, "Un rendez-vous a été réservé")
    assert world.people["coachee"].name not in said.text + said.subject


def test_an_hour_taken_by_any_session_of_the_coach_is_not_offered(world, mission):
    plan(world, another(world), said=replace(SAID, at=wall(2027, 1, 5, 9)))
    found = [slot for slot in _offer(world, mission).slots if slot.local_start.date() == date(2027, 1, 5)]
    assert wall_hours(found) == {"10:30"}


def test_only_hours_at_the_contracts_pace_are_offered(world, mission):
    pace = planning.agreed_on(mission).days_between / 2
    row = _book(world, mission)
    gaps = [abs(slot.starts_at - row.starts_at) for slot in _offer(world, mission).slots]
    assert min(gaps) >= timedelta(days=pace)


def test_a_cancelled_session_gives_its_hour_and_its_place_in_the_number_back(world, mission):
    row = _book(world, mission, place=8)
    assert _offer(world, mission).remaining == 7
    life.cancel(coachee(world), row)
    again = _offer(world, mission)
    assert again.remaining == 8
    assert row.starts_at in {slot.starts_at for slot in again.slots}


def test_nothing_is_booked_beyond_the_number_agreed(world, mission):
    Terms.unscoped.filter(contract__mission=mission).update(sessions_count=1)
    _book(world, mission)
    found = _offer(world, mission)
    assert (found.slots, found.remaining) == ((), 0)
    assert "contrat" in str(found.why_not)
    with pytest.raises(Invalid):
        booking.book(coachee(world), mission, "20270202T0800Z")
    assert CoachingSession.unscoped.filter(mission=mission).count() == 1


def test_an_hour_of_a_medium_the_contract_does_not_name_is_not_offered(world, mission):
    opens(world.coach, weekday=2, medium="phone", place="")
    assert {slot.medium for slot in _offer(world, mission).slots} == {"on_site"}


@pytest.mark.parametrize("code", ["", "20270105T0815Z", "20270106T0800Z", "20270105T0600Z", "x" * 300])
def test_an_hour_that_is_not_open_is_refused_whatever_a_browser_sends(world, mission, code):
    with pytest.raises(Invalid) as refused:
        booking.book(coachee(world), mission, code)
    assert refused.value.field == "slot"
    assert not CoachingSession.unscoped.filter(mission=mission).exists()


@pytest.mark.parametrize("state", ["paused", "closed", "contracting"])
def test_nothing_is_offered_on_a_mission_that_is_not_under_way(world, mission, state):
    now = timezone.now()
    Mission.unscoped.filter(pk=mission.pk).update(state=state, paused_at=now, closed_at=now)
    found = offer(coachee(world), Mission.unscoped.get(pk=mission.pk))
    assert found.slots == ()
    assert found.why_not


def test_nothing_is_offered_before_the_contract_is_sealed(world, db, now):
    opens(world.coach)
    mission, _contract = contracting(world)
    found = _offer(world, mission)
    assert found.slots == ()
    assert "scellé" in str(found.why_not)


def test_nothing_is_offered_where_the_coach_opens_nothing(world, mission):
    opening.stop_hours(world.coach, openings_for(world.coach).get())
    found = _offer(world, mission)
    assert found.slots == ()
    assert "coach" in str(found.why_not)


@pytest.mark.parametrize(
    ("who", "portal"),
    [
        ("teammate", Portal.COACHEE),
        ("sponsor", Portal.ORGANISATION),
        ("coach", Portal.COACH),
        ("colleague", Portal.COACH),
        ("coach", Portal.PRACTICE),
    ],
)
def test_the_open_hours_of_a_mission_do_not_exist_for_anybody_but_its_coachee(world, mission, who, portal):
    with pytest.raises(Http404):
        offer(world.viewer(who, portal), mission)


def test_the_service_that_books_asks_again_whose_seat_medium_and_pace_it_is(world, mission):
    """Whatever stands above it: sessions keep their own rules."""
    seat = seat_of(mission)
    said = Said(wall(2027, 2, 2, 9), 90, "on_site", place="p")
    for viewer in (world.coach, world.viewer("teammate", Portal.COACHEE)):
        with pytest.raises(NotAllowedNow):
            planning.book(viewer, seat, said)
    with pytest.raises(NotAllowedNow):
        planning.book(coachee(world), seat, replace(said, medium="phone"))
    planning.book(coachee(world), seat, said)
    with pytest.raises(NotAllowedNow):
        planning.book(coachee(world), seat, replace(said, at=wall(2027, 2, 3, 9)))
    assert CoachingSession.unscoped.filter(mission=mission).count() == 1


def test_the_page_books_and_shows_the_session(world, mission, browse):
    page = browse("coachee")
    url = reverse("coachee_book", args=[mission.ref])
    shown = page.get(url)
    code = shown.context["offer"].slots[0].code
    assert f'value="{code}"' in shown.content.decode()
    answer = page.post(url, {"slot": code})
    row = CoachingSession.unscoped.get(mission=mission)
    assert answer.url == reverse("coachee_session", args=[row.ref])


def test_an_hour_taken_meanwhile_is_said_and_the_others_are_shown(world, mission, browse):
    page, url = browse("coachee"), reverse("coachee_book", args=[mission.ref])
    code = page.get(url).context["offer"].slots[0].code
    plan(world, another(world), said=replace(SAID, at=wall(2027, 1, 5, 9)))
    answer = page.post(url, {"slot": code})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "vient d’être pris" in body
    assert f'value="{code}"' not in body
    assert 'value="20270105T0930Z"' in body
    assert page.post(url, {"slot": ""}).status_code == 422


def test_the_page_of_a_mission_leads_to_the_open_hours_only_where_there_are_some(world, mission, browse):
    page = browse("coachee").get(reverse("coachee_mission", args=[mission.ref])).content.decode()
    assert reverse("coachee_book", args=[mission.ref]) in page
    Mission.unscoped.filter(pk=mission.pk).update(state="paused", paused_at=timezone.now())
    page = browse("coachee").get(reverse("coachee_mission", args=[mission.ref])).content.decode()
    assert reverse("coachee_book", args=[mission.ref]) not in page


@pytest.mark.one_engine  # PostgreSQL is told who looks, which is a question more for each look into the vault
@pytest.mark.parametrize("planned", [False, True])
def test_the_page_of_a_mission_asks_twelve_questions_with_a_session_to_book_and_without(
    world, mission, browse, planned
):
    if planned:
        plan(world, mission, said=SAID)
    page, url = browse("coachee"), reverse("coachee_mission", args=[mission.ref])
    page.get(url)
    with CaptureQueriesContext(connection) as captured:
        page.get(url)
    assert len(captured) <= 12


def test_the_page_asks_as_many_questions_for_few_hours_as_for_many(world, mission, browse):
    page, url, asked = browse("coachee"), reverse("coachee_book", args=[mission.ref]), []
    for weeks in (2, 30):
        settle(world, horizon_weeks=weeks)
        page.get(url)
        with CaptureQueriesContext(connection) as captured:
            shown = page.get(url).context["offer"].slots
        asked.append((len(captured), len(shown) > 30))
    (few, _small), (many, large) = asked
    assert few == many <= 20
    assert large

"""A coach opens hours at a desk; coachees book on a telephone, with scripts, without, in Firefox; one hour is lost to another."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from coaching.calendar.access import offer
from coaching.calendar.services import booking, opening
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.sessions.models import CoachingSession
from ethics.development.services import save_qualification
from tests.browser.firefox import Firefox, FirefoxVisitor
from tests.browser.people import PHONE, WIDE
from tests.calendar.helpers import opens
from tests.races.conftest import small  # noqa: F401  a practice written for good
from tests.races.settings import complete
from tests.sessions.helpers import active, another
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def missions(small) -> list[Mission]:  # noqa: F811
    """Two missions of one coachee, under way."""
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    opening.set_rules(small.coach, notice_hours=0, horizon_weeks=2)
    return [active(small), another(small)]


def _sign_in(person, address):
    person.open("/accounts/login/").fill(login=address, password=PASSWORD)
    person.submit()


def _day():
    return timezone.localdate() + timedelta(days=2)


def _opens_hours(coach):
    """Every page on the way is reached by hand."""
    _sign_in(coach, "coach@race.test")
    coach.open("/coach/").page.get_by_role("navigation").get_by_role("link", name="Calendrier").click()
    coach.page.wait_for_url(re.compile("/coach/calendar/"))
    coach.go("coach_opening").go("coach_opening_new")
    day = _day()
    hours = {"opens": "10:00", "closes": "09:00", "valid_from": day.isoformat()}
    coach.fill(weekday=str(day.weekday()), every="90", place="Au cabinet", medium="on_site", **hours)
    coach.submit()
    assert coach.reads("La fin vient avant le début.")
    coach.fill(closes="16:00").submit()
    assert coach.reads("Au cabinet")


def _choose(person, index: int):
    person.page.locator("main .slot label").nth(index).click()
    return person.press("Book this hour")


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("scripts", [True, False])
def test_a_coach_opens_hours_and_a_coachee_books_one_on_a_telephone(small, missions, visitor, scripts):  # noqa: F811
    mission, other = missions
    coach = visitor(screen=WIDE, java_script_enabled=scripts)
    coachee = visitor(screen=PHONE, java_script_enabled=scripts)
    _opens_hours(coach)

    _sign_in(coachee, "coachee@race.test")
    coachee.open(f"/coachee/missions/{mission.ref}/").go("coachee_book")
    assert coachee.fits()
    coachee.press("Book this hour")
    assert coachee.reads("Choisissez un horaire.")

    viewer = small.viewer("coachee", Portal.COACHEE)
    booking.book(viewer, other, offer(viewer, other).slots[0].code)  # somebody else is faster
    _choose(coachee, 0)
    assert coachee.reads("Cet horaire vient d’être pris")
    assert coachee.fits()
    _choose(coachee, 0)
    assert coachee.reads("Votre rendez-vous est réservé.")
    assert "11:30" in coachee.page.locator("main").inner_text()
    assert CoachingSession.unscoped.filter(mission=mission, kind="individual").count() == 1

    coach.open(f"/coach/calendar/?day={_day().isoformat()}")
    assert coach.page.locator(".cal-entry").count() == 2
    assert coach.fits()


def test_a_coachee_books_in_firefox(small, missions, live_server):  # noqa: F811
    mission = missions[0]
    _open(small)
    with Firefox() as firefox:
        coachee = FirefoxVisitor(firefox, live_server, "coachee", PHONE)
        _sign_in(coachee, "coachee@race.test")
        coachee.open(f"/coachee/missions/{mission.ref}/book/")
        assert coachee.fits()
        code = offer(small.viewer("coachee", Portal.COACHEE), mission).slots[1].code
        coachee.fill(slot=code).submit()
        assert coachee.reads("Votre rendez-vous est réservé.")
    assert f"{CoachingSession.unscoped.get(mission=mission).starts_at:%Y%m%dT%H%MZ}" == code


def _open(small):  # noqa: F811
    opens(small.coach, weekday=_day().weekday(), valid_from=_day())

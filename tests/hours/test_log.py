"""The log as sessions make it: what counts and what does not, who is named, what a letter replaces."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching.consents.services import consents
from coaching.kernel.viewer import Portal
from coaching.sessions.models import CoachingSession
from contracts.models import Terms
from ethics.hours import access
from ethics.hours.enums import Source
from tests.hours.helpers import attested, held, imported, listed
from tests.sessions.helpers import active, another, coachee

pytestmark = pytest.mark.usefixtures("stands")


@pytest.fixture
def mission(world, db):
    return active(world)


def log(world):
    return access.log_of(world.coach)


def test_an_hour_is_sixty_real_minutes_and_pro_rata_below(world, mission):
    listed(world, mission)
    held(world, mission, minutes=50, days=30)
    held(world, mission, minutes=75, days=3)
    (line,) = log(world).lines
    assert (line.paid, line.pro_bono, line.paid_hours) == (125, 0, 2.08)
    assert line.individual
    assert line.starts_on < line.ends_on


def test_a_client_is_named_only_by_their_own_consent(world, mission):
    held(world, mission)
    found = log(world)
    assert found.lines == ()
    assert found.totals.minutes == 0
    ((left_mission, left),) = found.left
    assert (left_mission, left.minutes) == (mission, 90)
    listed(world, mission)
    (line,) = log(world).lines
    person = world.people["coachee"]
    assert (line.client, line.contact) == (person.name, world.users["coachee"].email)
    assert log(world).left == ()


def test_a_consent_taken_back_takes_name_and_hours_along(world, mission):
    row = listed(world, mission)
    held(world, mission)
    consents.withdraw(coachee(world), row)
    assert log(world).lines == ()


def test_a_consent_whose_last_day_has_passed_names_nobody(world, mission):
    row = listed(world, mission, until=timezone.localdate())
    held(world, mission)
    assert len(log(world).lines) == 1
    type(row).unscoped.filter(pk=row.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert log(world).lines == ()


@pytest.mark.parametrize("fee", [0, None])
def test_hours_without_fees_are_pro_bono(world, mission, fee):
    Terms.unscoped.filter(contract__mission=mission).update(fee_total=fee)
    listed(world, mission)
    held(world, mission)
    (line,) = log(world).lines
    assert (line.paid, line.pro_bono) == (0, 90)


def test_two_missions_of_one_client_are_two_lines_and_one_client(world, mission):
    other = another(world)
    for one in (mission, other):
        listed(world, one)
    held(world, mission, days=10)
    held(world, other, days=3)
    found = log(world)
    assert len(found.lines) == 2
    assert found.totals.clients == 1


def test_the_exploratory_meeting_and_three_way_meetings_do_not_count(world, mission):
    listed(world, mission)
    held(world, mission, days=5, kind="three_way", stage="start", roles=("coachee", "sponsor"))
    session = held(world, mission)
    CoachingSession.unscoped.filter(pk=session.pk).update(kind="exploratory")
    assert log(world).lines == ()
    assert log(world).left == ()


def test_a_session_missed_or_cancelled_does_not_count(world, mission):
    from coaching.sessions.services import life
    from tests.sessions.helpers import begun, plan

    listed(world, mission)
    life.record_missed(world.coach, begun(plan(world, mission)))
    assert log(world).lines == ()


def test_a_letter_replaces_the_names_up_to_what_it_attests(world, mission):
    held(world, mission, days=30, minutes=60)
    held(world, mission, days=3, minutes=60)
    today = timezone.localdate()
    attested(
        world, mission, starts_on=today - timedelta(days=60), ends_on=today, paid_minutes=90, issued_on=today
    )
    found = log(world)
    (line,) = found.lines
    assert (line.source, line.client, line.paid) == (Source.LETTER, "Coaching & Cie", 90)
    assert found.totals.clients == 1
    assert found.left[0][1].minutes == 30


def test_a_letter_covers_its_own_period_alone(world, mission):
    held(world, mission, days=40, minutes=60)
    held(world, mission, days=3, minutes=60)
    today = timezone.localdate()
    attested(world, mission, starts_on=today - timedelta(days=10), ends_on=today, issued_on=today)
    found = log(world)
    assert (found.totals.paid, found.left[0][1].minutes) == (60, 60)


def test_a_letter_counts_nothing_twice_once_the_client_is_listed(world, mission):
    held(world, mission, minutes=60)
    today = timezone.localdate()
    attested(world, mission, starts_on=today - timedelta(days=10), ends_on=today, issued_on=today)
    listed(world, mission)
    found = log(world)
    assert found.totals.paid == 60
    assert sorted(line.counted for line in found.lines) == [False, True]


def test_a_letter_that_is_not_signed_yet_counts_nothing(world, mission):
    held(world, mission)
    attested(world, issued_on=None)
    assert log(world).lines == ()


def test_a_letter_without_missions_attests_hours_held_elsewhere(world, mission):
    attested(world)
    found = log(world)
    assert (found.totals.paid, found.totals.clients) == (1200, 4)


@pytest.mark.parametrize(
    ("persona", "portal"),
    [
        ("colleague", Portal.COACH), ("coachee", Portal.COACHEE), ("sponsor", Portal.ORGANISATION),
        ("administrator", Portal.PRACTICE), ("coach", Portal.PRACTICE), ("recourse", Portal.RECOURSE),
    ],
)  # fmt: skip
def test_a_log_is_its_coachs_alone(world, mission, persona, portal):
    listed(world, mission)
    held(world, mission)
    imported(world)
    attested(world)
    found = access.log_of(world.viewer(persona, portal))
    assert (found.lines, found.left, found.totals.minutes) == ((), (), 0)


def test_a_team_session_is_one_line_with_those_who_were_there(world, db):
    from ethics.hours.held import Attended, Named, lines_of

    day = timezone.localdate()
    rows = [Attended(1, 7, "team", day, 60, seat) for seat in (1, 2, 3)]
    rows += [Attended(2, 7, "team", day, 30, seat) for seat in (1, 2)]
    named = {1: Named("Zoé", "z@x.test"), 3: Named("Luc", "")}
    (line,) = lines_of(rows, paid={7}, named=named, letters=(), largest=15).lines
    assert (line.client, line.contact, line.group, line.paid) == ("Zoé, Luc", "z@x.test", 3, 90)
    assert len(line.whom) == 2


@pytest.mark.parametrize(("size", "minutes"), [(15, 60), (16, 0)])
def test_a_group_larger_than_the_practice_allows_does_not_count(size, minutes):
    from ethics.hours.held import Attended, Named, lines_of

    rows = [Attended(1, 7, "team", timezone.localdate(), 60, seat) for seat in range(size)]
    found = lines_of(rows, paid={7}, named={0: Named("Zoé", "")}, letters=(), largest=15)
    assert sum(line.paid for line in found.lines) == minutes
    assert sum(one.too_large for one in found.left) == 60 - minutes


def test_one_letter_does_not_count_what_another_has_taken(db):
    from ethics.hours.held import Attended, Attested, lines_of

    day = timezone.localdate()
    rows = [Attended(n, 7, "individual", day, 60, 1) for n in range(3)]
    letters = [Attested(ref, "O", "", day, day, 120, 0, 5, frozenset({7})) for ref in ("VL-1", "VL-2")]
    found = lines_of(rows, paid={7}, named={}, letters=letters, largest=15)
    assert [line.paid for line in found.lines] == [120, 60]
    assert found.left == ()


def test_the_log_asks_as_many_questions_whatever_its_length(world, mission):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            access.log_of(world.coach)
        return len(queries)

    listed(world, mission)
    held(world, mission, days=3)
    imported(world)
    attested(world)
    access.log_of(world.coach)
    first = asked()
    other = another(world)
    listed(world, other)
    for days in (30, 60, 90):
        held(world, other, days=days)
    imported(world, "Client;Début;Heures\nC;01/01/2020;1\nD;01/01/2021;2\n")
    attested(world, other, issuer="Autre")
    assert asked() == first

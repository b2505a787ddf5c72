"""A coachee's coaching pauses at once and goes on by agreement; the organisation learns the fact and the date."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from coaching.accounts.models import User
from coaching.journal.access import latest_events
from coaching.kernel.dates import long_date
from coaching.kernel.errors import GateClosed, Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import perform
from coaching.kernel.viewer import Portal
from coaching.missions import pace_access
from coaching.missions.models import Mission, Pause, Seat
from coaching.missions.services import pace, seats
from coaching.missions.transitions import MISSION
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.sessions.access import account_of
from coaching.sessions.models import Claim, CoachingSession
from coaching.sessions.services import life as sessions
from coaching.sessions.services import planning
from contracts.services import amending, drafting
from tests import stand_ins
from tests.contracts.helpers import enquiry
from tests.rules import leaning
from tests.sessions.helpers import SAID, active, begun, coachee, fresh, in_days, plan, seat_of, sponsor
from tests.unlocking import lock


@pytest.fixture
def mission(world, db):
    return active(world)


def _now(mission) -> Mission:
    return Mission.unscoped.select_related("practice", "coach", "organisation").get(pk=mission.pk)


def _letters(kind):
    return [open_letter(row) for row in Letter.unscoped.filter(kind=kind)]


def test_a_coachee_pauses_at_once_and_says_no_reason(world, mission):
    row = pace.pause(coachee(world), mission, seat_of(mission), reason="on ne le garde pas")
    assert (row.by, row.reason, row.ended_at) == ("coachee", "", None)
    assert _now(mission).state == "paused"
    assert _now(mission).paused_at == row.begun_at


def test_a_coach_pauses_with_a_reason_that_the_coachee_reads_and_no_letter_carries(world, mission):
    seat = seat_of(mission)
    with pytest.raises(Invalid) as refused:
        pace.pause(world.coach, mission, seat, reason="  ")
    assert refused.value.field == "reason"
    assert _now(mission).state == "active"
    pace.pause(world.coach, mission, seat, reason="Je dois m’absenter.")
    assert [one.reason for one in pace_access.pauses_of(coachee(world), mission)] == ["Je dois m’absenter."]
    assert pace_access.pauses_of(sponsor(world), mission) == []
    for letter in Letter.unscoped.all():
        assert "m’absenter" not in str(open_letter(letter))


@pytest.mark.parametrize(
    ("who", "portal"),
    [("sponsor", Portal.ORGANISATION), ("manager", Portal.ORGANISATION), ("administrator", Portal.PRACTICE),
     ("colleague", Portal.COACH), ("teammate", Portal.COACHEE), ("coach", Portal.PRACTICE)],
)  # fmt: skip
def test_nobody_else_pauses_or_resumes(world, mission, who, portal):
    with pytest.raises(NotAllowedNow):
        pace.pause(world.viewer(who, portal), mission, seat_of(mission), reason="r")
    pace.pause(coachee(world), mission, seat_of(mission))
    with pytest.raises(NotAllowedNow):
        pace.agree_to_resume(world.viewer(who, portal), mission, seat_of(mission))


def test_what_is_planned_is_cancelled_counts_for_nothing_and_frees_the_coachs_time(world, mission):
    late, later = plan(world, mission, days=0.5), plan(world, mission, days=20)
    three = plan(world, mission, days=30, kind="three_way", stage="start", roles=("coachee", "sponsor"))
    before = account_of(mission)
    pace.pause(coachee(world), mission, seat_of(mission))
    for row in (late, later, three):
        now = fresh(row)
        assert (now.state, now.cancelled_by, now.excused) == ("cancelled", "pause", False)
        assert not Claim.unscoped.filter(session=row).exists()
    after = account_of(mission)
    assert (after.owed, after.planned, after.remaining) == (0, 0, before.remaining + before.planned)


def test_a_session_whose_hour_has_come_is_still_recorded_as_what_it_was(world, mission):
    row = begun(plan(world, mission))
    pace.pause(coachee(world), mission, seat_of(mission))
    assert fresh(row).state == "planned"
    held = sessions.record_held(world.coach, fresh(row), minutes=60, present=[seat_of(mission).ref])
    assert held.state == "held"


def test_no_session_is_planned_or_held_in_a_pause(world, mission):
    row = plan(world, mission)
    pace.pause(coachee(world), mission, seat_of(mission))
    for kind in ("individual", "exploratory"):
        with pytest.raises(NotAllowedNow):
            plan(world, _now(mission), kind=kind)
    CoachingSession.unscoped.filter(pk=row.pk).update(
        state="planned", starts_at=timezone.now() + timedelta(minutes=5)
    )
    with pytest.raises(GateClosed):
        sessions.record_held(world.coach, fresh(row), minutes=60, present=[seat_of(mission).ref])


def test_it_goes_on_once_both_have_said_so_and_not_before(world, mission):
    seat = seat_of(mission)
    pace.pause(coachee(world), mission, seat)
    assert pace.agree_to_resume(coachee(world), mission, seat).ended_at is None
    assert _now(mission).state == "paused"
    with pytest.raises(Stale):
        pace.agree_to_resume(coachee(world), mission, seat)
    assert pace.agree_to_resume(world.coach, mission, seat).ended_at is not None
    assert _now(mission).state == "active"
    assert not CoachingSession.unscoped.filter(mission=mission, state="planned").exists()
    assert plan(world, _now(mission)).state == "planned"


def test_the_table_itself_does_not_resume_on_the_word_of_one(world, mission):
    pace.pause(coachee(world), mission, seat_of(mission))
    pace.agree_to_resume(world.coach, mission, seat_of(mission))
    with pytest.raises(GateClosed):
        perform(MISSION, mission, "resume", world.coach, roles=frozenset({"coach"}))


def test_it_can_be_paused_again(world, mission):
    seat = seat_of(mission)
    for _turn in range(2):
        pace.pause(coachee(world), mission, seat)
        with pytest.raises(NotAllowedNow):
            pace.pause(coachee(world), mission, seat)
        pace.agree_to_resume(world.coach, mission, seat)
        pace.agree_to_resume(coachee(world), mission, seat)
    assert Pause.unscoped.filter(mission=mission).count() == 2


def test_those_who_take_part_are_told_in_neutral_words_which_their_calendars_take(world, mission):
    plan(world, mission, days=10)
    plan(world, mission, days=30, kind="three_way", stage="start", roles=("coachee", "sponsor"))
    Letter.unscoped.all().delete()
    pace.pause(coachee(world), mission, seat_of(mission))
    kinds = sorted((row.kind, row.to) for row in Letter.unscoped.all())
    mail = {name: User.objects.get(pk=user.pk).email for name, user in world.users.items()}
    assert kinds == sorted(
        [("missions/paused_coach", mail["coach"]), ("missions/paused_organisation", mail["sponsor"]),
         *[("sessions/set_aside", mail["coachee"])] * 2, ("sessions/set_aside", mail["sponsor"])]
    )  # fmt: skip
    for row in Letter.unscoped.filter(to=mail["sponsor"]):
        assert "coaché" not in str(open_letter(row)).casefold(), "who wanted the pause"


def test_a_coachee_pauses_and_goes_on_with_their_key_closed(world, mission, browse):
    browser = browse("coachee")
    lock(browser)
    page = browser.get(reverse("coachee_pause", args=[mission.ref]))
    assert page.status_code == 200
    assert page.content.decode().count("<textarea") == 0
    assert browser.post(reverse("coachee_pause", args=[mission.ref])).status_code == 302
    assert _now(mission).state == "paused"
    assert browser.post(reverse("coachee_resume", args=[mission.ref])).status_code == 302
    assert Pause.unscoped.get(mission=mission).coachee_ready_at


def test_the_organisation_reads_the_state_and_the_date_and_nothing_else(world, mission, browse):
    pace.pause(coachee(world), mission, seat_of(mission))
    sponsor_page = browse("sponsor").get(reverse("organisation_mission", args=[mission.ref])).content.decode()
    pace.agree_to_resume(coachee(world), mission, seat_of(mission))
    pace.agree_to_resume(world.coach, mission, seat_of(mission))
    pace.pause(world.coach, mission, seat_of(mission), reason="Je dois m’absenter.")
    again = browse("sponsor").get(reverse("organisation_mission", args=[mission.ref])).content.decode()
    strip = lambda page: page.partition("<main")[2].partition("</main")[0].split("csrfmiddlewaretoken")[0]  # noqa: E731
    assert strip(sponsor_page) == strip(again), "whoever paused, the page is the same"
    assert strip(again).count("Pause") >= 1


@pytest.mark.parametrize("who", ["coachee", "coach"])
def test_in_a_pause_the_organisation_is_told_the_date_and_not_that_the_mission_can_begin(
    world, mission, browse, who
):
    page = reverse("organisation_mission", args=[mission.ref])
    assert "la mission peut commencer" in browse("sponsor").get(page).content.decode()
    if who == "coachee":
        pace.pause(coachee(world), mission, seat_of(mission))
    else:
        pace.pause(world.coach, mission, seat_of(mission), reason="Je dois m’absenter.")
    step = browse("sponsor").get(page).context["step"]
    day = long_date(timezone.localdate(), "fr")
    assert (str(step.title), str(step.text)) == (
        "L’accompagnement est en pause",
        f"Depuis le {day}. Rien ne vous est demandé d’ici là.",
    )
    assert (step.url, step.waiting) == ("", "")
    body = browse("sponsor").get(page).content.decode()
    assert "la mission peut commencer" not in body
    assert "absenter" not in body


def test_the_organisation_of_a_team_is_told_no_pause_as_its_next_step(world, mission, browse):
    pace.pause(coachee(world), mission, seat_of(mission))
    Mission.unscoped.filter(pk=mission.pk).update(kind="team", state="active")
    step = browse("sponsor").get(reverse("organisation_mission", args=[mission.ref])).context["step"]
    assert step is None or "pause" not in str(step.title)


def test_who_sees_what_shows_the_pause_as_the_organisation_reads_it(world, mission, browse):
    pace.pause(coachee(world), mission, seat_of(mission))
    url = f"{reverse('coachee_who_sees_what')}?mission={mission.ref}"
    assert "L’accompagnement est en pause depuis" in browse("coachee").get(url).content.decode()


def test_the_timeline_of_coach_and_coachee_tells_it(world, mission):
    pace.pause(world.coach, mission, seat_of(mission), reason="r")
    for viewer in (world.coach, coachee(world)):
        assert "mission.pause" in {event.kind for event in latest_events(viewer, mission.ref)}


@dataclass
class Team:
    mission: Mission
    seats: list[Seat]


@pytest.fixture(scope="module")
def two(world, django_db_blocker) -> Team:
    """A team of two whose framework and adhesions stand."""
    with django_db_blocker.unblock():
        mission = leaning._mission(world)
        leaning._sealed(world, drafting.draft(world.coach, mission), terms=leaning.TERMS)
        mission.refresh_from_db()
        for adhesion in amending.adhere(world.coach, mission):
            leaning._sealed(world, adhesion)
        rows = Seat.unscoped.filter(mission=mission, role="coachee").select_related("person", "mission")
        return Team(_now(mission), list(rows.order_by("pk")))


class TestTeam:
    """A pause is one coachee's own."""

    @pytest.fixture
    def team(self, two, db):
        return two

    def test_a_pause_is_the_coachees_own_and_the_mission_goes_on(self, world, team):
        first, second = team.seats
        own = planning.plan(world.coach, team.mission, [first], _in(10), kind="individual")[0]
        others = planning.plan(world.coach, team.mission, [second], _in(12), kind="individual")[0]
        together = planning.plan(world.coach, team.mission, [first, second], _in(14), kind="team")[0]
        pace.pause(coachee(world), team.mission, first)
        assert [fresh(row).state for row in (own, others, together)] == ["cancelled", "planned", "planned"]
        assert _now(team.mission).state == "active"
        with pytest.raises(Invalid):
            planning.plan(world.coach, team.mission, [first], _in(20), kind="individual")
        assert planning.plan(world.coach, team.mission, [second], _in(20), kind="individual")

    def test_another_coachee_learns_nothing_of_it(self, world, team):
        first = team.seats[0]
        pace.pause(coachee(world), team.mission, first)
        mate = world.viewer("teammate", Portal.COACHEE)
        assert pace_access.pauses_of(mate, team.mission) == []
        assert "seat.pause" not in {event.kind for event in latest_events(mate, team.mission.ref)}
        with pytest.raises(NotAllowedNow):
            pace.agree_to_resume(mate, team.mission, first)

    def test_the_organisation_reads_a_date_and_no_name(self, world, team):
        row = pace.pause(coachee(world), team.mission, team.seats[0])
        assert pace_access.pause_dates(sponsor(world), _now(team.mission)) == [row.begun_at]
        assert pace_access.open_pauses(sponsor(world), _now(team.mission)) == []

    def test_it_goes_on_by_agreement_too(self, world, team):
        first = team.seats[0]
        pace.pause(coachee(world), team.mission, first)
        pace.agree_to_resume(coachee(world), team.mission, first)
        pace.agree_to_resume(world.coach, team.mission, first)
        assert not Pause.unscoped.filter(ended_at=None).exists()

    def test_a_seat_that_ends_takes_its_sessions_and_its_pause_with_it(self, world, team):
        first, second = team.seats
        own = planning.plan(world.coach, team.mission, [second], _in(10), kind="individual")[0]
        pace.pause(coachee(world), team.mission, first)
        seats.end_seat(world.coach, team.mission, first)
        seats.end_seat(world.coach, team.mission, second)
        assert fresh(own).cancelled_by == "end"
        assert not Pause.unscoped.filter(ended_at=None).exists()


def _in(days):
    return replace(SAID, at=in_days(days))


def test_a_refusal_takes_the_exploratory_meeting_out_of_the_calendar(world, db):
    mission = enquiry(world)
    row = plan(world, mission, kind="exploratory")
    stand_ins.refuse(
        world.coach, mission, ground="coach", explanation="Non.", orientation="", told_organisation=""
    )
    now = fresh(row)
    assert (now.state, now.cancelled_by) == ("cancelled", "end")
    assert not Claim.unscoped.filter(session=row).exists()


def test_a_pause_is_read_by_the_two_alone(world, mission, browse):
    pace.pause(coachee(world), mission, seat_of(mission))
    for persona in ("sponsor", "colleague", "administrator", "teammate"):
        for name in ("coach_pace", "coachee_pace"):
            assert browse(persona).get(reverse(name, args=[mission.ref])).status_code == 404
    with pytest.raises(Http404):
        pace_access.get_referral(sponsor(world), mission, "OR-2222222222")

"""Where objectives stand is the coachee's to say; with which means, the coach's. In a team, each sees their own."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.models import Objective, Seat
from coaching.progress import access
from coaching.progress.models import Means, Measure
from coaching.progress.services import means, measures
from coaching.progress.web.drawing import draw
from coaching.sessions.models import CoachingSession, Participant
from coaching.sessions.services import life
from tests.progress.helpers import give, objective, say
from tests.sessions.helpers import active, begun, coachee, plan, seat_of

OUTSIDE = [
    ("sponsor", Portal.ORGANISATION),
    ("manager", Portal.ORGANISATION),
    ("administrator", Portal.PRACTICE),
    ("coach", Portal.PRACTICE),
    ("colleague", Portal.COACH),
    ("teammate", Portal.COACHEE),
]


@pytest.fixture
def mission(world, db):
    return active(world)


@pytest.fixture
def aim(mission):
    return objective(mission)


@pytest.fixture
def session(world, mission):
    return begun(plan(world, mission))


# --- measures


def test_coach_and_coachee_read_a_measure_and_nobody_else(world, aim):
    give(world, aim, words="Je commence à peine.")
    for viewer in (world.coach, coachee(world)):
        assert access.measures_for(viewer).get().words == "Je commence à peine."
    for who, portal in OUTSIDE:
        assert access.measures_for(world.viewer(who, portal)).count() == 0


def test_the_coach_does_not_measure_in_the_coachees_place(world, mission, aim):
    from django.http import Http404

    for portal in (Portal.COACH, Portal.COACHEE):
        viewer = world.viewer("coach", portal)
        with pytest.raises(Http404):
            measures.measure(viewer, mission, aim, "start", 5, "", based_on=0)
    assert not Measure.unscoped.exists()


def test_a_measure_is_corrected_until_the_next_one_is_given(world, aim):
    give(world, aim, value=3)
    row = give(world, aim, value=4, based_on=1)
    assert (row.value, row.revision, Measure.unscoped.count()) == (4, 2, 1)
    give(world, aim, "end", 8)
    for stage in ("start", "middle"):
        with pytest.raises(NotAllowedNow):
            give(world, aim, stage, 9, based_on=2 if stage == "start" else 0)
    assert Measure.unscoped.get(stage="start").value == 4
    told = Event.unscoped.filter(kind__startswith="measure.").order_by("number")
    assert [event.kind for event in told] == ["measure.give", "measure.correct", "measure.give"]


def test_a_correction_of_what_was_changed_meanwhile_is_refused(world, aim):
    give(world, aim, value=3)
    for based_on in (0, 7):
        with pytest.raises(Stale):
            give(world, aim, value=9, based_on=based_on)
    assert Measure.unscoped.get().value == 3


@pytest.mark.parametrize("value", [-1, 11, 1000])
def test_a_figure_off_the_scale_is_refused_by_the_service_and_by_the_table(world, aim, value):
    with pytest.raises(Invalid):
        give(world, aim, value=value)
    row = give(world, aim)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.unscoped.filter(pk=row.pk).update(value=11)


def test_a_stage_that_does_not_exist_is_refused(world, browse, mission, aim):
    with pytest.raises(Invalid):
        give(world, aim, "sometime")
    url = reverse("coachee_measure", args=[mission.ref, aim.ref, "sometime"])
    assert browse("coachee").get(url).status_code == 404


def test_an_objective_that_was_removed_or_is_another_missions_is_not_measured(world, mission, aim):
    Objective.unscoped.filter(pk=aim.pk).update(removed_at=timezone.now())
    aim.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        give(world, aim)
    stranger = objective(world.refused)
    with pytest.raises(NotAllowedNow):
        measures.measure(coachee(world), mission, stranger, "start", 1, "", based_on=0)


def test_a_mission_that_was_declined_is_not_measured(world, db):
    with pytest.raises(NotAllowedNow):
        give(world, objective(world.refused))


# --- a team


@pytest.fixture
def team(world, db):
    """The main mission: two coachees, an objective in common, one of each; and a session of both that was held."""
    seats = {
        who: Seat.unscoped.get(mission=world.mission, person=world.people[who])
        for who in ("coachee", "teammate")
    }
    common = Objective.unscoped.get(mission=world.mission, tag="common")
    own = {
        who: Objective.unscoped.get(mission=world.mission, tag="coachee", seat=seats[who]) for who in seats
    }
    return {"seats": seats, "common": common, "own": own}


def _held(world, seats, days=1) -> CoachingSession:
    at = timezone.now() - timedelta(days=days)
    row = CoachingSession.unscoped.create(
        mission=world.mission, coach=world.users["coach"], kind="team", state="held", starts_at=at, minutes=90,
        held_minutes=90, held_at=at, medium="on_site", created_by=world.users["coach"],
    )  # fmt: skip
    Participant.unscoped.bulk_create([Participant(session=row, seat=seat, present=True) for seat in seats])
    return row


def test_in_a_team_each_measures_for_themself_and_sees_themself(world, team):
    give(world, team["common"], value=2)
    give(world, team["common"], value=9, who="teammate")
    for who, value in (("coachee", 2), ("teammate", 9)):
        mine = access.standings_of(world.viewer(who, Portal.COACHEE), world.mission)
        shown = next(one for one in mine if one.objective == team["common"]).courses
        assert [course.measures["start"].value for course in shown] == [value]
    everybody = access.standings_of(world.coach, world.mission)
    common = next(one for one in everybody if one.objective == team["common"])
    assert sorted(course.measures["start"].value for course in common.courses) == [2, 9]


def test_a_teammates_own_objective_is_not_measured(world, team):
    with pytest.raises(NotAllowedNow):
        give(world, team["own"]["teammate"])


def test_in_a_team_session_nobody_reads_of_anothers_own_objective(world, browse, team):
    both = _held(world, team["seats"].values())
    say(world, both, team["common"], words="Autour de la table.")
    say(world, both, team["own"]["coachee"], "exercise", name="La chaise vide")
    seen = {
        who: {row.objective_id for row in access.means_in(world.viewer(who, Portal.COACHEE), both)}
        for who in ("coachee", "teammate")
    }
    assert seen["coachee"] == {team["common"].pk, team["own"]["coachee"].pk}
    assert seen["teammate"] == {team["common"].pk}
    body = browse("teammate").get(reverse("coachee_session", args=[both.ref])).content.decode()
    assert "La chaise vide" not in body
    assert "Autour de la table" in body


def test_the_own_objective_of_somebody_who_was_not_there_takes_no_means(world, browse, team):
    alone = _held(world, [team["seats"]["coachee"]])
    with pytest.raises(NotAllowedNow):
        say(world, alone, team["own"]["teammate"])
    url = reverse("coach_means", args=[alone.ref, team["own"]["teammate"].ref])
    assert browse("coach").get(url).status_code == 404
    assert access.means_in(world.viewer("teammate", Portal.COACHEE), alone) == []


def test_of_a_session_of_somebody_elses_a_teammate_reads_no_means(world, team):
    say(world, _held(world, [team["seats"]["coachee"]]), team["common"])
    shown = access.standings_of(world.viewer("teammate", Portal.COACHEE), world.mission)
    assert [one.means for one in shown if one.objective == team["common"]] == [[]]


# --- means


def test_coach_and_coachee_read_the_means_and_nobody_else(world, session, aim):
    say(world, session, aim, words="Pour voir venir.")
    for viewer in (world.coach, coachee(world)):
        assert access.means_for(viewer).get().words == "Pour voir venir."
    for who, portal in OUTSIDE:
        assert access.means_for(world.viewer(who, portal)).count() == 0


def test_means_are_said_once_for_an_objective_and_reworded(world, session, aim):
    say(world, session, aim)
    row = say(world, session, aim, "exercise", name="Jeu de rôle", based_on=1)
    assert (row.kind, row.revision, Means.unscoped.count()) == ("exercise", 2, 1)
    for based_on in (0, 1):
        with pytest.raises(Stale):
            say(world, session, aim, "body", based_on=based_on)


def test_means_said_of_the_wrong_objective_are_removed_once(world, session, aim):
    say(world, session, aim)
    means.remove(world.coach, session, aim)
    with pytest.raises(Stale):
        means.remove(world.coach, session, aim)
    assert Event.unscoped.filter(kind="means.remove").count() == 1


def test_no_means_are_recorded_of_a_session_still_to_come(world, browse, mission, aim):
    row = plan(world, mission)
    with pytest.raises(NotAllowedNow):
        say(world, row, aim)
    assert browse("coach").get(reverse("coach_means", args=[row.ref, aim.ref])).status_code == 403


def test_the_coachee_does_not_say_the_means(world, session, aim):
    with pytest.raises(NotAllowedNow):
        means.say(coachee(world), session, aim, kind="body", based_on=0)


@pytest.mark.parametrize(("kind", "name", "field"), [("magic", "", "kind"), ("other", " ", "name")])
def test_means_that_say_nothing_are_refused_beside_their_field(world, session, aim, kind, name, field):
    with pytest.raises(Invalid) as refused:
        say(world, session, aim, kind, name=name)
    assert refused.value.field == field


# --- drawn, given back, asked by a gate


def test_the_drawing_and_its_table_say_the_same(world, browse, mission, aim):
    give(world, aim, value=2, words="Presque rien.")
    give(world, aim, "end", 9)
    body = browse("coachee").get(reverse("coachee_progress", args=[mission.ref])).content.decode()
    svg = re.search(r'<svg class="course".*?</svg>', body, re.DOTALL).group()
    assert re.findall(r'course-figure"[^>]*>(\d+)<', svg) == ["2", "9"]
    assert 'points="20,66 200,17"' in svg
    assert "Presque rien." in body
    assert "style=" not in svg
    assert "NaN" not in svg
    assert re.findall(r"<strong>(\d+)</strong> ·", body) == ["2", "9"]


def test_a_drawing_without_a_measure_has_no_line():
    drawing = draw({})
    assert (drawing.given, drawing.line) == ([], "")


def test_a_page_of_one_objective_and_of_three_asks_as_much(world, browse, mission, aim):
    url = reverse("coach_progress", args=[mission.ref])
    browser = browse("coach")
    browser.get(url)
    with CaptureQueriesContext(connection) as one:
        browser.get(url)
    for _turn in range(2):
        give(world, objective(mission))
    with CaptureQueriesContext(connection) as three:
        browser.get(url)
    assert len(one) == len(three) <= 12


def test_what_may_be_given_back_is_figures_of_common_objectives_alone(world, mission, aim):
    Objective.unscoped.filter(mission=mission).exclude(pk=aim.pk).update(removed_at=timezone.now())
    own = objective(mission, "coachee", seat_of(mission), title="Le mien")
    give(world, aim, value=4, words="À moi.")
    give(world, own, value=1)
    found = access.common_courses(world.coach, mission)
    assert [one.objective for one in found] == [aim]
    measure = found[0].courses[0].measures["start"]
    assert (measure.value, measure.words, found[0].means) == (4, "", [])
    assert access.common_courses(world.viewer("sponsor", Portal.ORGANISATION), mission)[0].courses == []


def test_closing_asks_each_objective_for_its_means_and_for_the_coachees_look(world, mission, aim, session):
    Objective.unscoped.filter(mission=mission).exclude(pk=aim.pk).update(removed_at=timezone.now())

    def answer():
        return [(one.has_means, one.looked_at) for one in access.answers_of(mission)]

    assert answer() == [(False, False)]
    say(world, session, aim)
    assert answer() == [(False, False)], "the session is not held yet"
    life.record_held(world.coach, session, minutes=60, present=[seat_of(mission).ref])
    give(world, aim, "start", 3)
    assert answer() == [(True, False)]
    give(world, aim, "end", 8)
    assert answer() == [(True, True)]


def test_in_a_team_everybody_concerned_has_to_have_looked(world, team):
    give(world, team["common"], "end", 5)
    give(world, team["own"]["coachee"], "end", 5)
    looked = {one.objective.pk: one.looked_at for one in access.answers_of(world.mission)}
    assert looked[team["common"].pk] is False
    assert looked[team["own"]["coachee"].pk] is True
    give(world, team["common"], "end", 6, who="teammate")
    looked = {one.objective.pk: one.looked_at for one in access.answers_of(world.mission)}
    assert looked[team["common"].pk] is True

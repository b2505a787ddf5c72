"""Coming to the end: means and looks for each objective (article 9), a close, and a question that belongs to the coachee."""

import pytest
from django.http import Http404
from django.utils import timezone

from coaching.closings import access
from coaching.closings.models import Look, Preparation, Satisfaction
from coaching.closings.services import looking, satisfaction
from coaching.journal.access import events_of_practice, latest_events
from coaching.journal.models import Event
from coaching.kernel.errors import GateClosed, Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import gate_states
from coaching.kernel.viewer import Portal
from coaching.missions.models import Objective, Override, Pause
from coaching.missions.services import pace
from coaching.missions.transitions import MISSION
from coaching.missions.waiting import awaited_by
from coaching.outbox.models import Letter
from tests.closings.helpers import administrator, close, letter_to, now, stop, words_of, worked_on
from tests.progress.helpers import give, objective
from tests.sessions.helpers import active, coachee, seat_of, sponsor

MINE = "J’ai gagné du temps, et perdu l’envie de tout relire."


@pytest.fixture
def mission(world, db):
    return active(world)


def _gates(mission) -> dict:
    return {one.gate.name: one.held for one in gate_states(MISSION["close"], now(mission))}


def _kinds(viewer) -> list:
    return [one.path for one in awaited_by(viewer, 50) if one.path.endswith("/look/")]


def _alone(aim) -> None:
    """The one objective its mission has."""
    Objective.unscoped.filter(mission=aim.mission).exclude(pk=aim.pk).update(removed_at=timezone.now())


def test_a_close_asks_for_the_means_and_the_look_of_each_objective(world, mission):
    aim = worked_on(world, mission)
    _alone(aim)
    assert _gates(mission) == {"closings.means": True, "closings.looked": False}
    looking.look(coachee(world), mission, aim, "Je délègue.")
    assert _gates(mission) == {"closings.means": True, "closings.looked": True}
    other = objective(mission, title="Un autre but")
    assert _gates(mission) == {"closings.means": False, "closings.looked": False}
    give(world, other, "end", 7)
    assert _gates(mission) == {"closings.means": False, "closings.looked": True}


def test_a_close_that_the_charter_holds_back_is_passed_with_a_reason_for_each_alone(world, mission):
    objective(mission)
    with pytest.raises(GateClosed) as refused:
        close(world, mission, overrides={"closings.means": "Une séance ancienne."})
    assert [one.gate.name for one in refused.value.closed] == ["closings.looked"]
    assert now(mission).state == "active"
    close(world, mission)
    kept = Override.unscoped.filter(mission=mission, transition="close")
    assert set(kept.values_list("article", flat=True)) == {"obligation-moyens"}
    assert now(mission).state == "closed"


def test_a_mission_closes_in_words_for_each_party(world, mission):
    close(world, mission, explanation="Merci de votre confiance.", told_organisation="Merci de la vôtre.")
    assert (now(mission).state, now(mission).closed_at is not None) == ("closed", True)
    mine = words_of(coachee(world), letter_to(coachee(world), mission))
    theirs = words_of(sponsor(world), letter_to(sponsor(world), mission))
    assert "Merci de votre confiance." in mine and "Merci de la vôtre." not in mine
    assert "Merci de la vôtre." in theirs and "Merci de votre confiance." not in theirs


def test_a_close_ends_a_pause_that_lasts(world, mission):
    pace.pause(coachee(world), mission, seat_of(mission))
    close(world, now(mission))
    assert not Pause.unscoped.filter(mission=mission, ended_at=None).exists()


def test_the_coach_asks_the_coachee_to_look_once_and_is_then_waiting(world, mission):
    aim = worked_on(world, mission)
    _alone(aim)
    assert _kinds(world.coach) == []
    before = Letter.unscoped.filter(kind="closings/to_look").count()
    looking.prepare(world.coach, mission)
    assert Letter.unscoped.filter(kind="closings/to_look").count() == before + 1
    assert len(_kinds(world.coach)) == len(_kinds(coachee(world))) == 1
    with pytest.raises(Stale):
        looking.prepare(world.coach, mission)
    looking.look(coachee(world), mission, aim)
    assert _kinds(world.coach) == _kinds(coachee(world)) == []
    assert Preparation.unscoped.filter(mission=mission).count() == 1


@pytest.mark.parametrize(
    ("who", "portal"),
    [("coachee", Portal.COACHEE), ("sponsor", Portal.ORGANISATION), ("colleague", Portal.COACH),
     ("administrator", Portal.PRACTICE)],
)  # fmt: skip
def test_nobody_but_the_coach_asks_for_the_look(world, mission, who, portal):
    with pytest.raises(NotAllowedNow):
        looking.prepare(world.viewer(who, portal), mission)


@pytest.mark.parametrize(
    ("who", "portal"),
    [("coach", Portal.COACH), ("sponsor", Portal.ORGANISATION), ("teammate", Portal.COACHEE),
     ("administrator", Portal.PRACTICE)],
)  # fmt: skip
def test_nobody_looks_in_the_coachees_place(world, mission, who, portal):
    with pytest.raises(Http404):
        looking.look(world.viewer(who, portal), mission, objective(mission))
    assert not Look.unscoped.exists()


def test_a_look_is_given_once_and_not_after_the_end_nor_too_long_nor_elsewhere(world, mission):
    aim = objective(mission)
    with pytest.raises(Invalid):
        looking.look(coachee(world), mission, aim, "é" * 2001)
    looking.look(coachee(world), mission, aim, "Vu.")
    with pytest.raises(Stale):
        looking.look(coachee(world), mission, aim, "Revu.")
    other = objective(world.mission, title="D’une autre mission")
    with pytest.raises(NotAllowedNow):
        looking.look(coachee(world), mission, other)
    late = objective(mission, title="Un dernier")
    close(world, mission)
    with pytest.raises(NotAllowedNow):
        looking.look(coachee(world), now(mission), late)


def test_the_organisation_reads_no_look(world, mission):
    looking.look(coachee(world), mission, objective(mission), "Vu.")
    assert [one.words for one in access.looks_of(world.coach, mission)] == ["Vu."]
    for viewer in (sponsor(world), administrator(world), world.viewer("colleague", Portal.COACH)):
        assert list(access.looks_of(viewer, mission)) == []


def test_what_a_coachee_thinks_of_it_is_theirs_until_they_share_it_and_again_once_they_keep_it(
    world, mission
):
    close(world, mission)
    mine, seat = coachee(world), seat_of(mission)
    satisfaction.answer(mine, now(mission), MINE, shared=False, based_on=0)
    assert access.shared_answers(world.coach, mission) == []
    assert access.satisfaction_of(world.coach, seat) is None
    satisfaction.answer(mine, now(mission), MINE, shared=True, based_on=1)
    assert [text for _row, text in access.shared_answers(world.coach, mission)] == [MINE]
    assert access.shared_answers(sponsor(world), mission) == []
    satisfaction.answer(mine, now(mission), MINE, shared=False, based_on=2)
    assert access.shared_answers(world.coach, mission) == []
    last = access.satisfaction_of(mine, seat)
    assert (last.number, access.answer_in(mine, last)) == (3, MINE)


def test_nobody_learns_whether_a_coachee_has_answered(world, mission):
    close(world, mission)
    satisfaction.answer(coachee(world), now(mission), MINE, shared=False, based_on=0)
    assert Event.unscoped.filter(kind="satisfaction.answer").exists()
    for events in (events_of_practice(administrator(world)), latest_events(world.coach, mission.ref)):
        assert "satisfaction.answer" not in {one.kind for one in events}


def test_the_question_is_asked_once_the_coaching_comes_to_its_end_and_of_nobody_else(world, mission):
    with pytest.raises(NotAllowedNow):
        satisfaction.answer(coachee(world), mission, MINE, shared=False, based_on=0)
    looking.prepare(world.coach, mission)
    satisfaction.answer(coachee(world), mission, MINE, shared=False, based_on=0)
    for viewer in (world.coach, sponsor(world), world.viewer("teammate", Portal.COACHEE)):
        with pytest.raises(Http404):
            satisfaction.answer(viewer, mission, MINE, shared=False, based_on=1)


def test_an_answer_from_another_window_is_not_overwritten_and_an_empty_one_refused(world, mission):
    stop(world, mission)
    satisfaction.answer(coachee(world), now(mission), MINE, shared=False, based_on=0)
    with pytest.raises(Stale):
        satisfaction.answer(coachee(world), now(mission), "Autre.", shared=True, based_on=0)
    with pytest.raises(Invalid) as refused:
        satisfaction.answer(coachee(world), now(mission), " ", shared=False, based_on=1)
    assert refused.value.field == "text"
    assert Satisfaction.unscoped.count() == 1

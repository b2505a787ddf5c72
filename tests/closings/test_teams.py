"""In a team a coachee stops their own coaching; the others go on, and learn nothing of it."""

from dataclasses import dataclass, replace

import pytest

from coaching.closings.access import answered, letters_of
from coaching.consents.models import Consent
from coaching.consents.services import consents
from coaching.journal.access import latest_events
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.missions.judgement_access import endings_of
from coaching.missions.models import Mission, Seat, Termination
from coaching.missions.services import pace
from coaching.sessions.services import planning
from contracts.services import amending, drafting
from tests.closings.helpers import close, letter_to, now, stop_by_coachee, words_of
from tests.rules import leaning
from tests.sessions.helpers import SAID, coachee, fresh, in_days, sponsor


@dataclass
class Team:
    mission: Mission
    first: Seat
    second: Seat


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
        return Team(now(mission), *rows.order_by("pk"))


@pytest.fixture
def team(two, db) -> Team:
    return two


def _in(days):
    return replace(SAID, at=in_days(days))


def _mate(world):
    return world.viewer("teammate", Portal.COACHEE)


def test_a_stop_is_the_coachees_own_and_the_mission_goes_on(world, team):
    own = planning.plan(world.coach, team.mission, [team.first], _in(10), kind="individual")[0]
    together = planning.plan(world.coach, team.mission, [team.first, team.second], _in(14), kind="team")[0]
    for viewer in (coachee(world), _mate(world)):
        consents.give(viewer, team.mission, "sponsor", ["attendance"])
    stop_by_coachee(world, team.mission)
    assert now(team.mission).state == "active"
    assert [fresh(row).state for row in (own, together)] == ["cancelled", "planned"]
    alive = Consent.unscoped.filter(seat__mission=team.mission, ended_at=None)
    assert set(alive.values_list("seat", flat=True)) == {team.second.pk}
    with pytest.raises(Invalid):
        planning.plan(world.coach, team.mission, [team.first], _in(20), kind="individual")
    assert planning.plan(world.coach, team.mission, [team.second], _in(20), kind="individual")


def test_they_neither_stop_again_nor_pause_and_keep_their_pages(world, team):
    stop_by_coachee(world, team.mission)
    with pytest.raises(NotAllowedNow):
        stop_by_coachee(world, now(team.mission))
    with pytest.raises(NotAllowedNow):
        pace.pause(coachee(world), team.mission, team.first)
    assert [one.kind for one in endings_of(coachee(world), now(team.mission))] == ["stop"]
    assert len(letters_of(coachee(world), team.mission)) == 1


def test_a_colleague_of_theirs_learns_nothing_and_the_organisation_a_date_without_a_name(world, team):
    stop_by_coachee(world, team.mission)
    assert endings_of(_mate(world), now(team.mission)) == []
    assert letters_of(_mate(world), team.mission) == []
    assert "seat.stop" not in {event.kind for event in latest_events(_mate(world), team.mission.ref)}
    told = words_of(sponsor(world), letter_to(sponsor(world), team.mission))
    assert world.people["coachee"].name not in told and "d’une personne" in told


def test_the_close_no_longer_waits_for_the_look_of_whoever_has_left(world, team):
    stop_by_coachee(world, team.mission)
    names = {name for one in answered(team.mission) for name in one.missing}
    assert names == {world.people["teammate"].name}
    close(world, now(team.mission), explanation="Merci à vous.")
    assert Termination.unscoped.filter(mission=team.mission).count() == 2
    assert {one.kind for one in endings_of(coachee(world), now(team.mission))} == {"stop", "close"}
    assert len(letters_of(coachee(world), team.mission)) == 1
    assert [one.words for one in endings_of(coachee(world), now(team.mission))] == [(), ()]
    assert [one.words for one in endings_of(_mate(world), now(team.mission))] == [
        (("explanation", "Merci à vous."),)
    ]

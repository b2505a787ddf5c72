"""How the articles of the charter stand follows what is recorded, and nothing else."""

import dataclasses

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.clients.services import save_context_sheet
from coaching.kernel.evidence import About, Piece, Standing, pieces, register_evidence
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Override, Seat, Termination
from coaching.missions.services import life
from coaching.restitutions.models import Restitution
from coaching.sessions.services.life import record_held
from ethics.charter.articles import SLUGS
from ethics.conformity import access
from ethics.conformity.articles import articles_for
from ethics.conformity.judging import verdicts
from ethics.conformity.kept import kept_of
from ethics.development.access import qualifications_for
from ethics.development.services import remove_qualification
from ethics.supervision.services import points
from tests.decisions.helpers import decide
from tests.sessions.helpers import active, begun, plan, seat_of
from tests.supervision.helpers import held, supervisor

pytestmark = pytest.mark.django_db
S = Standing


def stands(world, mission) -> dict:
    """By slug, the verdict on each article, as the coach reads it."""
    words = access.words_of_missions(world.coach, [mission])[mission.pk]
    found = verdicts(articles_for(world.coach), access.words_of_coach(world.coach), words)
    return {one.article.slug: one for one in found}


def enquiry(world) -> Mission:
    return life.begin(world.coach, title="Une demande", organisation=world.organisation)


def test_every_article_of_the_charter_has_evidence_and_no_evidence_is_of_an_unknown_one():
    found = {piece.article for about in About for piece in pieces(about)}
    assert found == set(SLUGS)


def test_a_second_piece_of_one_name_is_a_mistake():
    one = pieces(About.MISSION)[0]
    with pytest.raises(RuntimeError):
        register_evidence(dataclasses.replace(one, article="contrat"))


@pytest.mark.parametrize("piece", [*pieces(About.MISSION), *pieces(About.COACH)], ids=lambda one: one.name)
def test_no_piece_tells_the_organisation_what_it_does_not_tell_the_practice(piece: Piece):
    assert Portal.COACH in piece.known_to
    assert Portal.PRACTICE in piece.known_to or piece.known_to == {Portal.COACH}


def test_what_is_missing_on_an_enquiry_is_to_do_and_has_its_way(world):
    found = stands(world, enquiry(world))
    for slug in ("respect-personnes", "demande-formulee", "protection-organisations"):
        assert found[slug].standing == S.TO_DO, slug
        assert all(said.url for said in found[slug].to_do), slug
    assert found["contrat"].standing == S.NOT_APPLICABLE
    assert found["refus"].standing == S.NOT_APPLICABLE


def test_a_declaration_is_held_once_it_is_made(world):
    mission = enquiry(world)
    life.declare_conflict(world.coach, mission, has_conflict=False, statement="")
    assert stands(world, mission)["respect-personnes"].standing == S.HELD


def test_a_gate_passed_on_judgement_is_overridden_until_it_is_made_good(world):
    assert stands(world, world.mission)["protection-organisations"].standing == S.OVERRIDDEN
    headings = ("trade", "usages", "culture", "context", "constraints", "no_interference")
    save_context_sheet(world.coach, world.organisation, dict.fromkeys(headings, "Rien de particulier."))
    assert stands(world, world.mission)["protection-organisations"].standing == S.HELD


def test_a_sealed_contract_holds_its_articles_and_says_the_version_annexed(world):
    found = stands(world, active(world))
    for slug in ("contrat", "confidentialite", "restitution", "equilibre", "demande-formulee", "reserve"):
        assert found[slug].standing == S.HELD, slug
    assert "2" in str(found["contrat"].evidence[0].text)


def test_a_refused_mission_holds_the_article_on_refusal_and_nothing_else_is_asked(world):
    found = stands(world, world.refused)
    assert found["refus"].standing == S.HELD
    assert [slug for slug, one in found.items() if one.standing == S.TO_DO and one.article.number > 3] == []


def test_means_are_to_do_after_a_session_and_held_once_each_objective_has_some(world):
    mission = active(world)
    session = begun(plan(world, mission))
    assert stands(world, mission)["obligation-moyens"].standing == S.NOT_APPLICABLE
    assert stands(world, mission)["tele-coaching-lieu"].standing == S.NOT_APPLICABLE
    record_held(world.coach, session, minutes=60, present=[seat_of(mission).ref])
    bare = stands(world, mission)["obligation-moyens"]
    assert bare.standing == S.TO_DO
    assert "/means/" in bare.to_do[0].url
    assert stands(world, mission)["tele-coaching-lieu"].standing == S.HELD


def test_a_session_of_two_days_ago_that_nobody_recorded_is_to_do(world):
    mission = active(world)
    session = begun(plan(world, mission), days=2)
    found = stands(world, mission)["tele-coaching-lieu"]
    assert found.standing == S.TO_DO
    assert found.to_do[0].url == reverse("coach_session_hold", args=[session.ref])


def test_a_restitution_approved_and_not_released_is_to_do(world):
    mission = active(world)
    Restitution.unscoped.create(
        seat=seat_of(mission), addressee="sponsor", state="approved", written_by=world.users["coach"],
        proposed_at=timezone.now(), approved_at=timezone.now(), approved_sha256="0" * 64,
    )  # fmt: skip
    assert stands(world, mission)["restitution"].standing == S.TO_DO


def test_qualifications_on_file_hold_the_first_article_and_an_empty_file_does_not(world):
    assert stands(world, world.mission)["formation-transparence"].standing == S.HELD
    for row in list(qualifications_for(world.coach)):
        remove_qualification(world.coach, row)
    assert stands(world, world.mission)["formation-transparence"].standing == S.TO_DO


def test_taking_a_mission_on_while_supervision_is_due_is_said_on_that_mission_alone(world):
    mission = active(world)
    points.treat(world.coach, points.write(world.coach, "Un point.").point, timezone.localdate())
    assert stands(world, mission)["supervision"].standing == S.TO_DO
    held(world, supervisor(world))
    assert stands(world, mission)["supervision"].standing == S.HELD
    Override.unscoped.create(
        mission=mission, transition="open_contracting", gate="supervision.current", article="supervision",
        reason="Séance dans huit jours.", decided_by=world.users["coach"],
    )  # fmt: skip
    assert stands(world, mission)["supervision"].standing == S.OVERRIDDEN
    assert stands(world, world.mission)["supervision"].standing == S.HELD


def test_a_decision_its_coachee_keeps_moves_nothing(world):
    mission = active(world)

    def said():
        found = stands(world, mission).values()
        return [(one.article.slug, one.standing, [str(e.text) for e in one.evidence]) for one in found]

    before = said()
    decide(world, mission)
    assert said() == before


def test_a_colleague_judges_none_of_somebody_elses_missions(world):
    colleague = world.viewer("colleague", Portal.COACH)
    assert access.words_of_missions(colleague, [world.mission]) == {}
    assert access.mission_keys(colleague) == []
    assert list(access.overrides_for(colleague)) == []


@pytest.mark.parametrize(
    ("persona", "portal"),
    [("coachee", Portal.COACHEE), ("sponsor", Portal.ORGANISATION), ("administrator", Portal.PRACTICE)],
)
def test_words_are_the_coachs_alone(world, persona, portal):
    viewer = world.viewer(persona, portal)
    assert access.words_of_missions(viewer, [world.mission]) == {}
    assert access.words_of_coach(viewer) == {}
    assert list(access.overrides_for(viewer)) == []


def test_those_at_the_table_see_held_or_not_yet_and_a_passed_gate_is_not_held(world):
    organisation = {
        one.article.slug: one.held
        for one in kept_of(world.viewer("sponsor", Portal.ORGANISATION), world.mission)
    }
    assert organisation["protection-organisations"] is False
    assert organisation["contrat"] is False
    assert "demande-formulee" not in organisation
    assert "respect-personnes" not in organisation


def test_in_a_team_a_coachee_sees_nothing_a_colleagues_session_would_move(world):
    mine = world.viewer("coachee", Portal.COACHEE)
    assert "tele-coaching-lieu" not in {one.article.slug for one in kept_of(mine, world.mission)}


def test_a_coachee_whose_seat_has_ended_is_told_nothing(world):
    viewer = world.viewer("departed", Portal.COACHEE)
    assert access.standings_of_missions(viewer, [world.mission]) == {}


def test_a_mission_without_a_coachee_has_its_requests_to_do(world):
    mission = active(world)
    assert stands(world, mission)["demande-formulee"].standing == S.HELD
    fresh = enquiry(world)
    assert not Seat.unscoped.filter(mission=fresh).exists()
    assert stands(world, fresh)["demande-formulee"].standing == S.TO_DO


def test_a_stop_that_offers_other_ways_holds_its_article_and_one_on_judgement_says_so(world):
    mission = active(world)
    assert stands(world, mission)["arret-mission"].standing == S.NOT_APPLICABLE
    row = Termination.unscoped.create(
        mission=mission, kind="stop", by="coach", explanation="Je ne tiens plus ma posture.",
        alternatives="Une consœur.", ended_by=world.users["coach"],
    )  # fmt: skip
    assert stands(world, mission)["arret-mission"].standing == S.HELD
    Termination.unscoped.filter(pk=row.pk).update(alternatives="")
    assert stands(world, mission)["arret-mission"].standing == S.TO_DO
    Override.unscoped.create(
        mission=mission, transition="stop", gate="missions.alternatives", article="arret-mission",
        reason="Aucune voie n’est possible.", decided_by=world.users["coach"],
    )  # fmt: skip
    assert stands(world, mission)["arret-mission"].standing == S.OVERRIDDEN

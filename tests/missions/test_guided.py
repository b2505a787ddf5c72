"""A new mission in four short steps, left and resumed, seen by its coach alone."""

import pytest
from django.urls import reverse

from coaching.accounts.models import Invitation
from coaching.clients.models import Person
from coaching.kernel.errors import Stale
from coaching.missions.models import Mission, MissionDraft, Seat
from coaching.missions.services import guided

pytestmark = pytest.mark.django_db

WHO = {
    "kind": "individual",
    "coachee_name": "Zoé Petit",
    "coachee_email": "zoe@guided.test",
    "title": "Un cap",
}
PAYER = {
    "payer": "organisation",
    "organisation_name": "Verrerie",
    "sponsor_name": "Ali Roche",
    "sponsor_email": "ali@guided.test",
}
INVITE = {"language": "fr", "invite_coachee": "on", "invite_sponsor": "on"}


def _step(draft, step):
    return reverse("coach_draft", args=[draft.ref, step])


def _fill(coach, *answers):
    """Go through as many steps as there are answers; the draft."""
    coach.post(reverse("coach_mission_new"), answers[0])
    draft = MissionDraft.unscoped.latest("pk")
    for step, said in zip(guided.STEPS[1:], answers[1:], strict=False):
        assert coach.post(_step(draft, step), said).status_code == 302
    draft.refresh_from_db()
    return draft


def test_four_steps_make_a_mission_with_its_table_and_its_invitations(world, browse):
    coach = browse("coach")
    draft = _fill(coach, WHO, PAYER, INVITE)
    answer = coach.post(_step(draft, "begin"))
    mission = Mission.unscoped.get(title="Un cap")
    assert answer["Location"] == reverse("coach_mission", args=[mission.ref])
    assert sorted(Seat.unscoped.filter(mission=mission).values_list("role", flat=True)) == [
        "coachee",
        "sponsor",
    ]
    assert Invitation.unscoped.filter(email__endswith="@guided.test").count() == 2
    assert not MissionDraft.unscoped.filter(pk=draft.pk).exists()


def test_a_coachee_who_pays_needs_no_organisation_and_no_sponsor(world, browse):
    coach = browse("coach")
    draft = _fill(coach, WHO, {"payer": "coachee"}, {"language": "en"})
    assert coach.post(_step(draft, "begin")).status_code == 302
    mission = Mission.unscoped.get(title="Un cap")
    assert (mission.organisation, mission.payer, mission.language) == (None, "coachee", "en")
    assert not Invitation.unscoped.filter(email="zoe@guided.test").exists()


def test_nothing_exists_before_the_last_step(world, browse):
    people, missions = Person.unscoped.count(), Mission.unscoped.count()
    _fill(browse("coach"), WHO, PAYER, INVITE)
    assert (Person.unscoped.count(), Mission.unscoped.count()) == (people, missions)


def test_opening_the_first_step_makes_no_draft(world, browse):
    before = MissionDraft.unscoped.count()
    assert browse("coach").get(reverse("coach_mission_new")).status_code == 200
    assert MissionDraft.unscoped.count() == before


def test_a_draft_is_resumed_from_today_where_it_was_left(world, browse):
    coach = browse("coach")
    draft = _fill(coach, WHO)
    assert f'href="{_step(draft, "payer")}"' in coach.get(reverse("coach_home")).content.decode()
    assert 'value="Zoé Petit"' in coach.get(_step(draft, "who")).content.decode()


def test_what_was_typed_is_kept_for_later_even_unfinished(world, browse):
    coach = browse("coach")
    answer = coach.post(
        reverse("coach_mission_new"), {"title": "À moitié", "coachee_email": "pas une adresse", "later": "1"}
    )
    assert answer["Location"] == reverse("coach_home")
    draft = MissionDraft.unscoped.latest("pk")
    assert 'value="pas une adresse"' in coach.get(_step(draft, "who")).content.decode()


def test_each_step_refuses_its_own_fields_and_keeps_what_was_typed(world, browse):
    coach = browse("coach")
    answer = coach.post(reverse("coach_mission_new"), {**WHO, "coachee_email": "zoe"})
    assert answer.status_code == 422
    assert 'value="Zoé Petit"' in answer.content.decode()
    draft = _fill(coach, WHO)
    answer = coach.post(_step(draft, "payer"), {"payer": "organisation", "organisation_name": "Verrerie"})
    assert answer.status_code == 422
    assert 'id="id_sponsor_name_error"' in answer.content.decode()


def test_the_sponsor_cannot_be_the_coachee(world, browse):
    coach = browse("coach")
    draft = _fill(coach, WHO)
    answer = coach.post(_step(draft, "payer"), {**PAYER, "sponsor_email": "ZOE@guided.test"})
    assert answer.status_code == 422


def test_the_last_step_is_not_reached_over_an_unfinished_one(world, browse):
    coach = browse("coach")
    draft = _fill(coach, WHO)
    for ask in (coach.get, coach.post):
        assert ask(_step(draft, "begin"))["Location"] == _step(draft, "payer")
    assert not Mission.unscoped.filter(title="Un cap").exists()


def test_an_organisation_that_is_known_is_chosen_not_made_twice(world, browse):
    coach = browse("coach")
    draft = _fill(
        coach, WHO, {**PAYER, "organisation": world.organisation.ref, "organisation_name": ""}, INVITE
    )
    coach.post(_step(draft, "begin"))
    assert Mission.unscoped.get(title="Un cap").organisation_id == world.organisation.pk


def test_a_draft_begins_once(world):
    draft = guided.keep_step(world.coach, None, {**WHO, **PAYER, "language": "fr"}, "begin")
    guided.begin(world.coach, draft)
    with pytest.raises(Stale):
        guided.begin(world.coach, MissionDraft(pk=draft.pk, said=draft.said))
    assert Mission.unscoped.filter(title="Un cap").count() == 1


def test_a_draft_is_discarded_on_demand(world, browse):
    coach = browse("coach")
    draft = _fill(coach, WHO)
    assert coach.post(reverse("coach_draft_discard", args=[draft.ref])).status_code == 302
    assert not MissionDraft.unscoped.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("persona", ["colleague", "coach_elsewhere"])
def test_a_draft_is_a_404_for_another_coach(world, browse, persona):
    draft = world.mission_draft
    assert browse(persona).get(_step(draft, "payer")).status_code == 404
    assert browse(persona).post(reverse("coach_draft_discard", args=[draft.ref])).status_code == 404


def test_a_step_that_does_not_exist_is_a_404(world, browse):
    assert browse("coach").get(_step(world.mission_draft, "elsewhere")).status_code == 404

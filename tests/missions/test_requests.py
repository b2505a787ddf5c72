"""The two requests: whose words, when they count, who may read them."""

import re

import pytest
from django.urls import reverse

from coaching.accounts.models import User
from coaching.clients.services import save_person
from coaching.kernel.errors import GateClosed, Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.enums import RequestLevel
from coaching.missions.models import Objective, Request, RequestVersion, Seat
from coaching.missions.requests_access import history_of, request_of, requests_of
from coaching.missions.services import life, objectives, requests, seats
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from tests import stand_ins
from tests.contracts.helpers import enquiry, word


@pytest.fixture
def mission(world, db):
    return enquiry(world)


@pytest.fixture
def seat(world, mission):
    return Seat.unscoped.get(mission=mission, role="coachee")


def _last(mission, level=RequestLevel.COACHEE):
    return RequestVersion.unscoped.filter(request__mission=mission, request__level=level).latest("number")


def test_a_new_wording_re_opens_the_validation_of_the_coach(world, mission, seat):
    word(world, mission, seat, "J’ai changé d’avis.", based_on=1)
    with pytest.raises(GateClosed) as closed:
        life.open_contracting(world.coach, mission, {"missions.context": "r"})
    assert [state.gate.name for state in closed.value.closed] == ["missions.validation"]


def test_every_wording_is_kept_as_it_was(world, mission, seat):
    word(world, mission, seat, "Deuxième.", based_on=1)
    viewer = world.viewer("coachee", Portal.COACHEE)
    view = request_of(viewer, mission, RequestLevel.COACHEE, seat)
    assert [(v.number, text) for v, text in history_of(viewer, view)] == [
        (2, "Deuxième."),
        (1, "Je veux déléguer."),
    ]


def test_a_wording_based_on_an_older_one_is_stale_and_nothing_is_written(world, mission, seat):
    word(world, mission, seat, "Deuxième.", based_on=1)
    with pytest.raises(Stale):
        word(world, mission, seat, "Troisième, sans avoir lu la deuxième.", based_on=1)
    assert _last(mission).number == 2


def test_words_taken_down_by_the_coach_count_once_their_author_confirms_them(world, mission, seat):
    version = requests.write_coachee_request(world.coach, mission, seat, "Tel que dit.", based_on=1)
    assert (version.taken_down, version.confirmed_at) == (True, None)
    with pytest.raises(NotAllowedNow):
        requests.validate_request(world.coach, mission, version, "Je valide.")
    with pytest.raises(NotAllowedNow):
        requests.confirm_request(world.coach, mission, version)
    requests.confirm_request(world.viewer("coachee", Portal.COACHEE), mission, version)
    version.refresh_from_db()
    requests.validate_request(world.coach, mission, version, "Je valide.")
    life.open_contracting(world.coach, mission, {"missions.context": "r"})


def test_a_confirmation_of_words_that_were_replaced_is_stale(world, mission, seat):
    first = requests.write_coachee_request(world.coach, mission, seat, "Tel que dit.", based_on=1)
    requests.write_coachee_request(world.coach, mission, seat, "Autrement.", based_on=2)
    with pytest.raises(Stale):
        requests.confirm_request(world.viewer("coachee", Portal.COACHEE), mission, first)


def test_a_validation_of_an_older_wording_or_a_second_one_is_stale(world, mission, seat):
    old = _last(mission)
    with pytest.raises(Stale):
        requests.validate_request(world.coach, mission, old, "Encore.")
    word(world, mission, seat, "Nouvelle.", based_on=1)
    with pytest.raises(Stale):
        requests.validate_request(world.coach, mission, old, "Trop tard.")


@pytest.mark.parametrize(
    "persona", ["sponsor", "manager", "teammate", "departed", "colleague", "coach_elsewhere"]
)
@pytest.mark.parametrize("portal", [Portal.COACHEE, Portal.COACH, Portal.ORGANISATION])
def test_nobody_else_words_confirms_or_shares_a_coachees_request(world, mission, seat, persona, portal):
    viewer = world.viewer(persona, portal)
    for act in (
        lambda: requests.write_coachee_request(viewer, mission, seat, "À sa place.", based_on=1),
        lambda: requests.share_wording(viewer, mission, seat, "À sa place."),
        lambda: requests.withdraw_wording(viewer, mission, seat),
        lambda: requests.validate_request(viewer, mission, _last(mission), "Je valide."),
        lambda: requests.confirm_request(viewer, mission, _last(mission)),
    ):
        with pytest.raises(NotAllowedNow):
            act()


def test_the_coach_cannot_share_in_the_coachees_place(world, mission, seat):
    with pytest.raises(NotAllowedNow):
        requests.share_wording(world.coach, mission, seat, "Il veut déléguer.")


@pytest.mark.parametrize("persona", ["coachee", "manager", "colleague"])
def test_only_a_sponsor_or_the_coach_words_the_organisations_request(world, mission, persona):
    for portal in Portal:
        with pytest.raises(NotAllowedNow):
            requests.write_organisation_request(
                world.viewer(persona, portal), mission, "Pour elle.", based_on=1
            )


def test_the_organisation_reads_the_shared_wording_until_it_is_taken_back(world, mission, seat):
    sponsor, coachee = world.viewer("sponsor", Portal.ORGANISATION), world.viewer("coachee", Portal.COACHEE)

    def seen():
        view = next(v for v in requests_of(sponsor, mission) if v.level == RequestLevel.COACHEE)
        return (view.text, view.wording.text if view.wording else None)

    assert seen() == (None, None)
    requests.share_wording(coachee, mission, seat, "Déléguer.")
    assert seen() == (None, "Déléguer.")
    requests.share_wording(coachee, mission, seat, "Confier.")
    assert seen() == (None, "Confier.")
    requests.withdraw_wording(coachee, mission, seat)
    assert seen() == (None, None)


def test_the_words_lie_in_the_vault_alone(world, mission, seat):
    version = _last(mission)
    assert (version.text, bool(version.sealed_ref)) == ("", True)


def test_a_letter_about_a_request_carries_none_of_its_words(world, mission, seat):
    word(world, mission, seat, "motrarissime dans la demande", based_on=1)
    for letter in Letter.unscoped.all():
        message = open_letter(letter)
        assert "motrarissime" not in message.subject + message.text + message.html


def test_a_refused_mission_takes_no_more_words(world, mission, seat):
    stand_ins.refuse(
        world.coach, mission, ground="coach", explanation="Non.", orientation="", told_organisation=""
    )
    mission.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        word(world, mission, seat, "Encore.", based_on=1)
    with pytest.raises(NotAllowedNow):
        objectives.save_objective(world.coach, mission, None, {"tag": "common", "title": "x"})


def test_a_refusal_without_an_explanation_is_refused(world, mission):
    with pytest.raises(Invalid):
        stand_ins.refuse(
            world.coach, mission, ground="coach", explanation=" ", orientation="", told_organisation=""
        )
    mission.refresh_from_db()
    assert mission.state == "enquiry"


def test_a_refusal_tells_each_party_its_own_words(world, mission):
    Letter.unscoped.all().delete()
    stand_ins.refuse(
        world.coach,
        mission,
        ground="coach",
        explanation="Explication rare",
        orientation="Voie rare",
        told_organisation="Phrase rare",
    )
    by = {letter.to: open_letter(letter).text for letter in Letter.unscoped.all()}
    assert set(by) == {world.users["coachee"].email, world.users["sponsor"].email}
    assert "Explication rare" not in by[world.users["sponsor"].email]


def test_a_conflict_of_interest_is_said_in_words(world, mission):
    with pytest.raises(Invalid):
        life.declare_conflict(world.coach, mission, has_conflict=True, statement=" ")


def test_an_individual_mission_seats_one_coachee_and_never_its_own_coach(world, mission):
    with pytest.raises(Invalid):
        seats.add_seat(world.coach, mission, world.people["teammate"], "coachee")


def test_a_mission_the_coachee_pays_for_has_no_sponsor_and_no_second_request(world, db):
    mission = life.begin(world.coach, title="Pour moi", payer="coachee")
    seats.add_seat(world.coach, mission, world.people["coachee"], "coachee")
    with pytest.raises(Invalid):
        seats.add_seat(world.coach, mission, world.people["sponsor"], "sponsor")
    assert Request.unscoped.filter(mission=mission).count() == 1
    with pytest.raises(Invalid):
        life.begin(world.coach, title="Sans payeur", payer="organisation")


def test_a_refused_mission_is_neither_confirmed_nor_validated_nor_declared_upon(world, mission, seat):
    taken = requests.write_coachee_request(world.coach, mission, seat, "Tel que dit.", based_on=1)
    written = _last(mission)
    stand_ins.refuse(
        world.coach, mission, ground="coach", explanation="e", orientation="", told_organisation=""
    )
    mission.refresh_from_db()
    coachee = world.viewer("coachee", Portal.COACHEE)
    for act in (
        lambda: requests.confirm_request(coachee, mission, taken),
        lambda: requests.validate_request(world.coach, mission, written, "w"),
        lambda: life.declare_conflict(world.coach, mission, has_conflict=False, statement=""),
        lambda: life.explain_balance(world.coach, mission, "e"),
        lambda: seats.invite_seat(world.coach, mission, seat),
    ):
        with pytest.raises(NotAllowedNow):
            act()


@pytest.mark.parametrize(
    ("persona", "portal"),
    [("colleague", Portal.COACH), ("coachee", Portal.COACHEE), ("coach", Portal.PRACTICE)],
)
def test_nobody_but_the_missions_coach_seats_invites_or_declares(world, mission, seat, persona, portal):
    viewer = world.viewer(persona, portal)
    for act in (
        lambda: seats.add_seat(viewer, mission, world.people["manager"], "manager"),
        lambda: seats.end_seat(viewer, mission, seat),
        lambda: seats.invite_seat(viewer, mission, seat),
        lambda: life.declare_conflict(viewer, mission, has_conflict=False, statement=""),
        lambda: life.explain_balance(viewer, mission, "e"),
    ):
        with pytest.raises(NotAllowedNow):
            act()


def test_one_person_does_not_sit_on_both_sides_of_a_mission(world, mission):
    for person, role in (("coachee", "manager"), ("coachee", "sponsor"), ("sponsor", "coachee")):
        with pytest.raises(Invalid):
            seats.add_seat(world.coach, mission, world.people[person], role)


def test_a_coach_is_not_seated_at_their_own_mission_under_their_own_address(world, mission):
    own = save_person(world.coach, None, {"name": "Moi", "email": world.users["coach"].email})
    with pytest.raises(Invalid):
        seats.add_seat(world.coach, mission, own, "manager")


def test_what_was_typed_on_an_older_wording_is_kept_and_can_be_saved_after_comparing(
    world, browse, mission, seat
):
    word(world, mission, seat, "Deuxième.", based_on=1)
    page, browser = f"/coachee/missions/{mission.ref}/request/", browse("coachee")
    refused = browser.post(page, {"text": "La mienne.", "based_on": "1"})
    assert refused.status_code == 422
    form = refused.context["form"]
    assert form["text"].value() == "La mienne."
    assert "Deuxième." in refused.content.decode()
    assert (
        browser.post(page, {"text": form["text"].value(), "based_on": form["based_on"].value()}).status_code
        == 302
    )
    assert _last(mission).number == 3


def test_an_objective_somebody_has_just_removed_is_not_reworded_into_being_again(world, mission):
    found = objectives.save_objective(world.coach, mission, None, {"tag": "common", "title": "Déléguer"})
    objectives.remove_objective(world.coach, mission, Objective.unscoped.get(pk=found.pk))
    with pytest.raises(Stale):
        objectives.save_objective(world.coach, mission, found, {"tag": "common", "title": "Autre"})
    assert Objective.unscoped.get(pk=found.pk).removed_at


def test_a_letter_goes_to_the_address_and_in_the_language_of_the_account(world, mission, seat):
    User.objects.filter(pk=world.users["coachee"].pk).update(email="moved@canary.test", language="en")
    requests.validate_request(world.coach, mission, word(world, mission, seat, "Encore.", based_on=1), "Oui.")
    letter = Letter.unscoped.latest("id")
    assert (letter.to, letter.language) == ("moved@canary.test", "en")


def test_what_a_new_wording_changed_is_marked_word_by_word_for_its_author(world, browse, mission, seat):
    word(world, mission, seat, "Je veux déléguer mieux.", based_on=1)
    page = browse("coachee").get(reverse("coachee_request", args=[mission.ref])).content.decode()
    marked = page[page.index('class="diff-text"') :]
    assert "Je veux déléguer" in marked
    assert re.search(r"<ins>.*mieux", marked)


def test_a_page_reads_the_last_version_of_each_request_as_it_is_kept(world, mission, seat):
    """The version is read beside its request: column by column it is the row itself."""
    requests.write_coachee_request(world.coach, mission, seat, "Tel que dit.", based_on=1)
    for view in requests_of(world.coach, mission):
        kept = RequestVersion.unscoped.filter(request=view.request).latest("number")
        for column in RequestVersion._meta.concrete_fields:
            assert getattr(view.version, column.attname) == getattr(kept, column.attname), column.name
    assert [view.confirmed for view in requests_of(world.coach, mission)] == [True, False]

"""A team: the organisation and the coach sign the framework, each coachee their own adhesion, which nobody else reads."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from coaching.consents.access import agreed_items
from coaching.documents.canonical import canonical
from coaching.journal.access import latest_events
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Seat
from coaching.missions.services import life, objectives, requests, seats
from coaching.outbox.models import Letter
from contracts.access import (
    adhesions_signed,
    contract_stands_for,
    contracts_for,
    get_contract,
    terms_of,
    versions_for,
)
from contracts.adhesions import team_of
from contracts.comments import standings
from contracts.frozen import thaw
from contracts.models import Contract, ContractVersion, Signatory, SigningRound
from contracts.services import amending, drafting, joining, review, rounds
from contracts.standing import standing_of
from tests.contracts.helpers import TERMS, send
from tests.contracts.standing_helpers import sealed

pytestmark = pytest.mark.django_db
SAID = {"coachee": "Décider sans crier.", "teammate": "Être écoutée."}


def _seat(world, mission, persona) -> Seat:
    return Seat.unscoped.select_related("mission", "person").get(
        mission=mission, person=world.people[persona]
    )


def _speak(world, mission, persona, scope):
    me, seat = world.viewer(persona, Portal.COACHEE), _seat(world, mission, persona)
    version = requests.write_coachee_request(me, mission, seat, f"{SAID[persona]} En secret.", based_on=0)
    requests.share_wording(me, mission, seat, SAID[persona])
    drafting.set_scope(me, mission, "sponsor", scope)
    aim = {"tag": "coachee", "title": f"Le but de {persona}"}
    objectives.save_objective(me, mission, None, aim, seat=seat)
    requests.validate_request(world.coach, mission, version, f"Validé pour {persona}.")


def _framework(world) -> Contract:
    """In review: two coachees, a sponsor, a manager."""
    mission = life.begin(world.coach, title="Une équipe", kind="team", organisation=world.organisation)
    for persona, role in (
        ("coachee", "coachee"),
        ("teammate", "coachee"),
        ("sponsor", "sponsor"),
        ("manager", "manager"),
    ):
        seats.add_seat(world.coach, mission, world.people[persona], role)
    sponsor = world.viewer("sponsor", Portal.ORGANISATION)
    requests.write_organisation_request(sponsor, mission, "Qu’ils décident ensemble.", based_on=0)
    _speak(world, mission, "coachee", ["attendance", "means"])
    _speak(world, mission, "teammate", ["attendance", "next_steps"])
    objectives.save_objective(world.coach, mission, None, {"tag": "common", "title": "Des règles tenues"})
    life.declare_conflict(world.coach, mission, has_conflict=False, statement="")
    life.open_contracting(world.coach, mission, {"missions.context": "La maison m’est connue."})
    mission.refresh_from_db()
    contract = drafting.draft(world.coach, mission)
    drafting.save_terms(world.coach, contract, terms_of(world.coach, contract), TERMS)
    send(world, contract)
    return contract


@pytest.fixture(scope="module")
def stands(world, django_db_blocker) -> Contract:
    """The framework, sealed, made once; what a test does to it is taken back at its end."""
    with django_db_blocker.unblock():
        return sealed(world, _framework(world))


@pytest.fixture
def frame(stands) -> Contract:
    return Contract.unscoped.select_related("mission").get(pk=stands.pk)


@pytest.fixture
def pair(world, frame) -> tuple[Contract, Contract]:
    """The two adhesions, drafted."""
    return tuple(amending.adhere(world.coach, frame.mission))


def _text(contract) -> str:
    snapshot = thaw(ContractVersion.unscoped.filter(contract=contract).first().document.snapshot)
    return canonical(snapshot)


def _mission(contract) -> Mission:
    return Mission.unscoped.get(pk=contract.mission_id)


def test_the_framework_is_signed_by_the_organisation_and_the_coach_alone(world):
    contract = _framework(world)
    signing = rounds.open_round(world.coach, contract)
    roles = Signatory.unscoped.filter(round=signing).order_by("position").values_list("role", flat=True)
    assert list(roles) == ["manager", "sponsor", "coach"]
    named = [one.role for one in thaw(signing.version.document.snapshot).signatories]
    assert len(named) == 3


def test_the_framework_says_nothing_of_what_one_coachee_chose(world):
    contract = _framework(world)
    said = _text(contract)
    for words in (*SAID.values(), "Le but de coachee", "Validé pour teammate"):
        assert words not in said
    snapshot = thaw(ContractVersion.unscoped.get(contract=contract).document.snapshot)
    restitution = next(one for one in snapshot.clauses if one.section == "restitution").markdown
    assert "Nombre de séances tenues" in restitution  # what every coachee agreed to
    assert "Moyens utilisés" not in restitution
    assert snapshot.scopes == ()


def test_a_team_begins_with_its_first_adhesion_and_not_with_the_framework(world, frame, pair):
    assert _mission(frame).state == "contracting"
    first, _second = pair
    send(world, first)
    sealed(world, first)
    assert _mission(frame).state == "active"


def test_the_second_adhesion_begins_nothing_twice(world, frame, pair):
    for one in pair:
        send(world, one)
        sealed(world, one)
    assert _mission(frame).state == "active"
    assert team_of(world.coach, _mission(frame)).sealed == 2


def test_a_session_may_be_held_with_whoever_has_joined_and_with_nobody_else(world, frame, pair):
    mine, theirs = (_seat(world, frame.mission, persona) for persona in ("coachee", "teammate"))
    assert not contract_stands_for(mine)
    first = next(one for one in pair if one.seat_id == mine.pk)
    send(world, first)
    assert not contract_stands_for(mine)
    sealed(world, first)
    assert contract_stands_for(mine)
    assert not contract_stands_for(theirs)


def test_an_adhesion_says_what_is_its_coachees_and_names_the_framework(world, frame, pair):
    send(world, pair[0])
    said = _text(pair[0])
    assert SAID["coachee"] in said
    assert "Le but de coachee" in said
    assert "Validé pour coachee" in said
    assert SAID["teammate"] not in said
    assert "Le but de teammate" not in said
    assert "En secret" not in said
    assert standing_of(world.coach, frame).last.sha256 in said
    snapshot = thaw(ContractVersion.unscoped.get(contract=pair[0]).document.snapshot)
    assert [one.name for one in snapshot.signatories] == [
        world.users["coach"].name,
        world.people["coachee"].name,
    ]
    assert snapshot.charter.markdown == pair[0].charter.text


def test_the_scope_of_a_coachee_is_that_of_their_adhesion(world, frame, pair):
    seat = _seat(world, frame.mission, "coachee")
    assert agreed_items(seat, "sponsor") == ()
    send(world, pair[0])
    sealed(world, pair[0])
    assert agreed_items(seat, "sponsor") == ("attendance", "means")


@pytest.mark.parametrize(("persona", "portal"), [("teammate", "coachee"), ("sponsor", "organisation"), ("manager", "organisation"), ("colleague", "coach"), ("departed", "coachee")])  # fmt: skip
def test_an_adhesion_is_not_there_for_anybody_else(world, frame, pair, persona, portal):
    send(world, pair[0])
    sealed(world, pair[0])
    viewer = world.viewer(persona, Portal(portal))
    with pytest.raises(Http404):
        get_contract(viewer, pair[0].ref)
    assert not versions_for(viewer).filter(contract=pair[0]).exists()
    assert pair[0] not in contracts_for(viewer)


def test_the_organisation_learns_that_an_adhesion_is_signed_and_when_and_of_no_other(world, frame, pair):
    sponsor = world.viewer("sponsor", Portal.ORGANISATION)
    assert adhesions_signed(sponsor, frame.mission) == []
    for one in pair:
        send(world, one)
    done = sealed(world, pair[0])
    found = adhesions_signed(sponsor, frame.mission)
    assert [(one.name, one.at) for one in found] == [(world.people["coachee"].name, done.signed_at)]


@pytest.mark.parametrize(("persona", "portal"), [("teammate", "coachee"), ("sponsor_elsewhere", "organisation"), ("colleague", "coach")])  # fmt: skip
def test_nobody_but_the_organisation_of_the_mission_is_told_who_has_joined(
    world, frame, pair, persona, portal
):
    send(world, pair[0])
    sealed(world, pair[0])
    assert adhesions_signed(world.viewer(persona, Portal(portal)), frame.mission) == []


def test_a_teammates_timeline_says_nothing_of_an_adhesion(world, frame, pair):
    send(world, pair[0])
    sealed(world, pair[0])
    told = {one.kind for one in latest_events(world.viewer("teammate", Portal.COACHEE), frame.mission.ref)}
    assert not {kind for kind in told if kind.startswith("adhesion.")}
    assert {one.kind for one in latest_events(world.coach, frame.mission.ref)} >= {"adhesion.seal"}


def test_the_letters_of_an_adhesion_go_to_its_coachee_alone(world, frame, pair):
    before = Letter.unscoped.count()
    send(world, pair[0])
    rounds.open_round(world.coach, Contract.unscoped.get(pk=pair[0].pk))
    letters = Letter.unscoped.order_by("pk")[before:]
    others = {world.users[persona].email for persona in ("teammate", "sponsor", "manager")}
    written = {letter.to for letter in letters}
    assert world.users["coachee"].email in written
    assert written & others == set()


def test_the_table_of_an_adhesion_is_its_coachee(world, frame, pair):
    version = send(world, pair[0])
    review.say_fine(world.viewer("coachee", Portal.COACHEE), version)
    assert [one.seat.person.name for one in standings(world.coach, version, [])] == [
        world.people["coachee"].name
    ]
    assert Letter.unscoped.filter(kind="contracts/all_fine").exists()


def test_a_teammate_comments_on_nothing_that_is_not_theirs(world, frame, pair):
    version = send(world, pair[0])
    with pytest.raises(NotAllowedNow):
        review.comment(
            world.viewer("teammate", Portal.COACHEE), version, section="", kind="comment", text="Moi aussi."
        )


def test_the_adhesions_are_made_in_one_act_and_once(world, frame, pair):
    assert [one.instrument for one in pair] == ["adhesion", "adhesion"]
    assert amending.adhere(world.coach, frame.mission) == []


def test_adhesions_are_not_made_before_the_framework_is_sealed(world):
    contract = _framework(world)
    with pytest.raises(NotAllowedNow):
        amending.adhere(world.coach, contract.mission)


@pytest.mark.parametrize(("persona", "portal"), [("coachee", "coachee"), ("sponsor", "organisation"), ("colleague", "coach")])  # fmt: skip
def test_nobody_but_the_coach_makes_or_sends_adhesions(world, frame, persona, portal):
    viewer = world.viewer(persona, Portal(portal))
    with pytest.raises(NotAllowedNow):
        amending.adhere(viewer, frame.mission)
    with pytest.raises(NotAllowedNow):
        joining.send_together(viewer, frame.mission, "signature")


def test_one_adhesion_that_is_held_back_holds_no_other_back(world, frame, pair):
    for one in pair:
        send(world, one)
    me, seat = world.viewer("teammate", Portal.COACHEE), _seat(world, frame.mission, "teammate")
    requests.write_coachee_request(me, frame.mission, seat, "Autre chose.", based_on=1)
    outcome = joining.send_together(world.coach, frame.mission, "signature")
    assert [line.seat.person.name for line in outcome.sent] == [world.people["coachee"].name]
    assert [name for name, _reason in outcome.held] == [world.people["teammate"].name]
    assert SigningRound.unscoped.filter(contract__in=pair).count() == 1


def test_whoever_has_yet_to_join_words_their_request_though_others_have_begun(world, frame, pair):
    send(world, pair[0])
    sealed(world, pair[0])
    mission = _mission(frame)
    assert mission.state == "active"
    theirs, mine = _seat(world, mission, "teammate"), _seat(world, mission, "coachee")
    me = world.viewer("teammate", Portal.COACHEE)
    requests.write_coachee_request(me, mission, theirs, "Autre chose.", based_on=1)
    drafting.set_scope(me, mission, "sponsor", ["attendance"])
    joined = world.viewer("coachee", Portal.COACHEE)
    with pytest.raises(NotAllowedNow):
        requests.write_coachee_request(joined, mission, mine, "Trop tard.", based_on=1)
    with pytest.raises(NotAllowedNow):
        drafting.set_scope(joined, mission, "sponsor", [])


def test_an_amendment_to_an_adhesion_is_signed_and_read_by_its_coachee_alone(world, frame, pair):
    send(world, pair[0])
    base = sealed(world, pair[0])
    row = amending.amend(world.coach, base)
    amending.save_purpose(world.coach, row, "Dire moins de moi.")
    taken = amending.pick_clause(world.coach, row, "restitution")
    drafting.set_scope(world.viewer("coachee", Portal.COACHEE), _mission(frame), "sponsor", ["attendance"])
    assert "[[restitution.scope]]" in taken.body
    send(world, row)
    sealed(world, row)
    seat = _seat(world, frame.mission, "coachee")
    assert agreed_items(seat, "sponsor") == ("attendance",)
    with pytest.raises(Http404):
        get_contract(world.viewer("sponsor", Portal.ORGANISATION), row.ref)


def test_an_amendment_to_the_framework_is_signed_by_the_organisation_and_the_coach(world, frame):
    row = amending.amend(world.coach, frame)
    amending.save_purpose(world.coach, row, "Deux séances de plus.")
    amending.change_terms(world.coach, row, {"sessions_count": 10})
    send(world, row)
    signing = rounds.open_round(world.coach, Contract.unscoped.get(pk=row.pk))
    roles = set(Signatory.unscoped.filter(round=signing).values_list("role", flat=True))
    assert roles == {"manager", "sponsor", "coach"}
    assert _mission(frame).state == "contracting"


def test_a_second_adhesion_of_one_coachee_is_refused_by_the_database(world, frame, pair):
    with pytest.raises(Stale):
        amending._adhesion(world.coach, standing_of(world.coach, frame), pair[0].seat)


@pytest.mark.parametrize("statement", ["UPDATE contracts_contract SET seat_id = NULL, instrument = 'contract' WHERE id = %s", "DELETE FROM contracts_contract WHERE id = %s"])  # fmt: skip
def test_a_sealed_adhesion_is_changed_or_deleted_by_nobody(world, frame, pair, statement):
    send(world, pair[0])
    row = sealed(world, pair[0])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [row.pk])

"""Nothing is handed over that the coachee has not ticked, and nobody learns anything of it before they have."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from coaching.accounts.models import Membership
from coaching.clients.models import Person
from coaching.consents.enums import HandOverItem
from coaching.consents.models import Consent
from coaching.consents.services import consents
from coaching.handover import access
from coaching.handover.models import HandOver, HandOverRecord
from coaching.handover.services import answering, proposing, taking
from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.refs import new_ref
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission, missions_for
from coaching.missions.models import Mission, Objective, Request, RequestVersion, Seat, SharedWording
from coaching.missions.requests_access import requests_of
from coaching.missions.services import seats
from coaching.notes.access import notes_for
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from tests.handover.helpers import (
    ITEMS,
    LETTER,
    agreed,
    colleague,
    fresh,
    member,
    proposed,
    taken_up,
    whole_seat,
)
from tests.notes.helpers import note_of
from tests.sessions.helpers import active, coachee, sponsor


@pytest.fixture
def mission(world, db):
    return active(world)


@pytest.fixture
def worded(world, mission):
    """With an objective of the coachee's own and a wording they shared, from before the contract was signed."""
    seat, user = whole_seat(mission), world.users["coach"]
    Objective.unscoped.create(
        ref=new_ref("B"), mission=mission, tag="coachee", seat=seat, title="Dire non", created_by=user
    )
    request = Request.unscoped.get(mission=mission, seat=seat)
    SharedWording.unscoped.create(
        ref=new_ref("W"), request=request, text="Mieux déléguer.", shared_by=world.users["coachee"]
    )


def _propose(world, mission, *items, to=None, letter=""):
    to = member(world).ref if to is None else to
    return proposing.propose(world.coach, whole_seat(mission), to, items, letter)


def _offer(world, row):
    return access.get_offer(colleague(world), row.ref)


def test_the_coachee_reads_exactly_what_would_be_handed_over(world, mission):
    row = proposed(world, mission)
    page = access.proposed_page(coachee(world), access.get_handover(coachee(world), row.ref))
    assert page.items == ITEMS
    assert page.part("letter").words == LETTER
    assert page.coachee.name == world.people["coachee"].name


def test_the_colleague_learns_nothing_before_the_coachee_has_agreed(world, mission):
    row = proposed(world, mission)
    assert access.offers_to(colleague(world)) == []
    with pytest.raises(Http404):
        access.get_offer(colleague(world), row.ref)
    assert not Letter.unscoped.filter(to=world.users["colleague"].email).exists()
    assert not Event.unscoped.filter(chain=world.practice.ref, subject=row.ref).exists()


def test_the_colleague_reads_what_was_ticked_and_nothing_else(world, mission):
    row = agreed(world, mission, "sessions")
    page = access.offered_page(colleague(world), _offer(world, row))
    assert page.items == ("sessions",)
    assert LETTER not in str(page)
    assert row.agreed == ["sessions"]


def test_with_no_box_ticked_the_colleague_reads_who_it_is_and_nothing_else(world, mission):
    row = proposed(world, mission)
    answering.agree(coachee(world), row, [])
    page = access.offered_page(colleague(world), _offer(world, row))
    assert (page.items, page.coachee.name) == ((), world.people["coachee"].name)


def test_the_former_coach_holds_no_key_of_what_was_agreed_to(world, mission):
    row = agreed(world, mission)
    assert access.agreed_page(coachee(world), row) is not None
    assert access.agreed_page(world.coach, row) is None
    with pytest.raises(Http404):
        access.get_offer(world.coach, row.ref)


def test_agreeing_is_a_consent_of_its_own_listed_with_the_others(world, mission):
    row = agreed(world, mission, "sessions")
    consent = Consent.unscoped.get(kind="handover", seat__mission=mission, ended_at=None)
    assert (consent.items, consent.to_user, consent.addressee) == (
        ["identity", "sessions"],
        world.users["colleague"],
        "",
    )
    assert row.consent == consent


def test_a_mission_of_the_colleagues_begins_with_what_was_handed_over(world, mission):
    made = taken_up(world, mission)
    assert (made.state, made.coach, made.title) == ("enquiry", world.users["colleague"], mission.title)
    roles = {seat.role: seat.person for seat in Seat.unscoped.filter(mission=made).select_related("person")}
    assert set(roles) == {"coachee", "sponsor"}
    assert {person.keeper for person in roles.values()} == {world.users["colleague"]}
    assert roles["coachee"].user == world.users["coachee"]
    assert made.organisation.keeper == world.users["colleague"]
    asked = requests_of(colleague(world), made)
    assert all(view.text and view.version.taken_down and not view.confirmed for view in asked)
    assert get_mission(coachee(world), made.ref) and get_mission(sponsor(world), made.ref)


def test_the_former_mission_stays_as_it_is_and_each_coach_finds_their_own_alone(world, mission):
    made = taken_up(world, mission)
    mission.refresh_from_db()
    assert (mission.state, mission.coach) == ("active", world.users["coach"])
    assert not missions_for(colleague(world)).filter(pk=mission.pk).exists()
    assert not missions_for(world.coach).filter(pk=made.pk).exists()


def test_nothing_of_what_was_struck_begins_with_the_new_mission(world, mission, worded):
    row = proposed(world, mission, "own_request", "own_objectives", "agreed_objectives")
    answering.agree(coachee(world), row, ["agreed_objectives"])
    made = taking.take_up(colleague(world), _offer(world, row))
    assert not RequestVersion.unscoped.filter(request__mission=made).exists()
    assert not Objective.unscoped.filter(mission=made, tag="coachee").exists()
    assert Objective.unscoped.filter(mission=made, tag="common").exists()


def test_the_coachees_own_objectives_stay_theirs_in_the_new_mission(world, mission, worded):
    row = proposed(world, mission, "own_objectives")
    answering.agree(coachee(world), row, ["own_objectives"])
    made = taking.take_up(colleague(world), _offer(world, row))
    aim = Objective.unscoped.get(mission=made)
    assert (aim.tag, aim.seat.person.user) == ("coachee", world.users["coachee"])


def test_a_note_is_never_handed_over(world, mission, worded):
    note_of(world, mission, "Ce mot ne sort pas d’ici.")
    there = ("organisation_request", "own_request", "shared_wording", "agreed_objectives", "sessions")
    row = agreed(world, mission, *there, of=there)
    assert "Ce mot ne sort pas" not in str(access.offered_page(colleague(world), _offer(world, row)))
    made = taking.take_up(colleague(world), _offer(world, row))
    assert not notes_for(colleague(world)).filter(mission=made).exists()
    assert "notes" not in HandOverItem.values


def test_the_record_says_who_what_and_when_once_and_for_all(world, mission):
    made = taken_up(world, mission, "sessions")
    record = HandOverRecord.unscoped.get(mission=made)
    assert (record.by, record.to) == (world.users["coach"], world.users["colleague"])
    assert (record.items, record.former) == (["identity", "sessions"], mission)
    for change in (lambda: HandOverRecord.unscoped.update(items=[]), HandOverRecord.unscoped.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_hand_over_that_is_over_is_changed_by_nobody(world, mission):
    row = proposed(world, mission)
    answering.decline(coachee(world), row)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.unscoped.filter(pk=row.pk).update(state="proposed", ended_at=None)


def test_the_consent_ends_used_with_the_hand_over_it_allowed(world, mission):
    row = agreed(world, mission)
    taking.take_up(colleague(world), _offer(world, row))
    consent = Consent.unscoped.get(pk=row.consent_id)
    assert consent.ending == "used"
    with pytest.raises(NotAllowedNow):
        consents.withdraw(coachee(world), consent)


def test_the_organisation_is_told_of_it_once_it_has_taken_place(world, mission):
    row = agreed(world, mission)
    assert access.records_of(sponsor(world), mission) == []
    taking.take_up(colleague(world), _offer(world, row))
    (record,) = access.records_of(sponsor(world), mission)
    assert record.to == world.users["colleague"]
    kinds = Letter.unscoped.filter(to=world.users["sponsor"].email).values_list("kind", flat=True)
    assert "handover/taken_up_organisation" in kinds


def test_withdrawing_the_consent_erases_what_was_offered_before_it_is_taken_up(world, mission):
    row = agreed(world, mission)
    offer = _offer(world, row)
    consents.withdraw(coachee(world), row.consent)
    assert fresh(row).state == "withdrawn"
    with pytest.raises(Http404):
        access.get_offer(colleague(world), row.ref)
    assert access.offered_page(colleague(world), offer) is None
    with pytest.raises(Http404):
        taking.take_up(colleague(world), offer)


@pytest.mark.parametrize("how", ["turn_down", "withdraw", "end"])
def test_what_is_not_taken_up_is_erased_for_good_however_it_ends(world, mission, how):
    row = agreed(world, mission)
    offer = _offer(world, row)
    {
        "turn_down": lambda: taking.turn_down(colleague(world), offer),
        "withdraw": lambda: proposing.withdraw(world.coach, row),
        "end": lambda: seats.end_seat(world.coach, mission, row.seat),
    }[how]()
    assert access.agreed_page(coachee(world), row) is None
    assert access.offered_page(colleague(world), offer) is None
    assert Consent.unscoped.get(pk=row.consent_id).ended_at is not None
    with pytest.raises(Http404):
        access.get_offer(colleague(world), row.ref)
    assert not Mission.unscoped.filter(coach=world.users["colleague"]).exists()


def test_a_coachee_who_declines_is_asked_nothing_and_the_colleague_learns_nothing(world, mission):
    row = proposed(world, mission)
    answering.decline(coachee(world), row)
    assert fresh(row).state == "declined"
    assert not Letter.unscoped.filter(to=world.users["colleague"].email).exists()
    assert Letter.unscoped.filter(to=world.users["coach"].email, kind="handover/declined").exists()
    assert not Event.unscoped.filter(chain=world.practice.ref, subject=row.ref).exists()


# What is refused.


def test_an_item_beyond_what_was_proposed_is_refused_to_the_coachee_too(world, mission):
    row = proposed(world, mission, "sessions")
    with pytest.raises(Invalid) as refusal:
        answering.agree(coachee(world), row, ["sessions", "own_request"])
    assert refusal.value.field == "items"
    assert fresh(row).state == "proposed"


@pytest.mark.parametrize(
    ("items", "letter", "field"),
    [
        (("letter",), "", "letter"),
        (("letter",), " \n ", "letter"),
        ((), LETTER, "items"),
        (("notes",), "", "items"),
        (("summaries",), "", "items"),  # there are none
        (("letter",), "é" * 10_001, "letter"),
    ],
)
def test_what_cannot_be_proposed_is_refused_beside_its_field(world, mission, items, letter, field):
    with pytest.raises(Invalid) as refusal:
        _propose(world, mission, *items, letter=letter)
    assert refusal.value.field == field
    assert HandOver.unscoped.count() == 0


@pytest.mark.parametrize("to", ["coach", "coach_elsewhere", "administrator", "disabled", ""])
def test_nobody_but_another_coach_of_the_practice_is_handed_anything(world, mission, to):
    if to == "coach_elsewhere":
        ref = Membership.unscoped.get(user=world.users[to], practice=world.elsewhere).ref
    else:
        ref = member(world, to).ref if to else ""
    with pytest.raises(Invalid) as refusal:
        _propose(world, mission, "sessions", to=ref)
    assert refusal.value.field == "to"


def test_a_colleague_at_the_table_of_the_mission_is_refused(world, mission):
    Person.unscoped.filter(pk=world.people["sponsor"].pk).update(user=world.users["colleague"])
    with pytest.raises(Invalid):
        _propose(world, mission, "sessions")


@pytest.mark.parametrize(
    ("who", "portal"),
    [("colleague", Portal.COACH), ("coachee", Portal.COACHEE), ("administrator", Portal.PRACTICE)],
)
def test_nobody_but_the_missions_coach_proposes(world, mission, who, portal):
    with pytest.raises(NotAllowedNow):
        proposing.propose(world.viewer(who, portal), whole_seat(mission), member(world).ref, ["sessions"], "")


@pytest.mark.parametrize(
    ("who", "portal"),
    [("coach", Portal.COACH), ("teammate", Portal.COACHEE), ("sponsor", Portal.ORGANISATION)],
)
def test_nobody_agrees_or_declines_in_the_coachees_place(world, mission, who, portal):
    row, viewer = proposed(world, mission), world.viewer(who, portal)
    for act in (lambda: answering.agree(viewer, row, []), lambda: answering.decline(viewer, row)):
        with pytest.raises(NotAllowedNow):
            act()
    assert fresh(row).state == "proposed"


def test_two_hand_overs_of_one_coachee_are_not_under_way_at_once(world, mission):
    proposed(world, mission)
    with pytest.raises(NotAllowedNow):
        _propose(world, mission, "sessions")


def test_a_coachee_without_an_account_is_not_handed_over(world, mission):
    Person.unscoped.filter(pk=world.people["coachee"].pk).update(user=None)
    with pytest.raises(NotAllowedNow):
        _propose(world, mission, "sessions")


def test_nobody_is_handed_over_of_a_mission_that_is_over(world, mission):
    Mission.unscoped.filter(pk=mission.pk).update(state="stopped", stopped_at=timezone.now())
    with pytest.raises(NotAllowedNow):
        _propose(world, mission, "sessions")


def test_a_colleague_who_has_left_is_neither_agreed_to_nor_takes_anything_up(world, mission):
    row = proposed(world, mission)
    Membership.unscoped.filter(user=world.users["colleague"]).update(left_at=timezone.now())
    with pytest.raises(NotAllowedNow):
        answering.agree(coachee(world), row, [])


def test_a_colleague_who_leaves_meanwhile_no_longer_takes_it_up(world, mission):
    row = agreed(world, mission)
    offer = _offer(world, row)
    Membership.unscoped.filter(user=world.users["colleague"]).update(left_at=timezone.now())
    for act in (taking.take_up, taking.turn_down):
        with pytest.raises(NotAllowedNow):
            act(colleague(world), offer)
    assert Consent.unscoped.get(pk=row.consent_id).ended_at is None
    proposing.withdraw(world.coach, fresh(row))


def test_somebody_else_the_colleague_keeps_under_that_address_is_not_overwritten(world, mission):
    row = agreed(world, mission)
    Person.unscoped.create(
        ref="H-2222222222",
        practice=world.practice,
        keeper=world.users["colleague"],
        name="Un autre",
        email=world.people["coachee"].email,
        user=world.users["teammate"],
    )
    with pytest.raises(Invalid):
        taking.take_up(colleague(world), _offer(world, row))
    assert fresh(row).state == "agreed"
    assert Consent.unscoped.get(pk=row.consent_id).ended_at is None


def test_a_letter_of_a_hand_over_says_nothing_of_whom_it_is_about(world, mission):
    taken_up(world, mission)
    for letter in Letter.unscoped.filter(kind="handover/offered"):
        said = open_letter(letter)
        whole = f"{said.subject} {said.text} {said.html}"
        assert world.people["coachee"].name not in whole
        assert world.organisation.name not in whole

"""Nothing is given back that the coachee does not agree to, has not read, and has not approved word for word."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from coaching.consents import access as consents_access
from coaching.consents.services import consents
from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.services import seats
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.restitutions import access
from coaching.restitutions.composing import Said
from coaching.restitutions.models import Receipt, Restitution, RestitutionText
from coaching.restitutions.services import approving, drafting, releasing
from coaching.restitutions.snapshots import sha256_of, thaw
from coaching.vault.guard import looking
from coaching.vault.models import SealedText
from tests import stand_ins
from tests.notes.helpers import held
from tests.restitutions.helpers import WORDS, allow, approve, approved, draft, fresh, proposed, released
from tests.sessions.helpers import active, another, coachee, seat_of, sponsor

OTHERS = [
    ("colleague", Portal.COACH),
    ("coach", Portal.PRACTICE),
    ("administrator", Portal.PRACTICE),
    ("teammate", Portal.COACHEE),
    ("departed", Portal.COACHEE),
    ("sponsor", Portal.ORGANISATION),
    ("manager", Portal.ORGANISATION),
    ("sponsor", Portal.COACHEE),
    ("coach_elsewhere", Portal.COACH),
]


@pytest.fixture
def mission(world, db):
    return active(world)


def _page(viewer, row):
    return access.text_now(viewer, fresh(row)).page


# --- drafting inside the limits


def test_a_draft_begins_with_the_facts_of_what_the_coachee_agrees_to(world, mission):
    held(world, mission)
    row = drafting.begin(world.coach, seat_of(mission), "sponsor")
    page = _page(world.coach, row)
    assert page.items == ("attendance",)
    assert page.parts[0].held == 1


def test_words_lie_in_the_vault_and_nowhere_else(world, mission):
    allow(world, mission)
    row = draft(world, mission, organisation=WORDS)
    with looking(world.users["coach"].pk):
        sealed = SealedText.unscoped.select_related("compartment").filter(place=access.TEXT)
        assert {one.compartment.audience for one in sealed} == {"coach_coachee"}
        assert all(WORDS.encode() not in bytes(one.ciphertext) for one in sealed)
    assert _page(world.coach, row).part("organisation").words == WORDS


@pytest.mark.parametrize("item", ["means", "organisation", "free_text", "common_objectives"])
def test_an_item_beyond_the_limits_is_refused_beside_its_field(world, mission, item):
    row = drafting.begin(world.coach, seat_of(mission), "sponsor")
    with pytest.raises(Invalid) as refusal:
        drafting.word(world.coach, row, {item: Said(there=True, words=WORDS)}, based_on=1)
    assert refusal.value.field == f"words_{item}"
    assert fresh(row).number == 1


def test_what_the_coachee_allows_no_longer_is_not_sent(world, mission):
    allow(world, mission, "attendance", "organisation")
    row = draft(world, mission, organisation=WORDS)
    allow(world, mission, "attendance")
    with pytest.raises(Invalid):
        drafting.propose(world.coach, row)
    assert fresh(row).state == "draft"


@pytest.mark.parametrize("blank", ["", "   ", "\n\t \n"])
def test_a_restitution_whose_only_words_are_blank_is_not_sent(world, mission, blank):
    allow(world, mission, "free_text")
    row = draft(world, mission, free_text=blank)
    with pytest.raises(Invalid):
        drafting.propose(world.coach, row)


def test_an_observation_on_the_organisation_that_names_somebody_is_refused(world, mission):
    allow(world, mission)
    row = drafting.begin(world.coach, seat_of(mission), "sponsor")
    name = seat_of(mission, "sponsor").person.name
    with pytest.raises(Invalid) as refusal:
        drafting.word(world.coach, row, {"organisation": Said(True, f"{name} décide de tout.")}, based_on=1)
    assert refusal.value.field == "words_organisation"
    assert name.split()[0] in str(refusal.value.message)


def test_nothing_is_begun_where_nothing_may_be_given_back(world, mission):
    consents.withdraw(coachee(world), consents_access.standing(seat_of(mission), "sponsor"))
    for addressee in ("sponsor", "manager"):
        with pytest.raises(NotAllowedNow):
            drafting.begin(world.coach, seat_of(mission), addressee)


def test_one_to_the_same_addressee_is_prepared_at_a_time(world, mission):
    drafting.begin(world.coach, seat_of(mission), "sponsor")
    with pytest.raises(NotAllowedNow):
        drafting.begin(world.coach, seat_of(mission), "sponsor")


def test_two_windows_of_the_coach_do_not_overwrite_one_another(world, mission):
    allow(world, mission)
    row = drafting.begin(world.coach, seat_of(mission), "sponsor")
    drafting.word(world.coach, row, {"support": Said(True, "Un adjoint.")}, based_on=1)
    with pytest.raises(Stale):
        drafting.word(world.coach, row, {"support": Said(True, "Autre chose.")}, based_on=1)
    assert _page(world.coach, row).part("support").words == "Un adjoint."


@pytest.mark.parametrize(("who", "portal"), [*OTHERS, ("coachee", Portal.COACHEE)])
def test_nobody_but_the_coach_prepares_one(world, mission, who, portal):
    with pytest.raises((NotAllowedNow, Http404)):
        drafting.begin(world.viewer(who, portal), seat_of(mission), "sponsor")


# --- read by whom, before


def test_a_draft_does_not_exist_for_the_coachee(world, mission):
    row = draft(world, mission)
    with pytest.raises(Http404):
        access.get_restitution(coachee(world), row.ref)
    drafting.propose(world.coach, row)
    assert access.get_restitution(coachee(world), row.ref) == row
    drafting.take_back(world.coach, fresh(row))
    with pytest.raises(Http404):
        access.get_restitution(coachee(world), row.ref)


@pytest.mark.parametrize(("who", "portal"), OTHERS)
@pytest.mark.parametrize("until", ["draft", "proposed", "approved", "refused"])
def test_before_its_release_it_does_not_exist_for(world, mission, who, portal, until):
    viewer = world.viewer(who, portal)
    row = {"draft": draft, "proposed": proposed, "approved": approved, "refused": proposed}[until](
        world, mission
    )
    if until == "refused":
        approving.refuse(coachee(world), row)
    with pytest.raises(Http404):
        access.get_restitution(viewer, row.ref)
    with pytest.raises(Http404):
        access.get_released(viewer, row.ref)
    assert (access.inbox_count(viewer), access.inbox_of(viewer)) == (0, [])
    with pytest.raises(Http404):
        access.now_and_before(viewer, row)
    assert access.receipts_of(viewer, [row]) == {}


def test_what_the_coach_tried_on_the_way_is_not_the_coachees_to_read(world, mission):
    allow(world, mission)
    row = draft(world, mission, support="Un premier essai.")
    drafting.word(world.coach, row, {"support": Said(True, "Un second.")}, based_on=row.number)
    row = fresh(drafting.propose(world.coach, fresh(row)))
    approving.amend(coachee(world), row, {"support": Said(True, "Le mien.")}, based_on=row.number)
    for viewer in (coachee(world), world.coach):
        now, before = access.now_and_before(viewer, fresh(row))
        words = [one.page.part("support").words for one in (now, before)]
        assert words == ["Le mien.", "Un second."]


# --- the coachee


def test_the_coachee_words_it_otherwise_and_approves_their_own_words(world, mission):
    allow(world, mission)
    row = proposed(world, mission, support="Un adjoint le lundi.", organisation=WORDS)
    said = {"attendance": Said(True), "support": Said(True, "Un adjoint.")}
    approving.amend(coachee(world), row, said, based_on=row.number)
    page = _page(coachee(world), row)
    assert page.items == ("attendance", "support")
    assert page.part("support").words == "Un adjoint."
    row = approve(world, fresh(row))
    assert row.approved_sha256 == sha256_of(page)


def test_the_coachee_adds_nothing_that_was_not_there(world, mission):
    allow(world, mission)
    row = proposed(world, mission, support="Un adjoint.")
    said = {
        "attendance": Said(True),
        "support": Said(True, "Un adjoint."),
        "free_text": Said(True, "Et ceci."),
    }
    approving.amend(coachee(world), row, said, based_on=row.number)
    assert _page(coachee(world), row).items == ("attendance", "support")


def test_a_wording_that_leaves_nothing_is_refused(world, mission):
    row = proposed(world, mission)
    with pytest.raises(Invalid):
        approving.amend(coachee(world), row, {"attendance": Said(False)}, based_on=row.number)


def test_an_approval_is_of_the_text_that_was_shown(world, mission):
    allow(world, mission)
    row = proposed(world, mission, support="Un adjoint.")
    seen = access.text_now(coachee(world), row).text
    approving.amend(coachee(world), row, {"support": Said(True, "Deux adjoints.")}, based_on=row.number)
    with pytest.raises(Stale):
        approving.approve(coachee(world), fresh(row), number=seen.number, sha256=seen.sha256)
    now = access.text_now(coachee(world), fresh(row)).text
    for number, sha256 in ((seen.number, now.sha256), (now.number, seen.sha256), (now.number, "0" * 64)):
        with pytest.raises(Stale):
            approving.approve(coachee(world), fresh(row), number=number, sha256=sha256)
    assert fresh(row).state == "proposed"


def test_an_approval_falls_when_the_coach_takes_the_text_back(world, mission):
    row = approved(world, mission)
    drafting.take_back(world.coach, row)
    assert (fresh(row).state, fresh(row).approved_sha256) == ("draft", "")


def test_the_coachee_takes_their_approval_back_until_it_goes(world, mission):
    row = approving.unapprove(coachee(world), approved(world, mission))
    assert (fresh(row).state, fresh(row).approved_sha256) == ("proposed", "")
    with pytest.raises(NotAllowedNow):
        stand_ins.release(world.coach, fresh(row))


def test_the_coachee_asks_for_another_text_and_the_coach_reads_it(world, mission):
    row = proposed(world, mission)
    approving.ask(coachee(world), row, "Sans les chiffres.")
    row = fresh(row)
    assert row.state == "draft"
    assert access.asked_of(world.coach, row) == "Sans les chiffres."
    drafting.propose(world.coach, row)
    approving.ask(coachee(world), fresh(row), "Sans rien.")
    assert access.asked_of(world.coach, fresh(row)) == "Sans rien."


@pytest.mark.parametrize("words", ["", "  \n "])
def test_asking_for_another_text_says_what(world, mission, words):
    row = proposed(world, mission)
    with pytest.raises(Invalid):
        approving.ask(coachee(world), row, words)
    assert fresh(row).state == "proposed"


def test_a_refused_restitution_never_goes(world, mission):
    row = approving.refuse(coachee(world), proposed(world, mission))
    for act in (drafting.propose, drafting.take_back, approving.unapprove):
        with pytest.raises(NotAllowedNow):
            act(world.coach, fresh(row))
    with pytest.raises(NotAllowedNow):
        stand_ins.release(world.coach, fresh(row))
    assert draft(world, mission).state == "draft"  # another may be begun


@pytest.mark.parametrize(("who", "portal"), [*OTHERS, ("coach", Portal.COACH)])
def test_nobody_decides_in_the_coachees_place(world, mission, who, portal):
    viewer, row = world.viewer(who, portal), proposed(world, mission)
    text = RestitutionText.unscoped.get(restitution=row, number=row.number)
    acts = (
        lambda: approving.approve(viewer, row, number=text.number, sha256=text.sha256),
        lambda: approving.amend(viewer, row, {"attendance": Said(True)}, based_on=row.number),
        lambda: approving.ask(viewer, row, "Autre chose."),
        lambda: approving.refuse(viewer, row),
    )
    for act in acts:
        with pytest.raises((NotAllowedNow, Http404)):
            act()
    assert (fresh(row).state, fresh(row).number) == ("proposed", row.number)


# --- release


def test_what_is_released_is_the_text_that_was_approved(world, mission):
    allow(world, mission)
    row = approved(world, mission, support="Un adjoint.")
    copy = stand_ins.release(world.coach, row)
    assert copy.sha256 == fresh(row).approved_sha256
    assert thaw(copy.content).part("support").words == "Un adjoint."
    event = Event.unscoped.get(subject=row.ref, kind="restitution.release")
    assert event.mission == mission.ref


@pytest.mark.parametrize("make", [draft, proposed])
def test_a_text_that_was_not_approved_is_not_released(world, mission, make):
    with pytest.raises(NotAllowedNow):
        stand_ins.release(world.coach, make(world, mission))


def test_a_text_other_than_the_approved_one_is_not_released(world, mission):
    row = approved(world, mission)
    Restitution.unscoped.filter(pk=row.pk).update(approved_sha256="0" * 64)
    with pytest.raises(NotAllowedNow):
        stand_ins.release(world.coach, fresh(row))


def test_a_restitution_is_released_by_its_coach_alone(world, mission):
    row = approved(world, mission)
    for who, portal in [*OTHERS, ("coachee", Portal.COACHEE)]:
        with pytest.raises((NotAllowedNow, Http404)):
            stand_ins.release(world.viewer(who, portal), row)


def test_withdrawing_consent_ends_the_approval_and_stops_the_release(world, mission):
    row = approved(world, mission)
    consents.withdraw(coachee(world), consents_access.standing(seat_of(mission), "sponsor"))
    assert (fresh(row).state, fresh(row).approved_sha256) == ("proposed", "")
    with pytest.raises(NotAllowedNow):
        stand_ins.release(world.coach, row)
    text = access.text_now(coachee(world), fresh(row)).text
    with pytest.raises(Invalid):
        approving.approve(coachee(world), fresh(row), number=text.number, sha256=text.sha256)


def test_the_addressee_is_told_by_a_letter_that_says_nothing(world, mission):
    allow(world, mission)
    Letter.unscoped.all().delete()
    released(world, mission, support="Un adjoint le lundi.")
    letters = {
        letter.to: open_letter(letter) for letter in Letter.unscoped.filter(kind__startswith="restitutions/")
    }
    assert world.users["sponsor"].email in letters
    name = seat_of(mission).person.name
    for letter in letters.values():
        assert "adjoint" not in letter.text
        assert name not in letter.subject


# --- read by whom, after


def test_the_addressee_reads_it_and_nobody_else_of_the_organisation(world, mission):
    copy = released(world, mission)
    assert access.get_released(sponsor(world), copy.ref) == copy
    for who in ("manager", "sponsor_elsewhere"):
        with pytest.raises(Http404):
            access.get_released(world.viewer(who, Portal.ORGANISATION), copy.ref)


def test_what_was_opened_is_known_to_coach_and_coachee(world, mission):
    copy = released(world, mission)
    releasing.open_released(sponsor(world), copy)
    releasing.open_released(sponsor(world), copy)
    for viewer in (world.coach, coachee(world)):
        receipts = access.receipts_of(viewer, [copy.restitution])[copy.restitution_id]
        assert [one.seat for one in receipts] == [seat_of(mission, "sponsor")]
    assert Event.unscoped.filter(kind="restitution.read").count() == 1
    assert access.receipts_of(sponsor(world), [copy.restitution]) == {}


def test_withdrawn_before_it_was_opened_it_is_gone(world, mission):
    copy = released(world, mission)
    approving.withdraw(coachee(world), fresh(copy.restitution))
    with pytest.raises(Http404):
        access.get_released(sponsor(world), copy.ref)
    with pytest.raises(NotAllowedNow):
        releasing.open_released(sponsor(world), copy)
    assert Receipt.unscoped.count() == 0


def test_withdrawn_after_it_was_opened_it_stays_with_whoever_opened_it(world, mission):
    copy = released(world, mission)
    releasing.open_released(sponsor(world), copy)
    consents.withdraw(coachee(world), consents_access.standing(seat_of(mission), "sponsor"))
    assert fresh(copy.restitution).state == "withdrawn"
    assert access.get_released(sponsor(world), copy.ref) == copy


def test_less_is_allowed_and_what_fits_stays(world, mission):
    allow(world, mission)
    fits = released(world, mission)
    exceeds = released(world, mission, support="Un adjoint.")
    allow(world, mission, "attendance", "means")
    assert fresh(fits.restitution).state == "released"
    assert fresh(exceeds.restitution).state == "withdrawn"


def test_a_sponsor_whose_seat_has_ended_reads_nothing_more(world, mission):
    copy = released(world, mission)
    releasing.open_released(sponsor(world), copy)
    seats.end_seat(world.coach, mission, seat_of(mission, "sponsor"))
    with pytest.raises(Http404):
        access.get_released(sponsor(world), copy.ref)
    assert access.inbox_count(sponsor(world)) == 0


def test_a_restitution_of_another_mission_is_not_mixed_in(world, mission):
    copy, other = released(world, mission), another(world)
    assert access.latest_of(sponsor(world), other, 9) == []
    assert access.latest_of(sponsor(world), mission, 9) == [copy]


def test_a_text_altered_in_the_database_is_not_shown(world, mission):
    copy = released(world, mission)
    copy.content = copy.content.replace("attendance", "free_text")
    with pytest.raises(NotAllowedNow):
        access.page_of(copy)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE restitutions_releasedrestitution SET content = 'x' WHERE id = %s",
        "DELETE FROM restitutions_releasedrestitution WHERE id = %s",
    ],
)
def test_what_was_released_is_changed_or_deleted_by_nobody(world, mission, sql):
    copy = released(world, mission)
    with looking(world.users["coach"].pk):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, [copy.pk])
                touched = cursor.rowcount
        except IntegrityError:
            touched = 0
    assert touched == 0
    assert access.get_released(sponsor(world), copy.ref).content == copy.content


def test_what_is_being_prepared_is_set_aside_when_the_coachees_seat_ends(world, mission):
    row = approved(world, mission)
    seats.end_seat(world.coach, mission, seat_of(mission))
    assert fresh(row).state == "dropped"


def test_dates_stand_with_their_states(world, mission):
    row = approved(world, mission)
    for values in (
        {"state": "released"},
        {"approved_sha256": ""},
        {"state": "withdrawn", "released_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Restitution.unscoped.filter(pk=row.pk).update(**values)

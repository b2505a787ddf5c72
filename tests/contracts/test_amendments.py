"""An amendment from its first word to what stands after it, and every way it is refused."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from coaching.clients.services import save_organisation
from coaching.consents.access import agreed_items
from coaching.consents.services import consents
from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.access import own_coachee_seat
from coaching.missions.models import Seat
from coaching.missions.services import seats
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from contracts.access import clauses_of, get_contract
from contracts.checking import findings
from contracts.frozen import thaw
from contracts.models import Contract, ContractClause, ContractVersion, SealedContract, Signatory
from contracts.services import amending, drafting, review, rounds, sharing, signing
from contracts.standing import deeds_of, standing_of, standing_terms
from ethics.charter.access import current_version
from ethics.charter.services import publish
from tests.contracts.helpers import contracting, send
from tests.contracts.signing_helpers import signer_of
from tests.contracts.standing_helpers import amended, amendment, sealed, standing

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _stands(world, django_db_blocker):
    """One contract that stands, made once; what a test does to it is taken back at its end."""
    with django_db_blocker.unblock():
        world.standing = standing(world)


def _codes(world, row) -> set[str]:
    return {one.code for one in findings(world.coach, row) if one.severity == "error"}


def _text(row: Contract) -> str:
    snapshot = thaw(ContractVersion.unscoped.filter(contract=row).first().document.snapshot)
    return "\n".join(clause.whole for clause in snapshot.clauses)


def test_an_amendment_changes_what_it_names_and_nothing_else_once_sealed(world):
    base = standing(world)
    before = standing_of(world.coach, base)
    row = amended(world, base)
    after = standing_of(world.coach, base)
    assert row.state == "sealed"
    assert [one.section for one in after.clauses] == [one.section for one in before.clauses]
    changed = [one.section for one in after.clauses if one.amended]
    assert changed == ["conditions"]
    assert "| 10 |" in after.clause("conditions").clause.markdown
    assert "| 8 |" in after.clause("conditions").was.markdown
    assert after.terms.sessions_count == 10
    assert before.terms.sessions_count == 8
    assert standing_terms(world.coach, row.mission) == after.terms
    assert list(verify()) == []


def test_what_stands_before_an_amendment_is_sealed_is_the_contract_alone(world):
    base = standing(world)
    send(world, amendment(world, base))
    now = standing_of(world.coach, base)
    assert (now.amended, now.terms.sessions_count) == (False, 8)


def test_an_amendment_names_the_contract_its_date_and_the_fingerprint_of_its_sealed_file(world):
    base = standing(world)
    row = amendment(world, base)
    send(world, row)
    subject = thaw(ContractVersion.unscoped.get(contract=row).document.snapshot).clauses[0]
    held = SealedContract.unscoped.get(contract=base)
    assert subject.section == "subject"
    assert base.ref in subject.markdown.replace("\\", "")
    assert held.document.sha256 in subject.markdown
    assert "Deux séances de plus." in subject.markdown


def test_a_second_amendment_builds_on_the_first_and_says_so(world):
    base = standing(world)
    amended(world, base)
    second = amended(world, base, sessions_count=12, purpose="Encore deux.")
    now = standing_of(world.coach, base).clause("conditions")
    assert second.number == 2
    assert (now.deed.number, now.was_deed.number) == (2, 1)
    assert "| 10 |" in now.was.markdown
    assert "| 12 |" in now.clause.markdown
    assert "rédaction issue de l’avenant n° 1" in _text(second).replace("\\", "")
    assert [deed.number for deed in deeds_of(world.coach, base)] == [None, 1, 2]


def test_the_clauses_that_quote_a_changed_figure_come_by_themselves_and_no_other(world):
    row = amendment(world, fee_total=3000)
    picked = set(clauses_of(world.coach, row).values_list("section", flat=True))
    assert picked == {"conditions", "fees"}
    assert "[[fees.total]]" in clauses_of(world.coach, row).get(section="fees").body


def test_a_clause_taken_in_keeps_what_was_signed_whatever_has_changed_since(world):
    base = standing(world)
    signed = standing_of(world.coach, base).clause("parties").clause.markdown
    save_organisation(world.coach, world.organisation, {"address": "99 rue Neuve, Metz"})
    row = amendment(world, base)
    taken = amending.pick_clause(world.coach, row, "parties")
    assert taken.body == signed
    assert "99 rue Neuve" not in taken.body


def test_everybody_at_the_table_signs_an_amendment_and_whoever_came_meanwhile(world):
    base = standing(world)
    base.mission.refresh_from_db()
    seats.add_seat(world.coach, base.mission, world.people["manager"], "manager")
    row = amendment(world, base)
    send(world, row)
    signing_round = rounds.open_round(world.coach, row)
    roles = Signatory.unscoped.filter(round=signing_round).order_by("position").values_list("role", flat=True)
    assert list(roles) == ["coachee", "manager", "sponsor", "coach"]


def test_a_party_comments_on_why_the_amendment_is_made(world):
    row = amendment(world)
    version = send(world, row)
    sponsor = world.viewer("sponsor", Portal.ORGANISATION)
    said = review.comment(
        sponsor, version, section="subject", kind="change", text="Dites pourquoi maintenant."
    )
    assert said.get_section_display() in ("Objet", "Subject")


def test_the_letters_of_an_amendment_name_it(world):
    row = amendment(world)
    send(world, row)
    letter = Letter.unscoped.filter(kind="contracts/shared").order_by("-pk").first()
    assert f"avenant n°\u00a01, {row.ref}" in open_letter(letter).subject


def test_an_amendment_tells_the_timeline_in_its_own_words(world):
    base = standing(world)
    row = amended(world, base)
    kinds = Event.unscoped.filter(mission=row.mission.ref, subject=row.ref).values_list("kind", flat=True)
    assert {"amendment.draft", "amendment.share", "amendment.send_for_signature", "amendment.seal"} <= set(
        kinds
    )
    assert Event.unscoped.filter(kind="mission.activate", mission=row.mission.ref).count() == 1


def test_the_parties_adopt_the_charter_in_force_when_they_choose_to(world):
    base = standing(world)
    held = base.charter
    text = current_version(world.practice.pk).text + "\nUne phrase de plus.\n"
    publish(world.practice, text, world.users["administrator"])
    row = amendment(world, base)
    assert row.charter_id == held.pk  # nobody has chosen yet
    amending.choose_charter(world.coach, row, adopt=True)
    row.refresh_from_db()
    send(world, row)
    words = _text(row)
    sealed(world, row)
    assert f"version {current_version(world.practice.pk).number}" in words
    assert standing_of(world.coach, base).charter.sha256 == current_version(world.practice.pk).sha256


def test_the_charter_is_annexed_to_every_amendment_whole(world):
    row = amendment(world)
    send(world, row)
    snapshot = thaw(ContractVersion.unscoped.get(contract=row).document.snapshot)
    assert snapshot.charter.markdown == row.charter.text


# --- the scope of restitution ------------------------------------------------------------------------------


def _scope(world, base, seat):
    return agreed_items(seat, "sponsor")


def test_the_scope_that_counts_is_the_one_that_was_signed_last(world):
    mission, contract = contracting(world)
    coachee = world.viewer("coachee", Portal.COACHEE)
    seat = own_coachee_seat(coachee, mission)
    drafting.set_scope(coachee, mission, "sponsor", ["attendance"])
    send(world, contract)
    base = sealed(world, contract)
    mission.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        drafting.set_scope(coachee, mission, "sponsor", ["attendance", "means"])
    row = amendment(world, base)
    amending.pick_clause(world.coach, row, "restitution")
    drafting.set_scope(coachee, mission, "sponsor", ["attendance", "means"])
    assert _scope(world, base, seat) == ("attendance",)
    send(world, row)
    sealed(world, row)
    assert _scope(world, base, seat) == ("attendance", "means")


def test_a_scope_nobody_signed_is_not_carried_by_the_next_amendment(world):
    base = standing(world)
    mission, coachee = base.mission, world.viewer("coachee", Portal.COACHEE)
    mission.refresh_from_db()
    seat = own_coachee_seat(coachee, mission)
    row = amendment(world, base)
    amending.pick_clause(world.coach, row, "restitution")
    drafting.set_scope(coachee, mission, "sponsor", ["attendance", "free_text"])
    sharing.withdraw(world.coach, row, "Nous reprendrons plus tard.")
    amended(world, base)
    assert "free_text" not in _scope(world, base, seat)


def test_an_amendment_prints_what_the_coachee_allows_by_now_wherever_they_said_it(world):
    base = standing(world)
    mission, coachee = base.mission, world.viewer("coachee", Portal.COACHEE)
    mission.refresh_from_db()
    row = amendment(world, base)
    amending.pick_clause(world.coach, row, "restitution")
    before = Contract.unscoped.get(pk=row.pk).revision
    given = consents.give(coachee, mission, "sponsor", ["attendance", "means"])
    assert _printed(world, row) == ("attendance", "means")
    assert Contract.unscoped.get(pk=row.pk).revision > before, "an open draft is read again"
    consents.withdraw(coachee, given)
    assert _printed(world, row) == ()


def _printed(world, row) -> tuple[str, ...]:
    scopes = sharing.freeze(world.coach, row).scopes
    return next(one.items for one in scopes if one.addressee == "sponsor")


# --- refusals ---------------------------------------------------------------------------------------------


def test_a_contract_that_is_not_sealed_is_not_amended(world):
    _mission, contract = contracting(world)
    with pytest.raises(NotAllowedNow):
        amending.amend(world.coach, contract)


def test_an_amendment_is_not_amended(world):
    row = amended(world)
    with pytest.raises(NotAllowedNow):
        amending.amend(world.coach, row)


@pytest.mark.parametrize(
    ("persona", "portal"), [("colleague", "coach"), ("sponsor", "organisation"), ("coachee", "coachee")]
)
def test_nobody_but_the_coach_begins_an_amendment(world, persona, portal):
    base = standing(world)
    with pytest.raises(NotAllowedNow):
        amending.amend(world.viewer(persona, Portal(portal)), base)
    assert not Contract.unscoped.filter(base=base).exists()


def test_a_second_amendment_is_not_begun_while_one_is_under_way(world):
    base = standing(world)
    row = amendment(world, base)
    with pytest.raises(Stale):
        amending.amend(world.coach, base)
    send(world, row)
    rounds.open_round(world.coach, row)
    with pytest.raises(Stale):
        amending.amend(world.coach, base)


def test_an_amendment_out_for_signature_is_not_edited(world):
    row = amendment(world)
    clause = clauses_of(world.coach, row).get()
    send(world, row)
    rounds.open_round(world.coach, row)
    row.refresh_from_db()
    acts = (
        lambda: amending.save_purpose(world.coach, row, "Autre chose."),
        lambda: amending.pick_clause(world.coach, row, "fees"),
        lambda: amending.leave_clause(world.coach, row, clause),
        lambda: amending.change_terms(world.coach, row, {"sessions_count": 20}),
        lambda: amending.choose_charter(world.coach, row, adopt=True),
        lambda: drafting.save_clause(world.coach, row, clause, title="T", body="Autre."),
    )
    for act in acts:
        with pytest.raises(NotAllowedNow):
            act()


@pytest.mark.parametrize("section", ["withdrawal", "subject", "closing", "nowhere", ""])
def test_a_clause_the_contract_has_not_is_not_picked(world, section):
    row = amendment(world)
    with pytest.raises(Invalid):
        amending.pick_clause(world.coach, row, section)


def test_clauses_are_not_picked_in_a_contract_itself(world):
    _mission, contract = contracting(world)
    with pytest.raises(NotAllowedNow):
        amending.pick_clause(world.coach, contract, "fees")


@pytest.mark.parametrize("purpose", ["", "   ", "x" * 4001])
def test_a_reason_that_says_nothing_or_too_much_is_refused(world, purpose):
    row = amendment(world)
    with pytest.raises(Invalid) as refusal:
        amending.save_purpose(world.coach, row, purpose)
    assert refusal.value.field == "purpose"


def test_an_amendment_that_changes_nothing_does_not_leave(world):
    row = amending.amend(world.coach, standing(world))
    assert {"frame_missing", "nothing_changed"} <= _codes(world, row)
    with pytest.raises(Invalid):
        sharing.share(world.coach, row)


def test_a_clause_that_says_what_it_said_does_not_leave(world):
    row = amendment(world)
    amending.pick_clause(world.coach, row, "supervision")
    assert _codes(world, row) == {"clause_unchanged"}


def test_a_promised_result_does_not_leave_in_an_amendment_either(world):
    row = amendment(world)
    taken = amending.pick_clause(world.coach, row, "roles")
    body = taken.body + "\n\nLe coach garantit l’atteinte des objectifs.\n"
    drafting.save_clause(world.coach, row, taken, title=taken.title, body=body)
    assert "promised_result" in _codes(world, row)


def test_figures_that_changed_are_not_left_out_of_the_words(world):
    row = amendment(world)
    amending.leave_clause(world.coach, row, clauses_of(world.coach, row).get())
    assert "clause_left_behind" in _codes(world, row)


def test_an_amendment_declined_leaves_the_contract_as_it_stands_and_gives_its_number_back(world):
    base = standing(world)
    row = amendment(world, base)
    send(world, row)
    signing.decline(signer_of(rounds.open_round(world.coach, row), "sponsor"), "Pas maintenant.")
    now = standing_of(world.coach, base)
    base.mission.refresh_from_db()
    assert (now.amended, base.mission.state) == (False, "active")
    assert amending.amend(world.coach, base).number == 1


@pytest.mark.parametrize("statement", [
    "UPDATE contracts_contract SET language = 'en' WHERE id = %s",
    "DELETE FROM contracts_contract WHERE id = %s",
    "UPDATE contracts_sealedcontract SET evidence = '' WHERE contract_id = %s",
    "DELETE FROM contracts_sealedcontract WHERE contract_id = %s",
])  # fmt: skip
def test_a_sealed_amendment_is_changed_or_deleted_by_nobody(world, statement):
    row = amended(world)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [row.pk])


@pytest.mark.parametrize("broken", [
    {"instrument": "contract", "base": True, "number": 3},
    {"instrument": "amendment", "base": True, "number": None},
    {"instrument": "amendment", "base": False, "number": 3},
    {"instrument": "adhesion", "base": True, "number": None},
])  # fmt: skip
def test_the_database_refuses_a_document_that_leans_in_no_known_way(world, broken):
    base = standing(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.unscoped.create(
            mission=base.mission, kind=base.kind, language="fr", charter=base.charter, instrument=broken["instrument"],
            base=base if broken["base"] else None, number=broken["number"],
        )  # fmt: skip


def test_a_coachee_whose_seat_has_ended_reads_nothing_of_a_later_amendment(world):
    base = standing(world)
    seat = Seat.unscoped.get(mission=base.mission, role="coachee")
    base.mission.refresh_from_db()
    seats.end_seat(world.coach, base.mission, seat)

    with pytest.raises(Http404):
        get_contract(world.viewer("coachee", Portal.COACHEE), base.ref)
    assert not ContractClause.unscoped.filter(contract=base, section="subject").exists()

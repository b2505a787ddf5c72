"""What a consumer is told before they commit, that they have it, and what they ask for: each on record."""

import html
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from coaching.accounts.models import Practice
from coaching.documents.services import content_of
from coaching.journal.models import Event
from coaching.kernel.errors import GateClosed, NotAllowedNow, Stale
from contracts.consumers import access, gates
from contracts.consumers.information import said_by
from contracts.consumers.models import EarlyStart, Information, InformationReceipt
from contracts.consumers.services import early_start, informing
from contracts.models import Contract, ContractVersion
from contracts.services import rounds, sharing, signing
from contracts.services.evidence import gather_evidence
from tests.consumers.helpers import coachee, drafted, hand, in_review, out, received, signed
from tests.contracts.helpers import send
from tests.contracts.signing_helpers import sign_as, signer_of
from tests.contracts.standing_helpers import amendment, seal, sealed


@pytest.fixture(scope="module")
def made(world, django_db_blocker):
    """Three contracts, made once: what a test does to them is taken back at its end."""
    with django_db_blocker.unblock():
        return {
            "review": in_review(world),
            "out": out(world, title="Dehors").contract,
            "premises": in_review(world, distance=False, title="Au cabinet"),
            "professional": in_review(world, consumer=False, title="Pour mon métier"),
        }


def _fresh(contract):
    return Contract.unscoped.select_related("mission__practice", "mission__coach").get(pk=contract.pk)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("distance", [True, False])
def test_the_information_says_all_that_the_law_lists(world, made, db, language, distance):
    contract = _fresh(made["review" if distance else "premises"])
    contract.language = language
    said = said_by(access.consumer_of(contract)).markdown
    practice = world.practice
    practice.refresh_from_db()
    for word in (
        practice.name,
        practice.address,
        practice.email.replace("@", "\\@").replace(".", "."),
        practice.mediator_name,
        practice.mediator_contact,
        contract.ref.replace("-", "\\-"),
        "8 ",
        "90 minutes",
    ):
        assert word in said, word
    assert ("L. 221-5" in said) == distance
    assert ("\\*" in said) == distance  # the model form
    price = "2 880,00" if language == "fr" else "2,880"
    assert price in said


def test_the_information_of_a_contract_fits_on_one_page(world, made, db):
    contract = _fresh(made["review"])
    found = access.consumer_of(contract)
    made_now = informing.pdf_of(
        said_by(found).markdown,
        title="Informations précontractuelles",
        language="fr",
        author=world.practice.name,
        on=timezone.localdate(),
        dense=True,
    )
    assert made_now.pages == 1


def test_sharing_a_contract_makes_the_information_of_its_version_once(world, db):
    contract = drafted(world)
    version = sharing.share(world.coach, contract)
    row = Information.unscoped.get(version=version)
    assert informing.prepare(_fresh(contract)) == row
    assert content_of(row.document).startswith(b"%PDF")
    assert row.document.pages == 1
    assert Event.unscoped.filter(kind="information.make", subject=row.ref).count() == 1


@pytest.mark.parametrize("which", ["professional"])
def test_no_information_is_made_where_no_consumer_pays(made, db, which):
    contract = _fresh(made[which])
    assert informing.prepare(contract) is None
    assert gates.informed(contract).held


@pytest.mark.parametrize("lost", ["mediator_name", "mediator_contact", "legal_form", "phone", "email"])
def test_a_contract_whose_information_is_incomplete_is_not_sent_for_signature(world, made, db, lost):
    contract = _fresh(made["review"])
    Practice.unscoped.filter(pk=world.practice.pk).update(**{lost: ""})
    assert not gates.informed(_fresh(contract)).held
    with pytest.raises(GateClosed) as closed:
        rounds.open_round(world.coach, contract, overrides={"contracts.information": "Je juge que."})
    assert "contracts.information" in [state.gate.name for state in closed.value.closed]


def test_a_consumer_signs_only_once_they_have_received_the_information(world, made, db):
    contract = _fresh(made["out"])
    signing_round = rounds.SigningRound.unscoped.get(contract=contract)
    signer = signer_of(signing_round, "coachee")
    with pytest.raises(NotAllowedNow):
        signing.display(signer)
    row = received(world, contract)
    assert received(world, contract) == row  # said twice, the first time counts
    sign_as(signing_round, "coachee")
    assert InformationReceipt.unscoped.count() == 1
    assert Event.unscoped.filter(kind="information.receive").count() == 1


def test_the_coach_signs_without_receiving_anything(made, db):
    sign_as(rounds.SigningRound.unscoped.get(contract=made["out"]), "coach")


def test_the_pages_lead_from_the_contract_to_the_information_to_the_question_to_the_signature(
    world, made, db, browse
):
    contract, browser = _fresh(made["out"]), browse("coachee")
    version = ContractVersion.unscoped.get(contract=contract)
    page = html.unescape(browser.get(reverse("coachee_contract", args=[version.ref])).content.decode())
    told = reverse("coachee_information", args=[contract.ref])
    assert f'<a class="btn btn-primary" href="{told}">' in page
    assert browser.post(reverse("coachee_sign_proceed", args=[version.ref]))["Location"] == told
    page = browser.get(told).content.decode()
    ref = Information.unscoped.get(version=version).ref
    assert f'value="{ref}"' in page
    asked = browser.post(told, {"information": ref})["Location"]
    assert asked == reverse("coachee_early_start", args=[contract.ref])
    page = browser.get(asked).content.decode()
    assert 'type="checkbox"' in page
    assert "checked" not in page
    assert not EarlyStart.unscoped.exists()
    proceed = browser.post(reverse("coachee_sign_proceed", args=[version.ref]))
    assert proceed["Location"] == reverse("coachee_sign", args=[version.ref])


def test_the_information_of_an_older_version_is_not_received_in_place_of_the_new_one(world, made, db):
    contract = _fresh(made["review"])
    with pytest.raises(Stale):
        informing.receive(hand(world, contract), contract, "PI-2222222222")
    assert not InformationReceipt.unscoped.exists()


def test_a_new_version_has_its_own_information_to_receive(world, made, db):
    contract = _fresh(made["review"])
    received(world, contract)
    sharing.revise(world.coach, contract)
    send(world, contract)
    found = access.consumer_of(_fresh(contract))
    assert found.version.number == 2
    assert (found.information, found.receipts) == (None, ())


@pytest.mark.parametrize("model", [Information, InformationReceipt, EarlyStart])
def test_what_a_consumer_was_told_and_said_is_never_rewritten(world, made, db, model):
    contract = _fresh(made["review"])
    received(world, contract)
    early_start.ask(hand(world, contract), contract)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.unscoped.update(ref="XX-2222222222")


def test_an_early_start_is_asked_for_by_ticking_and_is_written_once_with_its_words(world, made, db, browse):
    contract, browser = _fresh(made["review"]), browse("coachee")
    url = reverse("coachee_early_start", args=[contract.ref])
    assert browser.post(url, {}).status_code == 422
    assert not EarlyStart.unscoped.exists()
    assert browser.post(url, {"asked": "on"}).status_code == 302
    assert browser.post(url, {"asked": "on"}).status_code == 302
    row = EarlyStart.unscoped.get()
    assert "L. 221-25" in row.statement
    assert contract.ref in row.statement
    assert Event.unscoped.filter(kind="early_start.ask", subject=row.ref).count() == 1


@pytest.mark.parametrize("which", ["premises", "professional"])
def test_no_early_start_is_asked_for_where_there_is_no_period(world, made, db, browse, which):
    contract = _fresh(made[which])
    with pytest.raises(NotAllowedNow):
        early_start.ask(hand(world, contract), contract)
    answer = browse("coachee").get(reverse("coachee_early_start", args=[contract.ref]))
    assert answer.status_code == (403 if which == "premises" else 404)


@pytest.mark.parametrize("which", ["review", "premises", "professional"])
def test_the_coachee_sees_of_their_rights_what_is_theirs(made, db, browse, which):
    contract = _fresh(made[which])
    version = ContractVersion.unscoped.get(contract=contract)
    page = html.unescape(
        browse("coachee").get(reverse("coachee_contract", args=[version.ref])).content.decode()
    )
    assert (reverse("coachee_information", args=[contract.ref]) in page) == (which != "professional")
    assert (reverse("coachee_early_start", args=[contract.ref]) in page) == (which == "review")
    told = browse("coachee").get(reverse("coachee_information", args=[contract.ref]))
    assert told.status_code == (404 if which == "professional" else 200)
    seen = browse("coach").get(reverse("coach_consumer", args=[contract.ref]))
    assert seen.status_code == (404 if which == "professional" else 200)


def test_an_organisations_contract_has_none_of_it(world, browse):
    assert access.consumer_of(world.contract) is None
    assert access.may_begin(world.contract, timezone.localdate())
    for persona, name in (("coach", "coach_consumer"), ("coachee", "coachee_information")):
        assert browse(persona).get(reverse(name, args=[world.contract.ref])).status_code == 404
    page = browse("coachee").get(reverse("coachee_contract", args=[world.version.ref])).content.decode()
    assert 'id="consumer"' not in page


def test_my_data_names_the_mediator_to_a_consumer_and_to_nobody_else(world, made, db, browse):
    world.practice.refresh_from_db()
    assert world.practice.mediator_name in browse("coachee").get(reverse("coachee_data")).content.decode()
    assert (
        world.practice.mediator_name not in browse("teammate").get(reverse("coachee_data")).content.decode()
    )


@pytest.mark.parametrize("asked", [True, False])
def test_the_evidence_carries_what_was_received_and_what_was_asked(world, db, asked):
    signing_round = out(world, title="Preuve")
    contract = signing_round.contract
    receipt = received(world, contract)
    if asked:
        early_start.ask(hand(world, contract), contract)
    for role in ("coachee", "coach"):
        sign_as(signing_round, role)
    (said,) = gather_evidence(_fresh(contract)).consumers
    assert said.statement == receipt.statement
    assert said.information_sha256 == receipt.information.document.sha256
    assert bool(said.early_start) == (said.requested_at is not None) == asked


def test_sessions_begin_after_the_period_or_from_the_day_of_the_request(world, db):
    contract = signed(world, title="Début")
    period, today = access.consumer_of(contract).period, timezone.localdate()
    assert not access.may_begin(contract, today)
    assert not access.may_begin(contract, period.last_day)
    assert access.may_begin(contract, period.sessions_from)
    assert not gates.early_start(contract.mission).held
    early_start.ask(hand(world, contract), contract)
    assert access.may_begin(contract, today)
    assert gates.early_start(contract.mission).held


@pytest.mark.parametrize(("consumer", "distance"), [(True, False), (False, True)])
def test_sessions_begin_at_once_on_premises_and_for_a_professional(world, db, consumer, distance):
    contract = signed(world, consumer=consumer, distance=distance, title="Début")
    assert access.may_begin(contract, timezone.localdate())


@pytest.mark.parametrize(("held", "amount"), [(0, "0"), (2, "720"), (8, "2880"), (9, "2880")])
def test_what_is_due_is_in_proportion_to_the_sessions_held(world, made, db, held, amount):
    contract = _fresh(made["review"])
    early = early_start.ask(hand(world, contract), contract)
    found = access.consumer_of(contract)
    price = access.total_payable(found.terms, world.practice)
    assert access.due_for(price, 8, early, held).amount == Decimal(amount)
    assert access.due_for(price, 8, None, held).amount == 0


def test_what_is_due_follows_the_sessions_and_the_price_of_a_sealed_amendment(world, db, monkeypatch):
    contract = seal(signed(world, title="Avenant"))
    early_start.ask(hand(world, contract), contract)
    monkeypatch.setattr(access, "_counters", [lambda _contract: 2])
    assert access.consumer_of(contract).due.amount == Decimal("720")
    draft = amendment(world, contract, sessions_count=10, fee_total=Decimal("3600"))
    assert access.consumer_of(contract).due.amount == Decimal("720"), "nothing stands before it is sealed"
    send(world, draft)
    sealed(world, draft)
    due = access.consumer_of(contract).due
    assert (due.held, due.planned, due.amount) == (2, 10, Decimal("864"))
    monkeypatch.setattr(access, "_counters", [lambda _contract: 8])
    assert access.consumer_of(contract).may_withdraw, "two sessions of the amendment are still to come"


def test_the_right_is_lost_once_every_session_was_held_on_express_request(world, db, monkeypatch):
    contract = signed(world, title="Tout tenu")
    monkeypatch.setattr(access, "_counters", [lambda _contract: 8])
    assert access.consumer_of(contract).may_withdraw
    early_start.ask(hand(world, contract), contract)
    assert not access.consumer_of(contract).may_withdraw
    assert access.open_withdrawals(coachee(world)) == []

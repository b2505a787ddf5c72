"""A consumer changes their mind: in two steps, in time, once, whatever else happens."""

import html
import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from coaching.journal.models import Event
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from contracts.consumers import access
from contracts.consumers.links import token_of
from contracts.consumers.models import Withdrawal
from contracts.consumers.services import withdrawing
from contracts.models import Contract, Signatory, SigningRound, Terms
from tests.consumers.helpers import coachee, hand, signed

SAID = {"name": "Camille Roux", "email": "camille@canary.test", "language": "fr"}


@pytest.fixture(scope="module")
def made(world, django_db_blocker):
    """Made once: what a test does to it is taken back at its end."""
    with django_db_blocker.unblock():
        return signed(world)


@pytest.fixture
def concluded(made, db):
    return Contract.unscoped.select_related("mission__practice", "mission__coach").get(pk=made.pk)


def _withdraw(world, contract, **changes):
    return withdrawing.withdraw(hand(world, contract), contract, **{**SAID, **changes})


def _late(monkeypatch, contract):
    """The last day is over."""
    after = access.consumer_of(contract).period.ends_at
    monkeypatch.setattr(timezone, "now", lambda: after)


def test_a_withdrawal_stops_the_mission_and_is_written_with_its_moment(world, concluded):
    row = _withdraw(world, concluded)
    mission = Mission.unscoped.get(pk=concluded.mission_id)
    assert (mission.state, mission.stopped_at is not None) == ("stopped", True)
    assert concluded.ref in row.statement
    assert "Camille Roux" in row.statement
    kinds = list(
        Event.unscoped.filter(mission=mission.ref).order_by("-number").values_list("kind", flat=True)[:2]
    )
    assert kinds == ["mission.withdraw", "withdrawal.make"]


def test_the_acknowledgement_leaves_at_once_with_the_statement_its_date_its_time_and_a_pdf(world, concluded):
    row = _withdraw(world, concluded)
    letter = Letter.unscoped.get(kind="contracts/withdrawal_received")
    said = open_letter(letter)
    local = timezone.localtime(row.withdrawn_at)
    assert letter.to == "camille@canary.test"
    assert row.statement in said.text
    assert f"{local:%H:%M:%S}" in said.text
    assert letter.attachments == [[row.document.ref, f"{row.ref}.pdf"]]
    assert row.document.pages == 1


def test_the_coach_is_told_and_no_reason_is_given(world, concluded):
    _withdraw(world, concluded)
    letter = Letter.unscoped.get(kind="contracts/withdrawal_made")
    assert letter.to == world.users["coach"].email


def test_a_second_withdrawal_is_refused_and_changes_nothing(world, concluded):
    _withdraw(world, concluded)
    with pytest.raises(Stale):
        _withdraw(world, concluded)
    assert Withdrawal.unscoped.count() == 1


def test_a_withdrawal_after_midnight_of_the_last_day_is_refused(world, concluded, monkeypatch):
    _late(monkeypatch, concluded)
    with pytest.raises(NotAllowedNow):
        _withdraw(world, concluded)
    assert not Withdrawal.unscoped.exists()


def test_a_withdrawal_in_the_last_second_stands(world, concluded, monkeypatch):
    end = access.consumer_of(concluded).period.ends_at
    monkeypatch.setattr(timezone, "now", lambda: end - timedelta(microseconds=1))
    assert _withdraw(world, concluded).withdrawn_at < end


def test_a_withdrawal_stands_when_its_pdf_cannot_be_made(world, concluded, monkeypatch):
    monkeypatch.setattr("coaching.documents.pool.ask", lambda *args: ({"error": "timeout"}, b""))
    row = _withdraw(world, concluded)
    assert row.document is None
    letter = Letter.unscoped.get(kind="contracts/withdrawal_received")
    assert letter.attachments == []
    assert row.statement in open_letter(letter).text


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_a_withdrawal_is_never_rewritten(world, concluded, verb):
    row = _withdraw(world, concluded)
    rows = Withdrawal.unscoped.filter(pk=row.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(name="Somebody else") if verb == "update" else rows.delete()


@pytest.mark.parametrize(("consumer", "distance"), [(True, False), (False, True), (False, False)])
def test_nobody_but_a_consumer_at_a_distance_has_a_withdrawal(world, db, browse, consumer, distance):
    contract = signed(world, consumer=consumer, distance=distance)
    with pytest.raises(NotAllowedNow):
        withdrawing.refuse_closed(access.consumer_of(contract), timezone.now())
    page = browse("coachee").get(reverse("coachee_mission", args=[contract.mission.ref])).content.decode()
    assert reverse("coachee_withdrawal", args=[contract.ref]) not in page
    answer = browse("coachee").get(reverse("coachee_withdrawal", args=[contract.ref]))
    assert answer.status_code == (403 if consumer else 404)
    assert browse("coachee").post(reverse("coachee_withdrawal", args=[contract.ref]), SAID).status_code == (
        403 if consumer else 404
    )


def test_the_function_is_on_every_page_of_the_mission_until_it_is_used(world, concluded, browse):
    browser = browse("coachee")
    pages = [
        reverse("coachee_mission", args=[concluded.mission.ref]),
        reverse("coachee_request", args=[concluded.mission.ref]),
        reverse("coachee_coach", args=[concluded.mission.ref]),
        reverse("coachee_data"),
        reverse("coachee_contract", args=[access.consumer_of(concluded).version.ref]),
    ]
    url = reverse("coachee_withdrawal", args=[concluded.ref])
    for page in pages:
        assert re.search(
            rf'<a [^>]*href="{url}">renoncer au contrat ici</a>', browser.get(page).content.decode()
        )
    _withdraw(world, concluded)
    for page in pages:
        assert f'href="{url}">renoncer' not in browser.get(page).content.decode(), page


def test_the_function_is_gone_after_the_period(world, concluded, browse, monkeypatch):
    _late(monkeypatch, concluded)
    page = browse("coachee").get(reverse("coachee_mission", args=[concluded.mission.ref]))
    assert "renoncer au contrat ici" not in page.content.decode()


@pytest.mark.parametrize(
    ("language", "here", "confirm"),
    [
        ("fr", "renoncer au contrat ici", "confirmer la rétractation"),
        ("en", "withdraw from contract here", "confirm withdrawal"),
    ],
)
def test_the_two_steps_bear_the_labels_of_the_law_in_the_readers_language(
    world, concluded, browse, language, here, confirm
):
    world.users["coachee"].language = language
    world.users["coachee"].save()
    browser, url = browse("coachee"), reverse("coachee_withdrawal", args=[concluded.ref])
    home = browser.get(reverse("coachee_mission", args=[concluded.mission.ref])).content.decode()
    assert f'href="{url}">{here}</a>' in home
    page = browser.get(url).content.decode()
    assert f'<button class="btn btn-danger">{confirm}</button>' in page
    asked = re.findall(r'<(?:input|textarea|select)[^>]*name="([^"]+)"', page[page.index('id="statement"') :])
    assert set(asked) == {"csrfmiddlewaretoken", "name", "email"}


def test_opening_the_page_withdraws_nothing_and_confirming_does(world, concluded, browse):
    browser, url = browse("coachee"), reverse("coachee_withdrawal", args=[concluded.ref])
    for _again in range(3):
        assert browser.get(url).status_code == 200
    assert not Withdrawal.unscoped.exists()
    assert browser.post(url, {"name": "Camille", "email": "c@canary.test"}).status_code == 302
    assert Withdrawal.unscoped.get().access == "account"
    page = html.unescape(browser.get(url).content.decode())
    assert Withdrawal.unscoped.get().statement in page
    pdf = browser.get(reverse("coachee_withdrawal_pdf", args=[concluded.ref]))
    assert pdf.content.startswith(b"%PDF")


def test_pressing_twice_gives_the_same_acknowledgement(world, concluded, browse):
    browser, url = browse("coachee"), reverse("coachee_withdrawal", args=[concluded.ref])
    said = {"name": "Camille", "email": "c@canary.test"}
    assert [browser.post(url, said).status_code for _twice in range(2)] == [302, 302]
    assert Withdrawal.unscoped.count() == 1


@pytest.mark.parametrize("bad", [{"email": "nowhere"}, {"name": ""}, {"email": ""}, {"name": "x" * 200}])
def test_a_statement_that_cannot_be_acknowledged_is_asked_for_again(world, concluded, browse, bad):
    url = reverse("coachee_withdrawal", args=[concluded.ref])
    answer = browse("coachee").post(url, {"name": "Camille", "email": "c@canary.test", **bad})
    assert answer.status_code == 422
    assert not Withdrawal.unscoped.exists()


BAD = (
    "",
    "é" * 5000,
    "a\x00b",
    "<script>alert(1)</script>",
    "\u202emorf",
    "[[practice.name]] %s {0}",
    ["a", "b"],
)


@pytest.mark.parametrize("value", BAD, ids=lambda value: str(value)[:12])
def test_bad_input_never_breaks_the_statement(world, concluded, browse, value, monkeypatch):
    """No document is made here: what is tried is the form, as the rules try every other."""
    monkeypatch.setattr("coaching.documents.pool.ask", lambda *args: ({"error": "timeout"}, b""))
    url, good = (
        reverse("coachee_withdrawal", args=[concluded.ref]),
        {"name": "Camille", "email": "c@canary.test"},
    )
    for field in ("email", "name"):  # no value here is an address: the name comes last, it may be taken
        answer = browse("coachee").post(url, {**good, field: value})
        page = browse("coachee").get(url).content.decode()
        assert answer.status_code in (302, 422), field
        assert "<script>alert(1)" not in answer.content.decode() + page


@pytest.mark.parametrize("persona", ["teammate", "sponsor", "colleague", "coach", "administrator"])
def test_nobody_withdraws_for_the_consumer(world, concluded, browse, persona):
    url = reverse("coachee_withdrawal", args=[concluded.ref])
    assert browse(persona).get(url).status_code == 404
    assert browse(persona).post(url, SAID).status_code == 404
    assert not Withdrawal.unscoped.exists()


def _link(contract) -> str:
    row = Signatory.unscoped.get(round__contract=contract, role="coachee")
    return reverse("withdrawal_link", args=[token_of(row)])


def test_the_link_of_the_letter_needs_no_account(world, concluded, browse):
    browser = browse("anonymous")
    for _scan in range(20):
        assert browser.get(_link(concluded)).status_code == 302
    page = browser.get(reverse("withdrawal")).content.decode()
    assert "confirmer la rétractation" in page
    assert not Withdrawal.unscoped.exists()
    answer = browser.post(reverse("withdrawal"), {"name": "Camille", "email": "c@canary.test"})
    assert answer.status_code == 302
    row = Withdrawal.unscoped.get()
    assert (row.access, row.account_ref) == ("link", "")
    assert browser.get(reverse("withdrawal_pdf")).content.startswith(b"%PDF")


def test_a_link_altered_or_of_another_signatory_is_a_404(world, concluded, browse):
    browser, link = browse("anonymous"), _link(concluded)
    coach = Signatory.unscoped.get(round__contract=concluded, role="coach")
    for bad in (link[:-3] + "xx/", "/withdraw/SG-2222222222.abc/", "/withdraw/é/", "/withdraw/%00/"):
        assert browser.get(bad).status_code == 404, bad
    assert browser.get("/withdraw/").status_code == 404
    browser.get(reverse("withdrawal_link", args=[token_of(coach)]))
    assert browser.get("/withdraw/").status_code == 404
    assert browser.post("/withdraw/", SAID).status_code == 404


def test_a_sealed_contract_stays_sealed_after_a_withdrawal(world, concluded):
    Contract.unscoped.filter(pk=concluded.pk).update(state="sealed", sealed_at=timezone.now())
    concluded.refresh_from_db()
    _withdraw(world, concluded)
    assert Contract.unscoped.get(pk=concluded.pk).state == "sealed"


def test_an_amendment_opens_no_period_of_its_own_and_is_not_signed_after_a_withdrawal(world, concluded):
    common = {
        "mission": concluded.mission,
        "kind": concluded.kind,
        "language": "fr",
        "charter": concluded.charter,
    }
    amendment = Contract.unscoped.create(
        **common, instrument="amendment", base=concluded, number=1, state="signing", sent_at=timezone.now()
    )
    Terms.unscoped.create(contract=amendment, is_consumer=True)
    last = SigningRound.unscoped.get(contract=concluded)
    going = SigningRound.unscoped.create(
        contract=amendment, version=last.version, opened_by=last.opened_by, expires_at=last.expires_at
    )
    assert access.consumer_of(amendment) is None
    _withdraw(world, concluded)
    going.refresh_from_db()
    assert going.closing == "withdrawn"


def test_the_coachee_reads_nothing_of_another_consumers_withdrawal(world, concluded, browse):
    _withdraw(world, concluded)
    for name in ("coachee_withdrawal", "coachee_withdrawal_pdf", "coachee_information"):
        assert browse("teammate").get(reverse(name, args=[concluded.ref])).status_code == 404
    assert access.open_withdrawals(coachee(world)) == []

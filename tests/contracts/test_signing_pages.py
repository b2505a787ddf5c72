"""The pages of a signing, as people use them: by link, from a portal, in two browsers, twice."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from coaching.documents.store import path_of, write_once
from coaching.jobs.models import Job
from coaching.journal.models import Event
from contracts.links import token_of
from contracts.models import Challenge, Contract, SealedContract, Signatory, Signature
from contracts.services import rounds, sharing, signing
from tests.contracts.signing_helpers import code_sent, in_review, out, sign_all, sign_as, signer_of
from tests.contracts.standing_helpers import standing
from tests.stand_ins import seal

pytestmark = pytest.mark.django_db
AGREED = {"consent": "on", "typed_name": "zoé l'hérault"}


@pytest.fixture(scope="module")
def going(world, django_db_blocker):
    with django_db_blocker.unblock():
        return out(world, manager=True, message="Merci de votre confiance.")


@pytest.fixture(scope="module")
def reviewed(world, django_db_blocker):
    with django_db_blocker.unblock():
        return in_review(world)


def _said(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")


def _by_link(going, role="manager") -> Client:
    browser = Client()
    browser.get(reverse("signing_link", args=[token_of(Signatory.unscoped.get(round=going, role=role))]))
    return browser


def _own_code(going, role="manager") -> str:
    return code_sent(signer_of(going, role))


def test_somebody_with_nothing_but_a_link_reads_agrees_and_signs(world, going):
    browser = _by_link(going)
    page = _said(browser.get(reverse("signing")))
    assert "Merci de votre confiance." in page
    assert "Zoé L’Hérault" in page
    assert browser.get(reverse("signing_pdf"))["Content-Type"] == "application/pdf"
    assert browser.get(reverse("signing_give")).status_code == 302, "the document first"
    assert browser.post(reverse("signing_proceed")).status_code == 302
    page = _said(browser.get(reverse("signing_give")))
    assert "eIDAS" in page
    assert 'name="code"' not in page
    asked = browser.post(reverse("signing_give"), {**AGREED, "ask": "email"})
    assert (asked.status_code, 'name="code"' in _said(asked)) == (200, True)
    assert "zoé l'hérault" in _said(asked), "what was typed is kept"
    done = browser.post(reverse("signing_give"), {**AGREED, "ask": "", "code": _own_code(going)})
    assert (done.status_code, done["Location"]) == (302, reverse("signing"))
    row = Signature.unscoped.get(signatory__round=going)
    assert (row.access, row.ip, row.typed_name) == ("link", "127.0.0.1", "zoé l'hérault")
    page = _said(browser.get(reverse("signing")))
    assert "You signed on" in page
    assert "go on to sign" not in page


def test_a_sealed_document_that_is_not_there_is_refused_in_words(world, browse):
    row = SealedContract.unscoped.select_related("version", "document").get(contract=standing(world))
    path = path_of(row.document.sha256)
    kept = path.read_bytes()
    path.unlink()
    try:
        answer = browse("coachee").get(reverse("coachee_sealed", args=[row.version.ref]))
    finally:
        write_once(kept)
    assert answer.status_code == 403
    assert "n’est plus celui qui a été conservé" in _said(answer)


def test_a_wrong_code_is_said_beside_its_field_and_the_name_kept(world, going):
    browser = _by_link(going)
    browser.post(reverse("signing_proceed"))
    browser.post(reverse("signing_give"), {**AGREED, "ask": "email"})
    code = _own_code(going)
    wrong = "999999" if code != "999999" else "888888"
    answer = browser.post(reverse("signing_give"), {**AGREED, "ask": "", "code": wrong})
    assert answer.status_code == 422
    assert "zoé l'hérault" in _said(answer)
    assert "This is not the code" in _said(answer)
    assert Signature.unscoped.count() == 0


def test_the_code_of_one_browser_does_not_sign_in_another(world, going):
    mine, thief = _by_link(going), _by_link(going)
    mine.post(reverse("signing_proceed"))
    mine.post(reverse("signing_give"), {**AGREED, "ask": "email"})
    data = {**AGREED, "ask": "", "code": _own_code(going)}
    assert thief.post(reverse("signing_give"), data).status_code == 422
    assert Signature.unscoped.count() == 0
    assert mine.post(reverse("signing_give"), data).status_code == 302


def test_pressing_twice_signs_once_and_says_it_is_done(world, going):
    browser = _by_link(going)
    browser.post(reverse("signing_proceed"))
    browser.post(reverse("signing_give"), {**AGREED, "ask": "email"})
    data = {**AGREED, "ask": "", "code": _own_code(going)}
    for _time in range(2):
        assert browser.post(reverse("signing_give"), data)["Location"] == reverse("signing")
    assert Signature.unscoped.count() == 1


def test_without_consent_or_name_no_code_is_sent(world, going):
    browser = _by_link(going)
    browser.post(reverse("signing_proceed"))
    for data in ({"typed_name": "Zoé L’Hérault"}, {"consent": "on"}, {"consent": "on", "typed_name": "Jean"}):
        answer = browser.post(reverse("signing_give"), {**data, "ask": "email"})
        assert answer.status_code == 422, data
    assert Challenge.unscoped.count() == 0


def test_the_three_others_sign_from_their_portals_and_all_see_it_sealed(world, going, browse):
    ref, version = going.contract.ref, going.version.ref
    for role, sign, proceed in (
        ("coachee", reverse("coachee_sign", args=[version]), reverse("coachee_sign_proceed", args=[version])),
        ("sponsor", reverse("organisation_sign", args=[version]), reverse("organisation_sign_proceed", args=[version])),
        ("coach", reverse("coach_sign", args=[ref]), reverse("coach_sign_proceed", args=[ref])),
    ):  # fmt: skip
        browser, name = browse(role), signer_of(going, role).signatory.name
        assert browser.post(proceed)["Location"] == sign
        agreed = {"consent": "on", "typed_name": name.upper()}
        assert browser.post(sign, {**agreed, "ask": "email"}).status_code == 200
        done = browser.post(sign, {**agreed, "ask": "", "code": _own_code(going, role)})
        assert done.status_code == 302, role
    sign_as(going, "manager", by_link=True)
    contract = Contract.unscoped.get(pk=going.contract_id)
    page = _said(browse("coach").get(reverse("coach_signing", args=[ref])))
    assert "4 signatures sur 4" in page
    assert "Vous pouvez quitter cette page" in page
    fragment = browse("coach").get(
        reverse("coach_signing_progress", args=[ref]), headers={"HX-Request": "true"}
    )
    assert 'hx-trigger="every 2s"' in fragment.content.decode()
    seal(contract)
    assert "scellé" in _said(
        browse("coach").get(reverse("coach_signing_progress", args=[ref]), headers={"HX-Request": "true"})
    )
    for role, name, args in (
        ("coach", "coach_sealed", [ref]),
        ("coachee", "coachee_sealed", [version]),
        ("sponsor", "organisation_sealed", [version]),
    ):
        assert browse(role).get(reverse(name, args=args))["Content-Type"] == "application/pdf"
    for persona in ("teammate", "departed"):
        assert browse(persona).get(reverse("coachee_sealed", args=[version])).status_code == 404
    home = _said(browse("coachee").get(reverse("coachee_mission", args=[contract.mission.ref])))
    assert "Le contrat est conclu" in home


def test_the_link_dies_once_the_contract_is_sealed(world, going):
    browser = _by_link(going)
    seal(sign_all(going))
    answer = browser.get(reverse("signing"))
    assert answer.status_code == 410
    assert "served its purpose" in _said(answer) or "fait son office" in _said(answer)
    for name in ("signing_proceed", "signing_give", "signing_decline"):
        assert browser.post(reverse(name), AGREED).status_code == 410


def test_declining_by_link_asks_for_a_reason_and_tells_the_coach_alone(world, going, browse):
    browser = _by_link(going)
    assert browser.post(reverse("signing_decline"), {"reason": " "}).status_code == 422
    assert browser.post(reverse("signing_decline"), {"reason": "Le montant."}).status_code == 302
    assert browser.get(reverse("signing")).status_code == 410
    assert "Le montant." in _said(browse("coach").get(reverse("coach_signing", args=[going.contract.ref])))
    version = reverse("coachee_contract", args=[going.version.ref])
    page = _said(browse("coachee").get(version))
    assert "Refusé par un signataire" in page
    assert "Le montant." not in page


def test_the_coach_sends_for_signature_through_the_gates_and_a_page_that_asks(world, reviewed, browse):
    url = reverse("coach_signing_open", args=[reviewed.ref])
    assert "plus personne ne peut le changer" in _said(browse("coach").get(url))
    refused = browse("coach").post(url, {"order": "any", "days": "0", "message": "Bonjour"})
    assert refused.status_code == 422
    assert "Bonjour" in _said(refused)
    done = browse("coach").post(url, {"order": "coach_last", "days": "12", "message": ""})
    assert done["Location"] == reverse("coach_signing", args=[reviewed.ref])
    assert browse("coach").post(url, {"order": "any", "days": "12", "message": ""}).status_code == 403


def test_the_coach_corrects_an_address_and_reminds(world, going, browse):
    holder = Signatory.unscoped.get(round=going, role="manager")
    browser = _by_link(going)
    url = reverse("coach_signatory", args=[going.contract.ref, holder.ref])
    assert browse("coach").post(url, {"email": "pas une adresse"}).status_code == 422
    assert browse("coach").post(url, {"email": "autre@canary.test"}).status_code == 302
    assert browser.get(reverse("signing")).status_code == 410
    reminded = browse("coach").post(reverse("coach_signing_remind", args=[going.contract.ref]), follow=True)
    assert "3 relances sont parties" in _said(reminded)


def test_the_coachs_first_page_says_that_their_signature_is_awaited_and_when_it_is_not(
    world, going, reviewed, browse
):
    awaited = "Signer le contrat"
    assert awaited in _said(browse("coach").get(reverse("coach_home")))
    sign_as(going, "coach")
    assert awaited not in _said(browse("coach").get(reverse("coach_home")))
    later = rounds.open_round(world.coach, reviewed, order="coach_last")
    assert awaited not in _said(browse("coach").get(reverse("coach_home")))
    sign_as(later, "coachee")
    sign_as(later, "sponsor")
    assert awaited in _said(browse("coach").get(reverse("coach_home")))


def test_taking_back_to_draft_from_the_page_closes_the_signing(world, going, browse):
    sign_as(going, "coachee")
    answer = browse("coach").post(reverse("coach_contract_revise", args=[going.contract.ref]))
    assert answer.status_code == 302
    page = _said(browse("coach").get(reverse("coach_signing", args=[going.contract.ref])))
    assert "Repris en projet" in page
    assert "1 signature sur 4" in page


def test_a_sealing_that_was_given_up_is_asked_for_again_by_the_coach(world, going, browse):
    contract = sign_all(going)
    Job.unscoped.filter(subject=contract.ref).update(state="failed")
    page = _said(browse("coach").get(reverse("coach_signing", args=[contract.ref])))
    assert "Toutes les signatures sont conservées" in page
    again = reverse("coach_seal_again", args=[contract.ref])
    assert browse("coach").post(again).status_code == 302
    assert Job.unscoped.get(subject=contract.ref).state == "queued"
    assert browse("coach").post(again).status_code == 409


def test_an_authenticator_signs_in_the_place_of_a_code_by_mail(world, going, browse):
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    secret = "JBSWY3DPEHPK3PXP"  # of a test
    TOTP.activate(world.users["sponsor"], secret)
    counters = list(yield_hotp_counters_from_time())
    now = format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))
    url = reverse("organisation_sign", args=[going.version.ref])
    browse("sponsor").post(reverse("organisation_sign_proceed", args=[going.version.ref]))
    agreed = {"consent": "on", "typed_name": signer_of(going, "sponsor").signatory.name}
    assert "application d’authentification" in _said(browse("sponsor").get(url))
    assert browse("sponsor").post(url, {**agreed, "ask": "totp"}).status_code == 200
    wrong = "000000" if now != "000000" else "111111"
    assert browse("sponsor").post(url, {**agreed, "ask": "", "code": wrong}).status_code == 422
    assert browse("sponsor").post(url, {**agreed, "ask": "", "code": now}).status_code == 302
    assert Signature.unscoped.get(signatory__round=going).channel == "totp"


def test_somebody_without_an_authenticator_is_not_let_through_by_asking_for_one(world, going):
    browser = _by_link(going)
    browser.post(reverse("signing_proceed"))
    answer = browser.post(reverse("signing_give"), {**AGREED, "ask": "totp"})
    assert answer.status_code == 422
    assert Challenge.unscoped.count() == 0


def test_what_a_visitor_says_of_their_address_is_believed_from_our_proxy_alone(world, going, settings):
    browser = _by_link(going)
    browser.post(reverse("signing_proceed"))
    browser.post(reverse("signing_give"), {**AGREED, "ask": "email"})
    settings.TRUSTED_PROXIES = 1
    data = {**AGREED, "ask": "", "code": _own_code(going)}
    browser.post(reverse("signing_give"), data, headers={"x-forwarded-for": "6.6.6.6, 198.51.100.4"})
    assert Signature.unscoped.get().ip == "198.51.100.4"


def test_reading_is_recorded_by_going_on_and_once(world, going):
    browser = _by_link(going)
    browser.get(reverse("signing"))
    assert Signatory.unscoped.get(round=going, role="manager").displayed_at is None
    for _time in range(2):
        browser.post(reverse("signing_proceed"))
    assert Event.unscoped.filter(kind="signature.display").count() == 1


def test_a_party_who_has_no_place_in_the_round_is_given_none(world, going, browse):
    for persona in ("teammate", "sponsor_elsewhere"):
        for name in ("coachee_sign", "organisation_sign", "coachee_decline", "organisation_decline"):
            assert browse(persona).get(reverse(name, args=[going.version.ref])).status_code == 404


def test_a_version_that_was_replaced_is_signed_by_nobody(world, going, browse):
    sharing.revise(world.coach, Contract.unscoped.get(pk=going.contract_id))
    sharing.share(world.coach, Contract.unscoped.get(pk=going.contract_id))
    rounds.open_round(world.coach, Contract.unscoped.get(pk=going.contract_id))
    answer = browse("coachee").post(reverse("coachee_sign_proceed", args=[going.version.ref]))
    assert answer.status_code == 403
    with pytest.raises(signing.NotAllowedNow):
        signing.display(signer_of(going, "coachee"))

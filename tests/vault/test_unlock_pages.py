"""Opening one's key, printing its code, losing it: as a person meets them in a browser."""

import html
import re

import pytest
import time_machine
from django.conf import settings
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.accounts import drafts
from coaching.accounts.models import KeptForm, User
from coaching.missions.models import RequestVersion
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.settings import base
from coaching.vault import keyring, recovery
from coaching.vault.access import pair_of
from coaching.vault.guard import looking
from coaching.vault.keys import new_pair
from coaching.vault.models import KeyPair, PublicKey
from coaching.vault.services import pairs
from coaching.vault.web import own
from coaching.vault.web.carrying import COOKIE, SESSION
from tests.unlocking import lock
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
TEXT = "Ce que je n’ai encore dit à personne."
NEW = "une tout autre phrase"


@pytest.fixture
def page(world):
    return reverse("coachee_request", args=[world.mission.ref])


@pytest.fixture
def coachee(world, db):
    """Read anew: a test that sets a password leaves the world's own account as it is."""
    return User.objects.get(pk=world.users["coachee"].pk)


@pytest.fixture
def words(world, page, browse):
    """What the coachee’s page shows when their key is open."""
    return re.search(
        r"iku\d+", html.unescape(browse("coachee").get(page).content.decode()).split("<textarea")[1]
    )[0]


def _passkey(user) -> Client:
    """Somebody signed in without having typed their password."""
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return lock(browser)


def _sign_in(user, password=PASSWORD, **more) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": password, **more})
    return browser


def _unlock(browser, page, **typed):
    name = "unlock_code" if "code" in typed else "unlock"
    return browser.post(reverse(name), {"next": page, **typed})


def _unlock_address(page) -> str:
    return f"{reverse('unlock')}?next={page.replace('/', '%2F')}"


def test_signing_in_with_the_password_opens_ones_texts(coachee, page, words):
    assert words in _sign_in(coachee).get(page).content.decode()


def test_the_key_lies_neither_in_the_session_nor_in_the_cookie_alone(coachee):
    browser = _sign_in(coachee)
    private = keyring.key_of(coachee.pk).private
    held = browser.session[SESSION]
    cookie = browser.cookies[COOKIE]
    assert private.hex() not in held + cookie.value
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_session_without_the_password_is_asked_for_it_and_led_back(coachee, page, words):
    browser = _passkey(coachee)
    assert browser.get(page)["Location"] == _unlock_address(page)
    assert browser.get(reverse("unlock"), {"next": page}).status_code == 200
    assert _unlock(browser, page, password=PASSWORD)["Location"] == page
    assert words in browser.get(page).content.decode()


def test_pages_that_open_nothing_ask_for_nothing(coachee):
    browser = _passkey(coachee)
    for name in ("coachee_home", "coachee_who_sees_what", "coachee_data", "preferences", "key"):
        answer = browser.get(reverse(name))
        assert not answer.get("Location", "").startswith(reverse("unlock")), name


def test_a_wrong_password_opens_nothing_and_is_said_beside_its_field(coachee, page):
    browser = _passkey(coachee)
    answer = _unlock(browser, page, password="faux")
    assert answer.status_code == 422
    assert "Ce n’est pas votre mot de passe" in html.unescape(answer.content.decode())
    assert browser.get(page).status_code == 302


def test_the_password_of_somebody_else_opens_nothing(world, coachee, page):
    teammate = User.objects.get(pk=world.users["teammate"].pk)
    teammate.set_password(NEW)
    teammate.save()
    assert _unlock(_passkey(coachee), page, password=NEW).status_code == 422


def test_guessing_at_the_key_is_slowed_down(coachee, page):
    browser = _passkey(coachee)
    with time_machine.travel(timezone.now(), tick=False):  # all in one window, however busy the machine
        answers = [_unlock(browser, page, password="faux").status_code for _ in range(own.TRIES + 1)]
        assert answers == [422] * own.TRIES + [403]
        assert _unlock(browser, page, password=PASSWORD).status_code == 403


@pytest.mark.parametrize(
    "target", ["https://ailleurs.test/", "//ailleurs.test", "javascript:alert(1)", "/a\x00b", ""]
)
def test_opening_ones_key_leads_nowhere_else(coachee, target):
    assert _unlock(_passkey(coachee), target, password=PASSWORD)["Location"] == "/"


def test_a_text_sent_while_the_key_is_closed_is_kept_and_found_again_after(coachee, page, world):
    browser, before = _passkey(coachee), RequestVersion.unscoped.count()
    ticket = drafts.Ticket(coachee.ref, page).sign()
    answer = browser.post(page, {"text": TEXT, "based_on": "1", "_kept": ticket})
    assert answer["Location"] == _unlock_address(page)
    assert RequestVersion.unscoped.count() == before
    assert "gardé" in browser.get(answer["Location"]).content.decode()
    _unlock(browser, page, password=PASSWORD)
    assert TEXT in html.unescape(browser.get(page).content.decode())


def test_what_is_kept_of_a_form_opens_with_its_authors_key_alone(coachee, page, browse):
    ticket = drafts.Ticket(coachee.ref, page)
    browse("coachee").post(reverse("keep_form"), {"text": TEXT, "_kept": ticket.sign()})
    row = KeptForm.objects.get(user=coachee, page=page)
    from coaching.kernel import crypto

    inner = crypto.decrypt(row.sealed, purpose=drafts.PURPOSE, bound_to=drafts._binding(ticket, ""))
    assert "personne" not in inner.decode("latin-1")
    assert _passkey(coachee).get(page)["Location"] == _unlock_address(page)
    assert TEXT in html.unescape(browse("coachee").get(page).content.decode())


def test_a_fragment_sends_the_whole_page_to_the_key(coachee, page):
    answer = _passkey(coachee).get(page, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"][: len(reverse("unlock"))]) == (204, reverse("unlock"))


def test_signing_out_takes_the_key_back(coachee, page):
    browser = _sign_in(coachee)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    answer = browser.post(reverse("account_logout"))
    assert answer.cookies[COOKIE].value == ""
    assert not browser.cookies[COOKIE].value
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    assert browser.get(page)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43])
def test_another_value_in_the_cookie_opens_nothing(coachee, page, cookie):
    browser = _sign_in(coachee)
    browser.cookies[COOKIE] = cookie
    assert browser.get(page)["Location"] == _unlock_address(page)


def test_the_sealed_key_of_one_session_is_worth_nothing_in_another_persons(world, coachee):
    mine, theirs = _sign_in(coachee), _sign_in(world.users["teammate"])
    session = theirs.session
    session[SESSION] = mine.session[SESSION]
    session.save()
    theirs.cookies[COOKIE] = mine.cookies[COOKIE].value
    address = reverse("coachee_request", args=[world.mission.ref])
    assert theirs.get(address)["Location"] == _unlock_address(address)


def test_a_second_factor_still_owed_opens_nothing(coachee, page):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(coachee, generate_totp_secret())
    browser = _sign_in(coachee)
    assert browser.get(page)["Location"].startswith(reverse("account_login"))


def _code(browser) -> str:
    shown = html.unescape(browser.post(reverse("key_code")).content.decode())
    return re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{3}[0-9A-Z*~$=]", shown)[0]


@pytest.fixture
def uncoded(coachee):
    """An account whose code was never printed."""
    with looking(coachee.pk):
        KeyPair.unscoped.filter(user=coachee).update(by_code=None, code_confirmed_at=None)
    return coachee


def test_the_first_page_leads_to_the_code_which_counts_once_typed_back(uncoded, coachee):
    browser = _sign_in(coachee)
    assert browser.get("/")["Location"] == reverse("key_code")
    code = _code(browser)
    assert code not in browser.get(reverse("key_code")).content.decode(), "shown once"
    wrong = browser.post(reverse("key_code_confirm"), {"code": "0000-" + code[5:]})
    assert wrong.status_code == 422
    assert code not in wrong.content.decode()
    assert browser.post(reverse("key_code_confirm"), {"code": code.lower()}).status_code == 302
    assert pair_of(coachee.pk).code_confirmed_at
    assert browser.get("/")["Location"] != reverse("key_code")


def test_the_code_can_be_put_off_until_the_next_sign_in(uncoded, coachee):
    browser = _sign_in(coachee)
    browser.post(reverse("key_code_later"))
    assert browser.get("/")["Location"] == reverse("coachee_home")
    said = html.unescape(browser.get(reverse("coachee_data")).content.decode())
    assert "Vous n’avez pas encore de code de secours" in said
    assert _sign_in(coachee).get("/")["Location"] == reverse("key_code")


def test_without_a_code_no_code_opens(uncoded, page):
    answer = _unlock(_passkey(uncoded), page, code=recovery.new_code(), password="")
    assert answer.status_code == 422
    assert "Aucun code de secours" in html.unescape(answer.content.decode())


def test_a_code_is_not_shown_where_the_key_is_closed(coachee):
    answer = _passkey(coachee).post(reverse("key_code"))
    assert answer["Location"].startswith(reverse("unlock"))
    assert pair_of(coachee.pk).new_code is None


def _reset(client, user) -> None:
    client.post(reverse("account_reset_password"), {"email": user.email})
    text = open_letter(Letter.unscoped.order_by("-pk").first()).text
    path = "/" + re.search(r"http://\S+/accounts/password/reset/key/\S+/", text)[0].split("/", 3)[3]
    form = client.get(path, follow=True).redirect_chain[-1][0]
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302


def test_a_password_reset_by_mail_opens_nothing_until_the_code_is_given(coachee, page, words, settings):
    settings.EMAIL_BACKEND = base.EMAIL_BACKEND
    pairs.confirm_code(coachee, code := pairs.make_code(coachee))
    _reset(Client(), coachee)
    browser = _sign_in(coachee, NEW)
    assert browser.get(page)["Location"] == _unlock_address(page)
    assert browser.get(_unlock_address(page))["Location"].startswith(reverse("unlock_code"))
    said = html.unescape(_unlock(browser, page, password=NEW).content.decode())
    assert "Votre code de secours les ouvre" in said
    assert _unlock(browser, page, code=code, password=NEW)["Location"] == page
    assert words in browser.get(page).content.decode()
    assert words in _sign_in(coachee, NEW).get(page).content.decode()


def test_a_wrong_code_opens_nothing_and_is_shown_again_to_be_corrected(coachee, page):
    pairs.confirm_code(coachee, pairs.make_code(coachee))
    answer = _unlock(_passkey(coachee), page, code="ABCD-EFGH", password="")
    assert answer.status_code == 422
    assert "ABCD-EFGH" in answer.content.decode()


def test_a_person_changes_their_password_and_goes_on_reading(coachee, page, words):
    browser = _sign_in(coachee)
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert browser.post(reverse("account_change_password"), typed).status_code == 302
    assert words in browser.get(page).content.decode()
    assert words in _sign_in(coachee, NEW).get(page).content.decode()


def test_a_refused_change_of_password_moves_nothing(coachee, page):
    before = bytes(pair_of(coachee.pk).by_password)
    typed = {"oldpassword": "faux", "password1": NEW, "password2": NEW}
    _sign_in(coachee).post(reverse("account_change_password"), typed)
    assert bytes(pair_of(coachee.pk).by_password) == before


def test_whoever_has_lost_both_begins_anew_and_reads_again_once_the_coach_has_signed_in(
    world, coachee, page, words
):
    coachee.set_password(NEW)
    coachee.save()
    browser = _sign_in(coachee, NEW)
    said = html.unescape(browser.get(reverse("key_lost")).content.decode())
    assert "sont perdus pour toujours" in said
    assert browser.post(reverse("key_lost"), {"password": "faux"}).status_code == 422
    assert browser.post(reverse("key_lost"), {"password": NEW})["Location"] == reverse("key_code")
    closed = html.unescape(browser.get(page).content.decode())
    assert words not in closed
    assert "sa clé ne vous est pas encore parvenue" in closed
    _sign_in(world.users["coach"])
    assert words in browser.get(page).content.decode()


def test_nobody_confirms_words_that_do_not_open_to_them(world, coachee, page):
    from coaching.kernel.errors import NotAllowedNow
    from coaching.kernel.viewer import Portal
    from coaching.missions.services import requests

    with keyring.opened():
        pairs.begin_anew(coachee, PASSWORD)
        version = RequestVersion.unscoped.get(
            request__mission=world.mission, request__seat__person=world.people["coachee"]
        )
        RequestVersion.unscoped.filter(pk=version.pk).update(confirmed_at=None)
        with pytest.raises(NotAllowedNow):
            requests.confirm_request(world.viewer("coachee", Portal.COACHEE), world.mission, version)


def test_a_key_is_replaced_and_other_browsers_are_asked_again(coachee, page, words):
    here, there = _sign_in(coachee), _sign_in(coachee)
    assert here.post(reverse("key_replace"), {"password": PASSWORD})["Location"] == reverse("key_code")
    assert words in here.get(page).content.decode()
    assert there.get(page)["Location"] == _unlock_address(page)


def test_an_open_key_is_not_declared_lost(coachee):
    assert _sign_in(coachee).post(reverse("key_lost"), {"password": PASSWORD}).status_code == 403


def test_the_product_claims_what_holds_and_no_more(coachee):
    said = html.unescape(_sign_in(coachee).get(reverse("key")).content.decode())
    assert "prendrait la main sur le serveur" in said
    assert "bout en bout" not in said


def test_an_account_made_by_invitation_has_its_key_open_at_once(world):
    from coaching.accounts.enums import InvitationPurpose
    from coaching.accounts.services import invite
    from coaching.kernel.viewer import Portal

    invite(
        world.viewer("administrator", Portal.PRACTICE), purpose=InvitationPurpose.MEMBERSHIP, email="zoe@cle.test",
        name="Zoé", language="fr", inviter=world.users["administrator"], practice=world.practice, as_coach=True,
    )  # fmt: skip
    text = open_letter(Letter.unscoped.order_by("-pk").first()).text
    browser = Client()
    browser.get(re.search(r"/invitation/[\w-]+/", text)[0])
    browser.post(reverse("invitation"), {"name": "Zoé", "password": NEW})
    assert "Ouverte jusqu’à votre déconnexion" in html.unescape(browser.get(reverse("key")).content.decode())


@pytest.mark.parametrize("change", ["key", "mark"])
def test_somebody_whose_public_key_was_altered_signs_in_reads_and_is_told(
    coachee, page, words, change, caplog
):
    changed = {"key": new_pair()[1]} if change == "key" else {"mark": "0" * 64}
    PublicKey.unscoped.filter(user=coachee).update(**changed)
    browser = _sign_in(coachee)
    assert "altered public key" in caplog.text
    assert words in html.unescape(browser.get(page).content.decode())
    said = browser.get(reverse("key"))
    assert said.status_code == 200
    assert 'role="alert"' in said.content.decode()
    assert reverse("key_replace") in said.content.decode()


def test_replacing_the_pair_mends_an_altered_public_key(coachee, page, words):
    PublicKey.unscoped.filter(user=coachee).update(key=new_pair()[1])
    browser = _sign_in(coachee)
    assert browser.post(reverse("key_replace"), {"password": PASSWORD}).status_code == 302
    assert 'role="alert"' not in browser.get(reverse("key")).content.decode()
    assert words in html.unescape(browser.get(page).content.decode())


def test_a_whole_public_key_raises_no_alarm(coachee):
    assert 'role="alert"' not in _sign_in(coachee).get(reverse("key")).content.decode()


def test_what_somebody_with_an_altered_public_key_types_is_not_lost(coachee, page):
    PublicKey.unscoped.filter(user=coachee).update(key=new_pair()[1])
    assert drafts.keep(drafts.Ticket(coachee.ref, page), QueryDict(f"text={TEXT}"))

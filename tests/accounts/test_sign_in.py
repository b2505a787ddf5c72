"""The doors: sign-in, verification, reset, second factor, sessions; and what needs no sign-in."""

import importlib
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from coaching.accounts.models import User
from coaching.accounts.services import create_user
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.settings import base

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase assez longue"
# Open without a sign-in: the list is closed. Everything else sends a stranger to the sign-in page.
OPEN = {
    "home", "first_run", "health", "manifest", "design", "mailbox", "mailbox_letter", "charter", "invitation_link", "invitation", "choose_language",
    "account_login", "account_logout", "account_inactive", "account_signup", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_confirm_email", "account_email_verification_sent", "account_confirm_login_code", "mfa_authenticate",
    "mfa_login_webauthn", "signing", "attestation", "attestation_contest", "attestation_link", "signing_link", "signing_pdf", "signing_proceed", "signing_give", "signing_decline",
    "party_letter", "party_letter_acknowledge", "party_letter_link", "party_letter_pdf", "public_sheet", "charter_translation",
    "verify", "withdrawal", "withdrawal_link", "withdrawal_pdf", "signing_information", "signing_information_pdf", "signing_early_start", "calendar_feed",
}  # fmt: skip
SAMPLE = {"ref": "M-2222222222", "seat_ref": "S-2", "request_ref": "Q-2", "objective_ref": "B-2", "clause_ref": "CC-2",
          "step": "payer", "place": "fees", "referral_ref": "OR-2", "disclosure_ref": "LD-2", "signatory_ref": "SG-2", "addressee": "sponsor", "token": "t", "key": "k", "uidb36": "1", "pk": 1, "number": 1, "stage": "now", "name": "propose", "termination_ref": "TM-2", "proof_ref": "PF-2"}  # fmt: skip


@pytest.fixture(autouse=True)
def _letters_as_rows(settings):
    """The test runner puts a mailbox of its own in the way; the product's letters are rows."""
    settings.EMAIL_BACKEND = base.EMAIL_BACKEND


@pytest.fixture
def user():
    return create_user(email="moi@canary.test", name="Moi", password=PASSWORD)


def _patterns(resolver):
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one)
        else:
            yield one


def test_only_the_listed_doors_open_without_a_sign_in(client):
    found = set()
    for pattern in _patterns(get_resolver()):
        names = get_resolver().reverse_dict.getlist(pattern.name)[0][0][0][1]
        answer = client.get(reverse(pattern.name, kwargs={name: SAMPLE[name] for name in names}))
        sent = answer.status_code == 302 and answer["Location"].startswith(
            reverse("account_login") + "?next="
        )
        if not sent:
            found.add(pattern.name)
    acts = {"charter_acknowledge"}  # POST only, and the sign-in is asked for first
    assert found - acts == OPEN


def _sign_in(client, password=PASSWORD, email="moi@canary.test"):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_a_person_signs_in_with_address_and_password(client, user):
    assert _sign_in(client)["Location"] == "/"
    assert client.get(reverse("preferences")).status_code == 200


def test_an_address_in_capitals_is_the_same_address(client, user):
    assert _sign_in(client, email="MOI@Canary.test").status_code == 302


@pytest.mark.parametrize(
    ("email", "password"), [("moi@canary.test", "faux"), ("nobody@canary.test", PASSWORD)]
)
def test_a_wrong_pair_is_refused_with_the_same_words_whoever_it_names(client, user, email, password):
    answer = _sign_in(client, password, email)
    assert answer.status_code in (200, 422)
    assert client.get(reverse("preferences")).status_code == 302
    said = re.search(r'class="[^"]*(alert|error)[^"]*".*?</', answer.content.decode(), re.DOTALL)
    assert said
    other = _sign_in(Client(), "faux", "else@canary.test")
    assert answer.content.decode().count("error") == other.content.decode().count("error")


def test_an_account_that_was_closed_opens_nothing(client, user):
    _sign_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(reverse("preferences")).status_code == 302
    assert _sign_in(Client()).status_code in (200, 302, 422)


def test_passwords_are_kept_with_argon2():
    assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_a_password_is_never_kept_in_clear(user, settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    user.set_password(PASSWORD)
    assert identify_hasher(user.password).algorithm == "argon2"
    assert PASSWORD not in user.password


def test_an_address_that_is_not_verified_does_not_sign_in(client, user):
    EmailAddress.objects.filter(user=user).update(verified=False)
    answer = _sign_in(client)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert client.get(reverse("preferences")).status_code == 302
    letter = Letter.unscoped.get()
    link = re.search(r"http://\S+/accounts/confirm-email/\S+/", open_letter(letter).text)[0]
    path = "/" + link.split("/", 3)[3]
    assert client.get(path).status_code == 200
    assert not EmailAddress.objects.get(user=user).verified, (
        "a mail scanner that opens the link proves nothing"
    )
    client.post(path)
    assert EmailAddress.objects.get(user=user).verified


def test_guessing_a_password_is_slowed_down(client, user):
    answers = [_sign_in(client, "faux").status_code for _ in range(12)]
    assert _sign_in(client).status_code != 302, answers


def test_a_forgotten_password_is_replaced_through_a_letter_that_works_once(client, user):
    client.post(reverse("account_reset_password"), {"email": "moi@canary.test"})
    text = open_letter(Letter.unscoped.get()).text
    path = "/" + re.search(r"http://\S+/accounts/password/reset/key/\S+/", text)[0].split("/", 3)[3]
    page = client.get(path, follow=True)
    form = page.redirect_chain[-1][0]
    new = "une tout autre phrase"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert _sign_in(Client(), new)["Location"] == "/"
    assert Client().get(path, follow=True).status_code == 200
    assert _sign_in(Client(), PASSWORD).status_code != 302


def test_a_reset_for_an_unknown_address_says_the_same_and_makes_no_account(client, user):
    known = client.post(reverse("account_reset_password"), {"email": "moi@canary.test"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@canary.test"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert User.objects.count() == 1


def test_nobody_signs_up_by_themselves(client):
    answer = client.post(
        reverse("account_signup"), {"email": "x@canary.test", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert User.objects.count() == 0
    assert answer.status_code in (200, 302, 403)


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def _prove_again(client):
    """Before touching the account itself, the password is asked for once more."""
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def _add_totp(client):
    _prove_again(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": _code(secret)}).status_code == 302
    return secret


def test_a_second_factor_is_asked_for_and_its_seed_lies_sealed(client, user):
    _sign_in(client)
    secret = _add_totp(client)
    kept = Authenticator.objects.get(user=user, type="totp")
    assert secret not in str(kept.data)
    other = Client()
    assert _sign_in(other)["Location"].startswith(reverse("mfa_authenticate"))
    assert other.get(reverse("preferences")).status_code == 302
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code in (200, 422)
    assert other.get(reverse("preferences")).status_code == 302


def test_a_recovery_code_opens_once(client, user):
    _sign_in(client)
    _add_totp(client)
    recovery = Authenticator.objects.get(user=user, type="recovery_codes").wrap()
    code = recovery.get_unused_codes()[0]
    assert code not in str(recovery.instance.data)
    for expected in (302, 200):
        other = Client()
        _sign_in(other)
        answer = other.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code in ((302,) if expected == 302 else (200, 422))


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "usersessions_list",
        "account_email",
        "account_change_password",
    ],
)
def test_the_pages_of_ones_own_account_open(client, user, name):
    _sign_in(client)
    _prove_again(client)
    assert client.get(reverse(name)).status_code == 200


def test_a_person_ends_their_other_sessions(user):
    here, there = Client(), Client()
    _sign_in(here)
    _sign_in(there)
    assert there.get(reverse("preferences")).status_code == 200
    here.get(reverse("usersessions_list"))
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("preferences")).status_code == 302
    assert here.get(reverse("preferences")).status_code == 200


def test_cookies_are_kept_from_scripts_and_from_other_sites():
    assert (base.SESSION_COOKIE_HTTPONLY, base.CSRF_COOKIE_HTTPONLY, base.SESSION_COOKIE_SAMESITE) == (
        True,
        True,
        "Lax",
    )


def test_every_answer_carries_a_strict_policy(client):
    policy = client.get(reverse("charter"))["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy


def test_what_a_signed_in_person_is_shown_is_kept_nowhere(client, user):
    assert "Cache-Control" not in client.get(reverse("charter"))
    _sign_in(client)
    for name in ("preferences", "charter", "home"):
        assert client.get(reverse(name))["Cache-Control"] == "private, no-store", name
    assert "no-store" in client.get(reverse("account_login"), follow=True)["Cache-Control"]


def test_a_server_knows_visitors_from_the_proxy_in_front_of_them(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "posture.test")
    prod = importlib.import_module("coaching.settings.prod")
    assert prod.ALLAUTH_TRUSTED_PROXY_COUNT == 1

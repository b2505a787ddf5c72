"""What a browser holds whose person has given their password; and one whose person has not."""

from django.conf import settings
from django.test import Client

from coaching.vault import keyring
from coaching.vault.services import pairs
from coaching.vault.web.carrying import COOKIE, SESSION, seal

SECRET = "the-value-that-only-the-cookie-holds"


def print_code(user) -> str:
    """Their recovery code, shown and typed back: nothing leads them to it at their next sign-in any more."""
    code = pairs.make_code(user)
    pairs.confirm_code(user, code)
    return code


def unlock(browser: Client, user) -> None:
    """Put the person's key, where it is open in this test, into the session of a browser that is signed in."""
    key = keyring.find(user.pk)
    if key is not None:
        session = browser.session
        session[SESSION] = seal(user.pk, key, SECRET)
        session.save()
        browser.cookies[COOKIE] = SECRET
        browser.cookies[COOKIE]["path"] = settings.SESSION_COOKIE_PATH


def lock(browser: Client) -> Client:
    """As after a sign-in with a passkey: signed in, the key closed."""
    browser.cookies.pop(COOKIE, None)
    return browser

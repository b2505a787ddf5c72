"""The house of the browser: a server on the internet but for TLS, so that what is weighed is what is served there."""

import os
from pathlib import Path

os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1")

from coaching.settings.prod import *  # noqa: F403

_HOUSE = Path(os.environ["COACHING_VAR"])
DATABASES["default"]["NAME"] = str(_HOUSE / "db.sqlite3")  # noqa: F405
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
STATIC_ROOT = _HOUSE.parent / "static"
OUTBOX_DELIVERY = "mailbox"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
VAULT_ARGON2 = {"iterations": 1, "memory_cost": 8, "lanes": 1}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# What a person proved when the house was made holds for the whole visit; nobody is slowed down.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 3600
ACCOUNT_RATE_LIMITS = False
ROOT_URLCONF = "tests.browser.house_urls"
# One world, both languages: the visitor's browser decides, not the account.
MIDDLEWARE = [*MIDDLEWARE]  # noqa: F405
MIDDLEWARE.insert(
    MIDDLEWARE.index("coaching.accounts.middleware.PreferencesMiddleware") + 1,
    "tests.browser.house_urls.BrowserLanguageMiddleware",
)

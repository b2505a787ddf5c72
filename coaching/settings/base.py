"""Settings shared by every way of running. What differs stands in ``dev``, ``prod`` and ``test``."""

from . import sqlite  # isort: skip  before anything loads sqlite3

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .keys import secret_key

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("COACHING_VAR", BASE_DIR / "var"))
KEYS_DIR = Path(os.environ.get("COACHING_KEYS", VAR_DIR / "keys"))
PRODUCT_NAME = "Posture"

DEBUG = False
SECRET_KEY = secret_key(KEYS_DIR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "coaching.kernel",
    "coaching.journal",
    "coaching.documents",
    "coaching.outbox",
    "coaching.jobs",
    "coaching.accounts",
    "coaching.vault",
    "coaching.clients",
    "ethics.charter",
    "ethics.development",
    "coaching.missions",
    "coaching.openings",
    "coaching.disclosures",
    "contracts",
    "coaching.sessions",
    "coaching.recourse",
    "coaching.notes",
    "coaching.consents",
    "coaching.decisions",
    "coaching.progress",
    "coaching.minutes",
    "coaching.calendar",
    "ethics.supervision",
    "ethics.hours",
    "coaching.restitutions",
    "coaching.handover",
    "coaching.closings",
    "coaching.overview",
    "ethics.conformity",
    "coaching.personal",
    "coaching.home",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "coaching.kernel.compression.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "coaching.accounts.middleware.PrivateMiddleware",
    "coaching.accounts.middleware.PreferencesMiddleware",
    "coaching.accounts.middleware.ViewerMiddleware",
    "coaching.accounts.keeping.KeepingMiddleware",
    "coaching.vault.web.middleware.KeyringMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "coaching.urls"
WSGI_APPLICATION = "coaching.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coaching.accounts.context.chrome",
                "contracts.consumers.web.context.withdrawal",
            ],
            "builtins": ["coaching.kernel.templatetags.dates"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = dict(sqlite.OPTIONS)

CACHES = {
    # Rate limits live here: shared by every process, kept over a restart.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"}
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# What it costs to try one password or one recovery code on a stolen database (Argon2id; memory in KiB).
VAULT_ARGON2 = {"iterations": 3, "memory_cost": 65_536, "lanes": 4}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_FORMS = {"change_password": "coaching.accounts.web.forms.ChangePasswordForm"}
ACCOUNT_ADAPTER = "coaching.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "coaching.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = PRODUCT_NAME
USERSESSIONS_TRACK_ACTIVITY = False  # a page that only shows must not write

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "coaching.accounts.keeping.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [
    BASE_DIR / "locale",
    BASE_DIR / "coaching/accounts/signin/locale",  # what the sign-in library says, in our words
]
FORMAT_MODULE_PATH = ["coaching.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}
# One-to-one would give the other side a way in (see the rings): a unique foreign key is meant.
SILENCED_SYSTEM_CHECKS = ["fields.W342"]
# How many reverse proxies of ours stand in front; the proof of a signature names the address the outermost one saw.
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

# A pasted text far too long must reach its form, which says so and keeps it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# A file too large is read past, never kept; its form says so.
LARGEST_UPLOAD = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "coaching.kernel.uploads.Cap",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# A timestamp authority (RFC 3161) for the seals; without one, a seal's date is this installation's own.
TSA_URL = os.environ.get("TSA_URL", "")

EMAIL_BACKEND = "coaching.outbox.backend.OutboxBackend"
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "Posture <posture@localhost>")
MAIL_DOMAIN = os.environ.get("MAIL_DOMAIN", "localhost")
OUTBOX_DELIVERY = "smtp"  # "mailbox": letters are read on a local page instead

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "filters": {"failures": {"()": "coaching.kernel.logs.Failures"}},
    # Django writes addresses here, of every 4xx too: only what failed is kept, without them.
    "loggers": {
        "django.request": {"filters": ["failures"]},
        "django.security": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}

"""A person's own machine: letters are read on a local page, static files come from where they stand."""

from .base import *  # noqa: F403

OUTBOX_DELIVERY = "mailbox"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STATIC_ROOT = None  # served from where they stand: nothing is collected

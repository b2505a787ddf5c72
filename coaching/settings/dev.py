"""A person's own machine: letters are read on a local page, static files come from where they stand."""

import os

from .base import *  # noqa: F403

HOST = os.environ.get("HOST", "127.0.0.1")
# Served on every interface, the machine is reached by whatever name it has there.
ALLOWED_HOSTS = ["*"] if HOST in ("0.0.0.0", "::") else ["127.0.0.1", "localhost", "[::1]", HOST]  # noqa: S104

OUTBOX_DELIVERY = "mailbox"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STATIC_ROOT = None  # served from where they stand: nothing is collected

"""Refusals to start."""

import sys

from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

from coaching.kernel import crypto

MAKES_KEYS = {"init_keys", "collectstatic", "makemigrations", "compilemessages", "makemessages"}


def register_checks() -> None:
    register(check_deployment_key)


def check_deployment_key(app_configs, **kwargs):
    """Without its key the product refuses to start: it must never make a second one by itself."""
    if len(sys.argv) > 1 and sys.argv[1] in MAKES_KEYS:
        return []
    try:
        crypto.deployment_key()
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), id="accounts.E001")]
    return []

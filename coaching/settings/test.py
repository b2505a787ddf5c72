"""The tests: a throw-away directory for keys and documents, fast password hashing, letters kept as rows."""

import atexit
import os
import shutil
import tempfile

_scratch = tempfile.mkdtemp(prefix="coaching-test-")
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
os.environ["COACHING_VAR"] = _scratch
os.environ.pop("COACHING_KEYS", None)

from .base import *  # noqa: E402, F403

OUTBOX_DELIVERY = "mailbox"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
VAULT_ARGON2 = {"iterations": 1, "memory_cost": 8, "lanes": 1}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # served from where they stand: nothing is collected

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in real life: threads and browsers then have connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_scratch, "test.sqlite3")}  # noqa: F405
    # A database that is thrown away need not survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405

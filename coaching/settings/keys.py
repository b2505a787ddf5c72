"""The key that signs cookies: from the environment, or a file beside the other keys."""

import os
import secrets
from pathlib import Path


def secret_key(directory: Path) -> str:
    """The signing key of this installation, made on first use. Losing it signs everybody out, nothing more."""
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    path = directory / "secret.key"
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:  # another process was faster
        return
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(48))

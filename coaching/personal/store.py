"""Exports on disk, outside the database and its backups: one file each, whole or not there, under the export's reference."""

import os
import tempfile
import time
from pathlib import Path

from django.conf import settings

WRITING = 3600  # seconds: what was begun before that was left by a worker that died


def directory() -> Path:
    return Path(settings.VAR_DIR) / "exports"


def path_of(ref: str) -> Path:
    return directory() / ref


def write(ref: str, content: bytes) -> None:
    """Durable before it returns; over what a worker that died may have left there."""
    directory().mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=directory(), prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, 0o400)
        os.replace(name, path_of(ref))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read(ref: str) -> bytes | None:
    try:
        return path_of(ref).read_bytes()
    except FileNotFoundError:
        return None


def remove(ref: str) -> None:
    path_of(ref).unlink(missing_ok=True)


def files() -> list[str]:
    """What lies there, by name; what is being written at this moment left out."""
    if not directory().is_dir():
        return []
    old = time.time() - WRITING
    return sorted(
        path.name
        for path in directory().iterdir()
        if not path.name.startswith(".") or path.stat().st_mtime < old
    )

"""Bytes on disk, under their hash: written once, whole or not at all, checked at every reading."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class Damaged(RuntimeError):
    """The file is missing, or its bytes are not those that were stored."""


ENDINGS = {"documents": ".pdf", "files": ".sealed"}  # by shelf


def path_of(sha256: str, shelf: str = "documents") -> Path:
    return Path(settings.VAR_DIR) / shelf / sha256[:2] / f"{sha256}{ENDINGS[shelf]}"


def write_once(content: bytes, shelf: str = "documents") -> str:
    """Keep ``content`` durably and return its SHA-256; storing the same bytes again changes nothing."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256, shelf)
    if path.exists() and _digest(path) == sha256:
        return sha256
    _make_directory(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, 0o400)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_directory(path.parent)
    return sha256


def read(sha256: str, shelf: str = "documents") -> bytes:
    """The bytes stored under this hash; raises :class:`Damaged` when they are not there or not those."""
    try:
        content = path_of(sha256, shelf).read_bytes()
    except FileNotFoundError as missing:
        raise Damaged(sha256) from missing
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged(sha256)
    return content


def forget(sha256: str) -> None:
    """Take a file from the disk whose rows are gone. For the purge alone; nothing where it is gone already."""
    path_of(sha256).unlink(missing_ok=True)
    if path_of(sha256).parent.is_dir():
        _sync_directory(path_of(sha256).parent)


def _make_directory(directory: Path) -> None:
    """The directory of a hash, its own entry durable too."""
    if directory.is_dir():
        return
    directory.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    directory.mkdir(exist_ok=True, mode=0o700)
    _sync_directory(directory.parent)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

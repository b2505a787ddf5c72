"""HTML to PDF, pure: the same input gives the same bytes; nothing is fetched, nothing is written.

The work is done by :mod:`coaching.documents.engine` in processes of their own, kept warm and reused.
"""

import atexit
import contextlib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import DomainError

from .engine import read_frame, write_frame

FONTS = Path(__file__).parent / "fonts"
CPU_SECONDS = 60
WALL_SECONDS = 90
MEMORY = 2 << 30


class RenderFailed(DomainError):
    """No PDF was made; nothing else has changed."""


class RenderTimeout(RenderFailed):
    """The document took too long to lay out."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF with what is known about it."""

    pdf: bytes
    pages: int
    sha256: str
    asked: tuple[str, ...]  # every address the document tried to fetch; all were refused
    peak_kb: int


@dataclass(frozen=True, slots=True)
class Limits:
    cpu: int = CPU_SECONDS
    seconds: int = WALL_SECONDS
    memory: int = MEMORY


def render_pdf(body: str, *, title: str, language: str, authored_on: date, author: str, css: str, limits=None) -> Rendered:
    """Render ``body`` (HTML made by our templates from cleaned texts) to an archivable, accessible PDF.

    Never inside a transaction: a slow document must not hold the database. Raises :class:`RenderFailed` or
    :class:`RenderTimeout`; the caller has lost nothing.
    """
    _outside_any_transaction()
    limits = limits or Limits()
    job = {
        "html": _page(body, title, language, authored_on, author),
        "css": css,
        "cpu": limits.cpu,
        "seconds": limits.seconds,
        "memory": limits.memory,
    }
    with _engine() as engine:
        head, pdf = engine.ask(job)
    return _result(head, pdf)


def _page(body: str, title: str, language: str, authored_on: date, author: str) -> str:
    """The dates come from the document, never from the clock: equal input, equal bytes."""
    day = authored_on.isoformat()
    return (
        f'<!DOCTYPE html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        f'<meta name="author" content="{escape(author)}">'
        f'<meta name="dcterms.created" content="{day}"><meta name="dcterms.modified" content="{day}">'
        f"</head><body>{body}</body></html>"
    )


def _result(head: dict, pdf: bytes) -> Rendered:
    error = head.get("error")
    if error == "timeout":
        raise RenderTimeout(_("The document took too long to make. Shorten it, or try again. Nothing was lost."))
    if error:
        raise RenderFailed(_("The document could not be made. Try again in a moment. Nothing was lost."))
    return Rendered(pdf, head["pages"], hashlib.sha256(pdf).hexdigest(), tuple(head["asked"]), head["peak_kb"])


def _outside_any_transaction() -> None:
    if connection.in_atomic_block and not getattr(settings, "RENDER_IN_TRANSACTION", False):
        raise RuntimeError("a document was rendered inside a transaction")


class _Engine:
    """One engine process and the conversation with it."""

    def __init__(self):
        self.owner = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603  our own module, no shell
            [sys.executable, "-m", "coaching.documents.engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            env=_environment(),
            close_fds=True,
        )
        if read_frame(self.process.stdout) != b"ready":
            self.end()
            raise RenderFailed(_("The document could not be made. Try again in a moment. Nothing was lost."))

    def ask(self, job: dict) -> tuple[dict, bytes]:
        try:
            write_frame(self.process.stdin, json.dumps(job).encode())
            head, pdf = read_frame(self.process.stdout), read_frame(self.process.stdout)
        except (BrokenPipeError, OSError):
            head = pdf = None
        if head is None or pdf is None:
            self.end()
            return {"error": "killed"}, b""
        return json.loads(head), pdf

    @property
    def alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()


_idle: list[_Engine] = []
_lock = threading.Lock()


@contextlib.contextmanager
def _engine() -> Iterator[_Engine]:
    """An idle engine of this process, or a new one; returned afterwards if it is still alive."""
    engine = None
    with _lock:
        while _idle and engine is None:
            found = _idle.pop()
            engine = found if found.alive else None
    engine = engine or _Engine()
    try:
        yield engine
    finally:
        if engine.alive:
            with _lock:
                _idle.append(engine)


def engine_pids() -> list[int]:
    """Processes kept warm; for measurements and for tests that kill them."""
    return [engine.process.pid for engine in _idle if engine.alive]


@atexit.register
def _end_all() -> None:
    for engine in _idle:
        if engine.owner == os.getpid():
            engine.end()


def _environment() -> dict[str, str]:
    """What the engine may know: where to find Python's own files, and our fonts alone."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR", "DYLD_FALLBACK_LIBRARY_PATH") if name in os.environ}
    return {**kept, "FONTCONFIG_FILE": str(_font_configuration()), "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"}


def _font_configuration() -> Path:
    """Fontconfig sees the bundled fonts and no other, so that a document looks the same on every machine."""
    directory = Path(tempfile.gettempdir()) / f"posture-fonts-{os.getuid()}"
    directory.mkdir(mode=0o700, exist_ok=True)
    path = directory / "fonts.conf"
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(FONTS))}</dir><cachedir>{escape(str(directory / 'cache'))}</cachedir></fontconfig>"
    )
    if not path.exists() or path.read_text() != text:
        fresh = directory / f"fonts.{os.getpid()}.conf"
        fresh.write_text(text)
        fresh.replace(path)
    return path

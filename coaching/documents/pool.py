"""Engines kept warm: processes that render, or judge seals, and share nothing with ours but two pipes.

One engine for each document that is being worked on at the same time, per process of ours. It is started by executing
Python anew, never by forking us: no database connection, lock or secret of ours can come along.
"""

import atexit
import contextlib
import json
import logging
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path

from django.conf import settings

from .forking import read_frame, write_frame

RENDERER, JUDGE = "coaching.documents.engine", "coaching.documents.judge"
FONTS = Path(__file__).parent / "fonts"
GRACE_SECONDS = 3  # for the engine to say that time is up, before it is ended itself
START_SECONDS = 60
KEPT_WARM = 2
HANDED_ON = ("PATH", "HOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR", "DYLD_FALLBACK_LIBRARY_PATH")

log = logging.getLogger(__name__)


class EngineNotStarted(RuntimeError):
    """Python, a library or the fonts could not be loaded; the log says which."""


class Engine:
    """One engine process and the conversation with it."""

    def __init__(self, kind: str):
        self.kind = kind
        self.owner = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603  our own module, named by us
            [sys.executable, "-m", kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=settings.BASE_DIR,
            env=_environment(),
            close_fds=True,
            start_new_session=True,  # Ctrl-C in a terminal lets us finish, and us end it
        )
        said = self._hear(time.monotonic() + START_SECONDS)
        if said != b"ready":
            self.end()
            said = (said or b"no answer").decode(errors="replace")
            log.error("%s did not start: %s", kind, said)
            raise EngineNotStarted(said)

    def ask(self, job: dict, files: Sequence[bytes] = ()) -> tuple[dict, bytes]:
        """The engine's answer; one that does not come in time, or at all, ends the engine."""
        deadline = time.monotonic() + job["seconds"] + GRACE_SECONDS
        head = pdf = None
        with contextlib.suppress(OSError):
            for frame in (json.dumps(job).encode(), *files):
                write_frame(Timed(self.process.stdin, deadline), frame)
            head, pdf = self._hear(deadline), self._hear(deadline)
        if head is None or pdf is None:
            self.end()
            return {"error": "timeout" if time.monotonic() > deadline else "gone"}, b""
        return json.loads(head), pdf

    def _hear(self, deadline: float) -> bytes | None:
        return read_frame(Timed(self.process.stdout, deadline))

    @property
    def alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


class Timed:
    """A pipe read or written up to a moment, and not after it."""

    def __init__(self, pipe, deadline: float):
        self.pipe = pipe
        self.deadline = deadline
        os.set_blocking(pipe.fileno(), False)

    def read(self, length: int) -> bytes:
        """``length`` bytes, or fewer when the other side has gone or time is up."""
        received = bytearray()
        while len(received) < length:
            left = self.deadline - time.monotonic()
            if left <= 0 or not select.select([self.pipe], [], [], left)[0]:
                break
            piece = self.pipe.read(min(length - len(received), 1 << 20))
            if not piece:
                break
            received += piece
        return bytes(received)

    def write(self, body: bytes) -> None:
        """The whole of ``body``; ``TimeoutError`` when the other side does not take it."""
        rest = memoryview(body)
        while rest:
            left = self.deadline - time.monotonic()
            if left <= 0 or not select.select([], [self.pipe], [], left)[1]:
                raise TimeoutError
            rest = rest[self.pipe.write(rest) or 0 :]

    def flush(self) -> None:
        """Nothing waits: the pipe has no buffer on our side."""


_idle: list[Engine] = []
_lock = threading.Lock()


def ask(job: dict, files: Sequence[bytes] = (), *, kind: str = RENDERER) -> tuple[dict, bytes]:
    """Have an idle engine of this process, or a new one, do the job; it is kept afterwards if it is still alive."""
    try:
        engine = _take(kind) or Engine(kind)
    except EngineNotStarted as cause:
        return {"error": "not started", "why": str(cause)}, b""
    try:
        answer = engine.ask(job, files)
    except BaseException:
        engine.end()  # an answer nobody waited for would be taken for that of the next document
        raise
    _give_back(engine)
    return answer


def _take(kind: str) -> Engine | None:
    with _lock:
        while mine := [engine for engine in _idle if engine.kind == kind]:
            _idle.remove(mine[-1])
            if mine[-1].alive:
                return mine[-1]
    return None


def _give_back(engine: Engine) -> None:
    if not engine.alive:
        return
    with _lock:
        if kept := sum(one.kind == engine.kind for one in _idle) < KEPT_WARM:
            _idle.append(engine)
    if not kept:
        engine.end()


def engine_pids(kind: str = RENDERER) -> list[int]:
    """Processes kept warm; for measurements and for tests that kill them."""
    return [engine.process.pid for engine in _idle if engine.kind == kind and engine.alive]


@atexit.register
def _end_all() -> None:
    for engine in _idle:
        if engine.owner == os.getpid():
            engine.end()


def _forget_all() -> None:
    """In a forked process: the engines are its parent's, and the lock may have been held."""
    global _lock
    _lock = threading.Lock()
    _idle.clear()


os.register_at_fork(after_in_child=_forget_all)


def _environment() -> dict[str, str]:
    """What the engine may know: where to find Python's own files, and our fonts alone."""
    handed_on = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    fixed = {"LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0"}  # equal input, equal bytes
    return {**handed_on, **fixed, "FONTCONFIG_FILE": str(_font_configuration())}


def _font_configuration() -> Path:
    """Fontconfig sees the bundled fonts and no other, so that a document looks the same on every machine.

    Kept with the state of the installation: in a directory open to all, somebody else could name the fonts.
    """
    directory = Path(settings.VAR_DIR) / "fonts"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = directory / "fonts.conf"
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(FONTS))}</dir><cachedir>{escape(str(directory / 'cache'))}</cachedir></fontconfig>"
    )
    if not path.exists() or path.read_text() != text:
        fresh = directory / f"fonts.{os.getpid()}.{threading.get_ident()}.conf"
        fresh.write_text(text)
        fresh.replace(path)
    return path

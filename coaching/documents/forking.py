"""A process that does one kind of work for us, each piece of it in a child with limits on time and memory.

Shared by what renders (:mod:`coaching.documents.engine`) and what judges seals (:mod:`coaching.documents.judge`); both
are started by :mod:`coaching.documents.pool`. No Django, no database connection, no setting is within their reach. When
the process ends, so does its child; when the one that started it ends, the pipe closes and so does the process.

Frames on both pipes: four bytes of length, then that many bytes. A request is JSON, followed by one frame for each
file it names under ``files``; an answer is a JSON frame followed by a frame with the file that was made, if any.
"""

import ctypes
import gc
import io
import json
import os
import resource
import select
import signal
import struct
import sys
import time
from collections.abc import Callable

LARGEST_ANSWER = 64 << 20
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl

Work = Callable[[dict], tuple[dict, bytes]]


def read_frame(stream) -> bytes | None:
    """One frame, or None when the other side has gone."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream, body: bytes) -> None:
    stream.write(struct.pack(">I", len(body)) + body)
    stream.flush()


def _child(work: Work, job: dict, out: int, engine: int) -> None:
    """In the forked child: limits first, then the work; every way out is ``_exit``."""
    status = 1
    try:
        _die_with(engine)
        _limit(job)
        with os.fdopen(out, "wb") as stream:
            head, made = _answer(work, job)
            write_frame(stream, json.dumps(head).encode())
            write_frame(stream, made)
        status = 0
    finally:
        os._exit(status)


def _answer(work: Work, job: dict) -> tuple[dict, bytes]:
    try:
        head, made = work(job)
    except Exception as error:
        return {"error": "failed", "why": type(error).__name__}, b""
    return {**head, "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}, made


def _limit(job: dict) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu"], job["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nothing here has a file to write


def _die_with(engine: int) -> None:
    """An engine that is killed must not leave a child computing for nobody."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != engine:  # it died before the line above
            os._exit(1)


def serve_one(work: Work, job: dict) -> tuple[dict, bytes]:
    """Fork, wait with a limit, and tell what came of it."""
    engine = os.getpid()
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        _child(work, job, theirs, engine)
    os.close(theirs)
    received, error = _collect(ours, time.monotonic() + job["seconds"])
    os.close(ours)
    if error:
        os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    if error:
        return {"error": error}, b""
    if status != 0:
        return {"error": _cause(status)}, b""
    return _split(received)


def _cause(status: int) -> str:
    if not os.WIFSIGNALED(status):
        return "failed"
    return "timeout" if os.WTERMSIG(status) == signal.SIGXCPU else "killed"


def _collect(source: int, deadline: float) -> tuple[bytes, str]:
    """What the child said, and why no more was waited for: nothing, "timeout" or "too large"."""
    received = bytearray()
    while len(received) <= LARGEST_ANSWER:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([source], [], [], left)[0]:
            return b"", "timeout"
        piece = os.read(source, 1 << 16)
        if not piece:
            return bytes(received), ""
        received += piece
    return b"", "too large"


def _split(received: bytes) -> tuple[dict, bytes]:
    stream = io.BytesIO(received)
    head, made = read_frame(stream), read_frame(stream)
    if head is None or made is None:
        return {"error": "failed"}, b""
    return json.loads(head), made


def serve(work: Work, warm_up: Callable[[], object]) -> None:
    """Answer requests until the other side closes the pipe. The first frame is "ready", or why it is not."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not fall into the answers
    try:
        warm_up()
    except Exception as error:
        write_frame(answers, f"{type(error).__name__}: {error}".encode())
        return
    gc.freeze()  # what is loaded stays shared with every child
    write_frame(answers, b"ready")
    while (frame := read_frame(requests)) is not None:
        job = json.loads(frame)
        for one in job["files"]:
            one["content"] = read_frame(requests)
        head, made = serve_one(work, job)
        write_frame(answers, json.dumps(head).encode())
        write_frame(answers, made)

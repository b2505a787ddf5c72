"""Serves web and worker until Ctrl-C, and says where and for whom."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"
HOST, PORT = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
EMPTY = bool(os.environ.get("EMPTY"))
ADDRESS = f"http://{'127.0.0.1' if HOST in ('0.0.0.0', '::') else HOST}:{PORT}"
# No access log: addresses hold references.
WEB = (
    PYTHON,
    "-m",
    "gunicorn",
    "coaching.wsgi",
    "-b",
    f"{HOST}:{PORT}",
    "-w",
    "2",
    "--keep-alive",
    "60",
    "--log-level",
    "warning",
)
WORKER = (PYTHON, "manage.py", "worker")


def manage(*words: str) -> None:
    subprocess.run([str(PYTHON), "manage.py", *words], cwd=ROOT, check=True)


def port_is_free() -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except OSError:
            return False
    return True


def answers() -> bool:
    try:
        return urllib.request.urlopen(f"{ADDRESS}/health/", timeout=5).status == 200
    except (urllib.error.URLError, OSError):
        return False


def start() -> list[subprocess.Popen]:
    # The same settings for both: gunicorn alone would take those of a server on the internet.
    environment = {"DJANGO_SETTINGS_MODULE": "coaching.settings.dev", "SITE_URL": ADDRESS, **os.environ}
    return [
        subprocess.Popen([str(part) for part in what], cwd=ROOT, env=environment) for what in (WEB, WORKER)
    ]


def announce() -> None:
    print(f"\nPosture is at {ADDRESS}  (Ctrl-C stops it)", flush=True)
    if HOST not in ("127.0.0.1", "localhost", "::1"):
        print(
            "It is served beyond this machine: whoever reaches it reads the letters of the local mailbox, "
            "invitations and password resets among them. For real people, see docs/operations.md.",
            flush=True,
        )
    if EMPTY:
        print(
            "Open the address: the first page makes your practice, its first coach and its seal.\n",
            flush=True,
        )
    else:
        manage("demo", "--sign-ins")
        print(flush=True)


def until_stopped(running: list[subprocess.Popen]) -> int:
    """Wait for a signal or for one of the two to end; then end both."""
    stopped = False

    def stop(*_signal) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    for _attempt in range(150):
        if stopped or answers() or any(one.poll() is not None for one in running):
            break
        time.sleep(0.2)
    else:
        print(f"Nothing answers at {ADDRESS} after thirty seconds.", file=sys.stderr)
        stopped = True
    if not stopped and all(one.poll() is None for one in running):
        announce()
    while not stopped and all(one.poll() is None for one in running):
        time.sleep(0.3)
    for one in running:
        one.terminate()
    codes = [one.wait(timeout=30) for one in running]
    return 0 if stopped else max(map(abs, codes)) or 1


def main() -> None:
    if not port_is_free():
        sys.exit(f"Port {PORT} on {HOST} is taken: choose another one, for example `make run PORT=8001`.")
    if not EMPTY:
        manage("demo")
    sys.exit(until_stopped(start()))


if __name__ == "__main__":
    main()

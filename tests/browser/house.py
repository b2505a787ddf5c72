"""Opens the house of the browser: its own server, on its own database, served as on the internet but for TLS."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "tests.browser.house_settings"


@dataclass(frozen=True)
class House:
    url: str
    first_url: str  # the installation nobody has set up yet
    paths: dict[str, str]
    sent_to: dict[str, str]  # by page, where a form left open too long is sent
    cookies: dict[str, list[dict]]

    def address(self, page) -> str:
        return (self.first_url if page.persona == "first" else self.url) + self.paths[page.name]


@contextlib.contextmanager
def open_house(kind: str = "world") -> Iterator[House]:
    """A house for as long as the block lasts; nothing of it remains."""
    with tempfile.TemporaryDirectory(prefix="house-") as scratch:
        here = Path(scratch)
        subprocess.run(
            [sys.executable, "-m", "tests.browser.build_house", kind],
            cwd=ROOT,
            env=_environment(here / "house"),
            check=True,
        )
        known = json.loads((here / "house.json").read_text())
        with _served(here / "house") as url, _served(here / "empty") as first_url:
            yield House(url, first_url, **known)


def _environment(var: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "COACHING_KEYS")
    }
    return {**kept, "DJANGO_SETTINGS_MODULE": SETTINGS, "COACHING_VAR": str(var), "OMP_NUM_THREADS": "1"}


@contextlib.contextmanager
def _served(var: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "coaching.wsgi", "-b", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "critical",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=_environment(var))
    url = f"http://localhost:{port}"
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(url: str, server: subprocess.Popen) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        assert server.poll() is None, "the house’s server has ended"
        with contextlib.suppress(urllib.error.URLError, OSError):
            if urllib.request.urlopen(f"{url}/health/", timeout=5).status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the house’s server does not answer")

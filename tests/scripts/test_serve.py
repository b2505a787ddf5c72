"""The first of the two commands, as a newcomer gives it: what `make run` starts does serve."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

# What set-up does, in one process.
PREPARE = """
import django
from django.core.management import call_command
django.setup()
call_command("init_keys", quiet=True)
call_command("migrate", verbosity=0)
call_command("createcachetable")
"""
ROOT = Path(__file__).resolve().parents[2]
OURS = ("DJANGO_SETTINGS_MODULE", "COACHING_KEYS", "DATABASE_URL", "SITE_URL")


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A machine's own environment, with an empty installation that set-up has prepared."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    machine = {
        **kept,
        "COACHING_VAR": str(tmp_path_factory.mktemp("var")),
        "EMPTY": "1",
        "PORT": str(_free_port()),
    }
    subprocess.run(
        [sys.executable, "-c", PREPARE],
        cwd=ROOT,
        env={**machine, "DJANGO_SETTINGS_MODULE": "coaching.settings.dev"},
        check=True,
    )
    return machine


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _serve(environment) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "scripts/serve.py"], cwd=ROOT, env=environment)


def _first_page(port: str, server: subprocess.Popen) -> str:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended before it served"
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError("nothing answered within ninety seconds")


def test_an_empty_installation_serves_its_first_page_and_stops_when_told(environment):
    server = _serve(environment)
    try:
        assert 'name="practice"' in _first_page(environment["PORT"], server)
    finally:
        server.send_signal(signal.SIGTERM)
        code = server.wait(timeout=90)
    assert code == 0


def test_a_port_that_is_taken_is_named_and_nothing_starts(environment):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "scripts/serve.py"],
            cwd=ROOT,
            env={**environment, "PORT": port},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr

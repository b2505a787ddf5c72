"""`make run` without its set-up: the one command a newcomer types, on a state of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
LOST = ("DJANGO_SETTINGS_MODULE", "COACHING_KEYS", "SITE_URL", "ALLOWED_HOSTS", "DATABASE_URL")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def environment(tmp_path):
    """A shell that has heard of nothing, an empty state, and a free port."""
    plain = {name: value for name, value in os.environ.items() if name not in LOST}
    return {**plain, "COACHING_VAR": str(tmp_path), "EMPTY": "1", "PORT": str(free_port())}


@pytest.fixture
def served(environment):
    for command in (["init_keys", "--quiet"], ["migrate", "-v", "0"], ["createcachetable"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    running = subprocess.Popen(
        [sys.executable, "scripts/serve.py"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield running
    if running.poll() is None:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=40)
    running.stdout.close()


def page(environment, path: str = "/"):
    return urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}{path}", timeout=5)


def until_it_answers(running, environment):
    until = time.monotonic() + 40
    while time.monotonic() < until and running.poll() is None:
        try:
            return page(environment)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"nothing was served: {running.stdout.read() if running.poll() is not None else ''}")


def test_serving_needs_no_variable_of_the_shell(served, environment):
    answer = until_it_answers(served, environment)
    assert answer.status == 200
    assert answer.url.endswith("/welcome/")
    assert page(environment, "/mailbox/").status == 200  # a person's machine: letters are read here
    served.send_signal(signal.SIGTERM)
    assert served.wait(timeout=40) == 0


def test_serving_refuses_a_port_that_is_taken(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environment["PORT"])))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "scripts/serve.py"], cwd=ROOT, env=environment, capture_output=True, text=True
        )
    assert done.returncode == 1
    assert "is taken" in done.stderr

"""Refusals to start, and what a server is told of itself."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection

from coaching.settings import sqlite


def _ids(**options) -> set[str]:
    return {found.id for found in run_checks(**options)}


@pytest.mark.django_db
def test_nothing_holds_a_sound_installation_back():
    assert _ids() & {"accounts.E001", "accounts.E002"} == set()


@pytest.mark.django_db
def test_a_write_ahead_log_is_refused_on_a_library_that_can_corrupt_it(monkeypatch):
    if connection.vendor == "postgresql":
        assert "accounts.E002" not in _ids()
        return
    assert connection.cursor().execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    monkeypatch.setattr(sqlite, "SAFE_WAL", (99, 0, 0))
    assert "accounts.E002" in _ids()


@pytest.mark.django_db
def test_a_deployment_hears_whether_the_fourth_ring_holds():
    found = _ids(include_deployment_checks=True)
    assert ("accounts.W001" in found) == (connection.vendor == "sqlite")
    assert "accounts.E003" not in found
    assert "accounts.W001" not in _ids()


def test_the_web_server_does_not_start_without_the_key_and_makes_none(tmp_path):
    environment = {
        **os.environ, "COACHING_VAR": str(tmp_path), "COACHING_KEYS": str(tmp_path / "keys"), "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "coaching.settings.dev",
    }  # fmt: skip
    start = [sys.executable, "-c", "import coaching.wsgi"]
    done = subprocess.run(start, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "deployment key is missing" in done.stderr
    assert not (tmp_path / "keys" / "deployment.key").exists()

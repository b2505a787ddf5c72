"""A stolen disk, a stolen backup, a read mailbox: no professional secret lies there in clear, in any form.

The whole world of the rules is written for good, then what lies on the disk is read as a thief would: the raw files of
the database, its journal of writes, a dump. What is not secret is found there, so that the search is known to see.
"""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from coaching.documents.models import Document
from coaching.kernel.registry import Confidence, rules
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from scripts.postgres import binaries
from tests import world as worlds
from tests.rules import further

pytestmark = pytest.mark.django_db(transaction=True)
DUMP = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).iterdump(), sep='\\n')"
IN_CLEAR = "missions.Objective.title"


class Told(worlds.World):
    """Its words stand nowhere else: on one engine, tests that run beside this one write in the same journal."""

    def plant(self, path: str, *personas: str) -> str:
        # Of letters alone: a long number in a point for supervision would be taken for a telephone's.
        return self.mark(
            path, "iku" + "".join(secrets.choice("bcdfghjkmnpqrtvz") for _ in range(10)), *personas
        )


@pytest.fixture
def written():
    """The world of the rules, committed; the canaries that are secret, and one that is not."""
    w = further.extend(worlds.build(Told(rendered=False)))
    secret = {path for path, rule in rules().items() if rule.confidence == Confidence.SECRET}
    words = {word for word, (path, _personas) in w.canaries.items() if path in secret}
    control = next(word for word, (path, _personas) in w.canaries.items() if path == IN_CLEAR)
    assert {w.canaries[word][0] for word in words} >= {
        "notes.SessionNote.sealed_ref",
        "notes.SharedSummary.sealed_ref",
        "supervision.SupervisionPoint.sealed_ref",
        "handover.HandOver.proposed_ref",
        "handover.HandOver.agreed_ref",
    }
    return words, control


def _owner(*command: str) -> bytes:
    """A command of the engine's own, given by the one who owns the server: row-level security hides nothing from it."""
    where = connection.settings_dict
    address = ["-h", where["HOST"], "-p", str(where["PORT"]), "-U", "owner", "-d", where["NAME"]]
    made = subprocess.run([binaries() / command[0], *address, *command[1:]], capture_output=True, check=True)
    return made.stdout


def _files() -> Iterator[Path]:
    """The files of this very database, and its journal of writes."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        yield from (path for path in name.parent.glob(f"{name.name}*") if path.is_file())
        return
    _owner("psql", "-c", "CHECKPOINT")
    data = Path(_owner("psql", "-Atc", "SHOW data_directory").decode().strip())
    own = (
        _owner("psql", "-Atc", "SELECT oid FROM pg_database WHERE datname = current_database()")
        .decode()
        .strip()
    )
    for folder in (data / "base" / own, data / "pg_wal"):
        yield from (path for path in folder.iterdir() if path.is_file())


def _dump() -> bytes:
    if connection.vendor == "sqlite":
        made = subprocess.run(
            [sys.executable, "-c", DUMP, connection.settings_dict["NAME"]], capture_output=True, check=True
        )
        return made.stdout
    return _owner("pg_dump")


def _found(words: set[str], content: bytes) -> set[str]:
    """As it is, or in the digits that a dump writes bytes in."""
    content = content.lower()
    return {word for word in words if word.encode() in content or word.encode().hex().encode() in content}


def test_no_secret_lies_in_the_files_of_the_database_or_in_its_journal(written):
    words, control = written
    contents = [path.read_bytes() for path in _files()]
    assert any(_found({control}, content) for content in contents)
    for content in contents:
        assert _found(words, content) == set()


def test_no_secret_lies_in_a_dump(written):
    words, control = written
    dump = _dump()
    assert _found({control}, dump)
    assert _found(words, dump) == set()


def test_no_secret_lies_in_a_stored_document_or_beside_the_database(written):
    words, _control = written
    assert Document.unscoped.exists()
    for path in Path(settings.VAR_DIR).rglob("*"):
        if path.is_file():
            assert _found(words, path.read_bytes()) == set(), path.name


def test_no_secret_leaves_in_a_letter(written):
    words, _control = written
    assert Letter.unscoped.filter(kind="notes/summary").exists()
    for letter in Letter.unscoped.all():
        message = open_letter(letter)
        said = " ".join([letter.to, message.subject, message.text, message.html]).encode()
        assert _found(words, said) == set(), letter.kind

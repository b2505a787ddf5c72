"""One act: everything or nothing, and what everybody waits for comes last."""

import re
from pathlib import Path

import pytest
from django.db import OperationalError, transaction

from coaching.kernel import acts, events
from coaching.kernel.acts import act, last, one_act
from coaching.kernel.errors import Invalid, Stale

ROOT = Path(__file__).resolve().parents[2]
# To look, not to write: the engine is told who for the length of one.
ELSEWHERE = {"coaching/kernel/acts.py", "coaching/vault/guard.py"}


@pytest.fixture
def told(monkeypatch):
    heard = []
    monkeypatch.setattr(events, "_recorder", [lambda **said: heard.append((said["chain"], said["kind"]))])
    return heard


def _say(kind, chain="B"):
    events.record(chain=chain, kind=kind, actor="", subject="")


def test_what_is_told_waits_for_the_end_of_the_outermost_act(db, told):
    @act
    def inner():
        _say("inner")

    with one_act():
        inner()
        _say("outer")
        assert told == []
    assert told == [("B", "inner"), ("B", "outer")]


def test_chains_are_taken_in_one_order_whatever_was_done_first(db, told):
    with one_act():
        _say("one", "B")
        _say("two", "A")
        _say("three", "B")
    assert told == [("A", "two"), ("B", "one"), ("B", "three")]


def test_a_part_that_fell_is_not_told(db, told):
    with one_act():
        _say("kept")
        with pytest.raises(Invalid), one_act():
            _say("taken back")
            raise Invalid("no")
        _say("after")
    assert told == [("B", "kept"), ("B", "after")]


def test_nothing_is_told_of_an_act_that_fell_nor_by_the_next_one(db, told):
    with pytest.raises(Invalid), one_act():
        _say("taken back")
        raise Invalid("no")
    with one_act():
        _say("next")
    assert told == [("B", "next")]


def test_it_is_told_in_the_transaction_of_the_act(db, told, monkeypatch):
    inside = []
    with one_act():
        last("B", lambda: inside.append(transaction.get_connection().in_atomic_block))
    assert inside == [True]


def test_outside_an_act_it_is_told_at_once(db, told):
    _say("now")
    assert told == [("B", "now")]


class _Ended(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


def _ended_by_the_engine(sqlstate):
    with one_act():
        raise OperationalError("ended") from _Ended(sqlstate)


def test_an_act_ended_in_favour_of_another_is_refused_in_words(db):
    with pytest.raises(Stale):
        _ended_by_the_engine(acts.DEADLOCK)


def test_another_failure_of_the_engine_is_not_hidden(db):
    with pytest.raises(OperationalError):
        _ended_by_the_engine("53100")  # its disk is full


def test_nothing_but_an_act_opens_a_transaction_to_write():
    found = {
        str(path.relative_to(ROOT))
        for room in ("coaching", "contracts", "ethics")
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"\batomic\(|@(transaction\.)?atomic\b|ATOMIC_REQUESTS", path.read_text())
    }
    assert found == ELSEWHERE

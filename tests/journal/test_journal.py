"""The journal: what is written cannot be rewritten unseen."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from coaching.journal.models import Event, Head
from coaching.journal.services import record, verify
from tests.conftest import rewritable

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    for number in range(6):
        record(
            chain="P-1",
            kind="mission.begin",
            actor="U-1",
            subject=f"M-{number}",
            mission=f"M-{number}",
            data={"n": number},
        )
    record(chain="P-2", kind="mission.begin", actor="U-2", subject="M-9")
    return "P-1"


def _sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_journal_left_alone_is_whole(chain):
    assert list(verify()) == []
    call_command("verify_journal")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET actor = 'U-3' WHERE number = 3",
        "DELETE FROM journal_event WHERE number = 3",
        "DELETE FROM journal_event",
        "UPDATE journal_event SET digest = 'x'",
    ],
)
def test_the_engine_refuses_to_change_or_remove_an_event(chain, statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        _sql(statement)
    assert list(verify()) == []


def test_the_engine_refuses_to_replace_an_event(chain):
    event = Event.unscoped.get(chain=chain, number=3)
    columns = "id, ref, chain, number, at, kind, actor, subject, mission, data, previous, digest"
    copied = columns.replace("actor", "'U-3'")
    statement = {
        "sqlite": f"INSERT OR REPLACE INTO journal_event ({columns}) SELECT {copied} FROM journal_event WHERE id = %s",
        "postgresql": f"INSERT INTO journal_event ({columns}) SELECT {copied} FROM journal_event WHERE id = %s"
        " ON CONFLICT (id) DO UPDATE SET actor = excluded.actor",
    }[connection.vendor]
    with pytest.raises(IntegrityError), transaction.atomic():
        _sql(statement, event.pk)


def test_a_truncate_is_refused_where_there_is_one(chain):
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic():
            _sql("TRUNCATE journal_event")
    assert Event.unscoped.count() == 7


TAMPER = {
    "changed": "UPDATE journal_event SET actor = 'U-3' WHERE chain = 'P-1' AND number = 3",
    "re-dated": "UPDATE journal_event SET kind = 'mission.refuse' WHERE chain = 'P-1' AND number = 6",
    "removed": "DELETE FROM journal_event WHERE chain = 'P-1' AND number = 3",
    "cut": "DELETE FROM journal_event WHERE chain = 'P-1' AND number = 6",
    "emptied": "DELETE FROM journal_event WHERE chain = 'P-1'",
    "moved": "UPDATE journal_event SET chain = 'P-3' WHERE chain = 'P-2'",
    "renumbered": "UPDATE journal_event SET number = number + 100 WHERE chain = 'P-1'",
    "beheaded": "DELETE FROM journal_head WHERE chain = 'P-1'",
    "another head": "UPDATE journal_head SET number = 5 WHERE chain = 'P-1'",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", sorted(TAMPER))
def test_a_rewrite_by_somebody_who_lifted_the_guards_is_found(chain, how, capsys):
    with rewritable():
        _sql(TAMPER[how])
    assert list(verify()) != []
    with pytest.raises(CommandError):
        call_command("verify_journal")
    assert capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_two_events_swapped_are_found(chain):
    with rewritable():
        _sql("UPDATE journal_event SET number = 100 WHERE chain = 'P-1' AND number = 2")
        _sql("UPDATE journal_event SET number = 2 WHERE chain = 'P-1' AND number = 3")
        _sql("UPDATE journal_event SET number = 3 WHERE chain = 'P-1' AND number = 100")
    assert {fault.number for fault in verify()} >= {2, 3}


@pytest.mark.django_db(transaction=True)
def test_an_event_slipped_in_is_found(chain):
    last = Event.unscoped.get(chain=chain, number=6)
    Event.unscoped.create(
        chain=chain,
        number=7,
        at=last.at,
        kind="x",
        actor="U-1",
        subject="s",
        data={},
        previous=last.digest,
        digest="0" * 64,
    )
    assert [fault.what for fault in verify()] == ["changed", "cut or prolonged"]


@pytest.mark.django_db(transaction=True)
def test_the_verifier_misses_its_guards_when_they_are_gone(chain):
    from coaching.journal import triggers

    with connection.schema_editor() as editor:
        triggers._backwards(editor, "journal_event")
    try:
        assert "guard missing: journal_event_no_update" in {fault.what for fault in verify()}
    finally:
        with connection.schema_editor() as editor:
            triggers._forwards(editor, "journal_event")


def test_an_event_falls_with_the_act_it_records(chain):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(chain=chain, kind="mission.begin", actor="U-1", subject="M-7")
        raise RuntimeError
    assert Head.unscoped.get(chain=chain).number == 6
    assert list(verify()) == []


def test_each_practice_has_a_chain_of_its_own(chain):
    assert list(verify("P-2")) == []
    assert Event.unscoped.get(chain="P-2").number == 1

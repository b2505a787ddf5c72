"""Earlier hours: nothing is kept before its coach has said so, nothing twice, and all of a file leaves as it came."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coaching.jobs.models import Job
from coaching.jobs.services import run_due
from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.vault import keyring
from coaching.vault.errors import Locked
from coaching.vault.guard import looking
from coaching.vault.models import SealedText
from ethics.hours import access, waiting
from ethics.hours.enums import ImportState
from ethics.hours.models import HoursImport, ImportPart, LogPart
from ethics.hours.services import importing, receiving
from tests.hours.helpers import FRENCH, TWO, imported, sent

pytestmark = pytest.mark.django_db


def lines(world):
    return access.log_of(world.coach).lines


def test_nothing_of_a_file_counts_before_it_is_confirmed(world):
    row = sent(world)
    assert (row.state, row.line_count, row.good_count) == (ImportState.READ, 2, 2)
    assert lines(world) == ()
    importing.keep(world.coach, row)
    first, second = lines(world)
    assert (first.client, first.paid, first.group) == ("Anne Roux", 630, 1)
    assert (second.client, second.paid, second.pro_bono, second.group) == ("Bruno Sel", 180, 90, 6)


def test_hours_and_clients_of_a_file_are_counted(world):
    imported(world)
    totals = access.log_of(world.coach).totals
    assert (totals.paid, totals.pro_bono, totals.clients) == (810, 90, 7)


def test_the_same_file_twice_adds_nothing_twice(world):
    imported(world)
    with pytest.raises(NotAllowedNow):
        imported(world)
    assert len(lines(world)) == 2


def test_of_a_file_that_has_grown_the_new_lines_alone_are_added(world):
    imported(world)
    grown = imported(world, TWO + "Carla Vif;;;;05/05/2024;;2;\n")
    assert grown.kept_count == 1
    assert len(lines(world)) == 3


def test_an_import_is_taken_back_as_a_whole_and_its_texts_are_erased(world):
    row, other = imported(world), imported(world, f"{FRENCH}\nCarla Vif;;;;05/05/2024;;2;\n")
    importing.take_back(world.coach, row)
    assert [line.client for line in lines(world)] == ["Carla Vif"]
    assert LogPart.unscoped.filter(source=row).count() == 0
    with looking(world.users["coach"].pk):
        assert SealedText.unscoped.filter(place="hours.LogPart.sealed_ref").count() == 1
    importing.take_back(world.coach, other)
    assert imported(world).kept_count == 2  # and may come again


@pytest.mark.parametrize("act", [importing.keep, importing.take_back])
def test_what_was_taken_back_is_neither_kept_nor_taken_back_again(world, act):
    row = importing.take_back(world.coach, imported(world))
    with pytest.raises(NotAllowedNow):
        act(world.coach, row)


def test_of_a_file_that_is_not_kept_nothing_stays(world):
    row = receiving.discard(world.coach, sent(world))
    assert row.state == ImportState.DISCARDED
    assert not ImportPart.unscoped.filter(source=row).exists()
    with pytest.raises(NotAllowedNow):
        importing.keep(world.coach, row)


def test_the_file_itself_is_gone_once_it_was_read(world):
    row = sent(world)
    assert waiting.file_of(row) is None


@pytest.mark.parametrize(
    ("persona", "portal"),
    [("colleague", Portal.COACH), ("coach", Portal.PRACTICE), ("coachee", Portal.COACHEE), ("sponsor", Portal.ORGANISATION)],
)  # fmt: skip
def test_nobody_but_its_coach_decides_on_a_file(world, persona, portal):
    viewer, row, kept = (
        world.viewer(persona, portal),
        sent(world, TWO + "Z;;;;05/05/2024;;1;\n"),
        imported(world),
    )
    for act, one in ((importing.keep, row), (importing.take_back, kept), (receiving.discard, row)):
        with pytest.raises(NotAllowedNow):
            act(viewer, one)
    assert not access.imports_for(viewer).exists()


@pytest.mark.parametrize("portal", [Portal.COACHEE, Portal.ORGANISATION, Portal.PRACTICE, Portal.RECOURSE])
def test_only_a_coach_sends_a_file(world, portal):
    with pytest.raises(NotAllowedNow):
        receiving.receive(world.viewer("coach", portal), TWO.encode())


@pytest.mark.parametrize("content", [b"", b"x" * (8 * 1024 * 1024 + 1)])
def test_a_file_without_a_word_or_far_too_large_is_refused_beside_its_field(world, content):
    with pytest.raises(Invalid) as refusal:
        receiving.receive(world.coach, content)
    assert refusal.value.field == "file"
    assert not HoursImport.unscoped.exists()


def test_a_file_that_is_no_table_says_why_and_keeps_nothing(world):
    row = sent(world, b"%PDF-1.7")
    assert (row.state, row.problem) == (ImportState.UNREADABLE, "not_a_table")
    assert lines(world) == ()


def test_names_lie_nowhere_in_clear(world):
    imported(world, f"{FRENCH}\nGwendoline;;;;05/05/2024;;1;\n")
    sent(world, f"{FRENCH}\nBarnabé;;;;06/05/2024;;1;\n")
    receiving.receive(world.coach, f"{FRENCH}\nPhiléas;;;;07/05/2024;;1;\n".encode())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            said = repr(
                [
                    [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]
                    for row in cursor.fetchall()
                ]
            )
            for name in ("Gwendoline", "Barnab", "Phil\\xc3\\xa9as"):
                assert name not in said, table


def test_a_key_that_is_closed_shows_and_adds_nothing(world):
    row = sent(world)
    imported(world, f"{FRENCH}\nZ;;;;05/05/2024;;1;\n")
    for ask in (
        lambda: access.log_of(world.coach),
        lambda: importing.keep(world.coach, row),
        lambda: waiting.preview_of(row),
    ):
        with keyring.opened(), pytest.raises(Locked):
            ask()


def test_columns_that_are_not_known_are_named_once_and_the_file_is_read(world):
    row = sent(world, "Qui;Quand;Combien\nZoé;01/01/2024;2\n")
    assert row.state == ImportState.COLUMNS
    receiving.name_columns(world.coach, row, {"client": 0, "start": 1, "paid": 2}, headless=False)
    row = receiving.read_if_short(world.coach, access.get_import(world.coach, row.ref))
    assert (row.state, row.good_count) == (ImportState.READ, 1)


def test_a_file_without_headings_is_read_from_its_first_line(world):
    row = sent(world, "Zoé;01/01/2024;2\nLuc;01/02/2024;3\n")
    receiving.name_columns(world.coach, row, {"client": 0, "start": 1, "paid": 2}, headless=True)
    row = receiving.read_if_short(world.coach, access.get_import(world.coach, row.ref))
    assert row.good_count == 2


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({}, "client"), ({"client": 0, "paid": 2}, "start"), ({"client": 0, "start": 1}, "paid"),
        ({"client": 0, "start": 0, "paid": 2}, "start"),
    ],
)  # fmt: skip
def test_columns_that_are_missing_or_named_twice_are_refused(world, columns, field):
    row = sent(world, "Qui;Quand;Combien\nZoé;01/01/2024;2\n")
    with pytest.raises(Invalid) as refusal:
        receiving.name_columns(world.coach, row, columns, headless=False)
    assert refusal.value.field == field


def long_file(count: int = 50_000) -> bytes:
    text = "\n".join(f"Client {n};;;;{n % 28 + 1:02}/01/2020;31/12/2023;{n % 90 + 1};" for n in range(count))
    return f"{FRENCH}\n{text}\n".encode()


def test_a_long_file_is_read_by_the_worker_and_may_be_left(world):
    row = sent(world, long_file())
    assert row.state == ImportState.RECEIVED
    with keyring.opened():  # nobody's key is open where the worker runs
        assert run_due() >= 1
    row = HoursImport.unscoped.select_related("coach").get(pk=row.pk)
    assert (row.state, row.line_count, row.good_count) == (ImportState.READ, 50_000, 50_000)
    assert Job.unscoped.get(kind=receiving.JOB, subject=row.ref).state == "done"


def test_a_file_discarded_while_it_waited_is_not_read(world):
    row = sent(world, long_file(5_000))
    receiving.discard(world.coach, row)
    run_due()
    row.refresh_from_db()
    assert row.state == ImportState.DISCARDED
    assert not ImportPart.unscoped.filter(source=row).exists()


def test_fifty_thousand_lines_are_in_the_log_in_a_few_questions(world, django_assert_max_num_queries):
    row = sent(world, long_file())
    run_due()
    kept = importing.keep(world.coach, access.get_import(world.coach, row.ref))
    assert kept.kept_count == 50_000
    with django_assert_max_num_queries(16):
        assert len(lines(world)) == 50_000


def test_what_nobody_has_confirmed_in_seven_days_is_not_kept(world):
    old, fresh, kept = sent(world), sent(world, TWO + "Z;;;;05/05/2024;;1;\n"), imported(world)
    HoursImport.unscoped.filter(pk__in=[old.pk, kept.pk]).update(
        received_at=timezone.now() - timedelta(days=8)
    )
    receiving.forget_job(None)
    states = [HoursImport.unscoped.get(pk=one.pk).state for one in (old, fresh, kept)]
    assert states == [ImportState.DISCARDED, ImportState.READ, ImportState.KEPT]


def test_a_file_is_told_in_a_chain_of_its_coachs_own_in_codes_alone(world):
    importing.take_back(world.coach, imported(world))
    told = Event.unscoped.filter(kind__startswith="hours_import.").order_by("number")
    assert [one.kind.partition(".")[2] for one in told] == ["receive", "read", "keep", "take_back"]
    assert {one.chain for one in told} == {world.users["coach"].ref}
    assert "Roux" not in repr([one.data for one in told])


def test_a_part_is_there_once_and_a_state_is_one_of_those_known(world):
    row = imported(world)
    part = LogPart.unscoped.get(source=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        LogPart.unscoped.create(source=row, number=part.number, sealed_ref="X")
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursImport.unscoped.filter(pk=row.pk).update(state="lost")

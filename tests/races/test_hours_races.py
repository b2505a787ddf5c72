"""The same lines of earlier hours confirmed in two windows at once: they are in the log once. Without its guard, twice."""

import pytest

from coaching.kernel.errors import NotAllowedNow, Stale
from ethics.hours import access
from ethics.hours.services import importing
from tests.hours.helpers import sent

pytestmark = pytest.mark.django_db(transaction=True)


def _windows(small, *rows):
    return [lambda row=row: importing.keep(small.coach, row) for row in rows]


def test_two_files_of_the_same_lines_confirmed_at_once_add_them_once(small, together):
    answers = together(*_windows(small, sent(small), sent(small)))
    assert sorted(type(one).__name__ for one in answers) == ["HoursImport", "NotAllowedNow"]
    assert len(access.log_of(small.coach).lines) == 2


def test_they_are_added_twice_when_the_two_do_not_wait_for_each_other(
    small, together, meet, monkeypatch, postgres
):
    """The hold taken away: on the engine that lets both through, each finds a log without the other's lines."""
    look = importing.fresh_of

    def slowly(*args):
        found = look(*args)
        meet()
        return found

    monkeypatch.setattr(importing, "hold", lambda row: row)
    monkeypatch.setattr(importing, "fresh_of", slowly)
    together(*_windows(small, sent(small), sent(small)))
    assert len(access.log_of(small.coach).lines) == (4 if postgres else 2)


def test_one_file_confirmed_in_two_windows_at_once_is_kept_once(small, together):
    row = sent(small)
    answers = together(*_windows(small, row, row))
    assert sum(isinstance(one, NotAllowedNow | Stale) for one in answers) == 1
    assert len(access.log_of(small.coach).lines) == 2


def test_a_file_kept_and_discarded_at_once_is_one_or_the_other(small, together):
    from ethics.hours.services import receiving

    row = sent(small)
    answers = together(*_windows(small, row), lambda: receiving.discard(small.coach, row))
    assert sum(isinstance(one, NotAllowedNow | Stale) for one in answers) == 1
    row.refresh_from_db()
    assert len(access.log_of(small.coach).lines) == (2 if row.state == "kept" else 0)

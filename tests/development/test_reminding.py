"""Letters about what expires and about a year that ends short: each written once, to the coach alone, without a word of it."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.accounts.models import Membership, Practice, User
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from ethics.development import letters
from ethics.development.models import Notice, Qualification
from ethics.development.services import remove_qualification
from ethics.development.services.reminding import remind_due
from tests.development.helpers import activity, qualification

EXPIRES = date(2027, 6, 30)
SUMMER = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def quiet(world, db):
    """No year is short here, unless a test says so."""
    Practice.unscoped.update(development_hours=0)
    Membership.unscoped.update(joined_at=_at(date(2024, 1, 1)))
    Letter.unscoped.all().delete()


def _at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone())


def _on(day: date, hour: int = 9) -> int:
    return remind_due(_at(day, hour))


def _kinds() -> list[str]:
    return list(
        Letter.unscoped.filter(kind__startswith="development/").order_by("pk").values_list("kind", flat=True)
    )


@pytest.fixture
def row(world):
    return qualification(world, title="Un secret", expires_on=EXPIRES)


def test_a_letter_goes_sixty_and_fourteen_days_before_and_once_after(row):
    for before in range(70, -70, -1):
        _on(EXPIRES - timedelta(days=before))
    assert _kinds() == ["development/expires", "development/expires", "development/expired"]
    days = Notice.unscoped.order_by("pk").values_list("step", flat=True)
    assert list(days) == ["long", "short", "after"]


@pytest.mark.parametrize(
    ("before", "expected"), [(61, 0), (60, 1), (15, 1), (14, 1), (0, 1), (-1, 1), (-60, 1), (-61, 0)]
)
def test_the_first_look_writes_one_letter_however_late_it_is(row, before, expected):
    assert _on(EXPIRES - timedelta(days=before)) == expected
    assert _on(EXPIRES - timedelta(days=before)) == 0


def test_nobody_is_woken(row):
    assert _on(EXPIRES, hour=6) == 0
    assert _on(EXPIRES, hour=7) == 1


def test_it_goes_to_the_coach_and_names_nothing(world, row):
    _on(EXPIRES)
    letter = Letter.unscoped.get(kind="development/expires")
    message = open_letter(letter)
    assert letter.to == world.users["coach"].email
    assert "Un secret" not in message.text + message.subject
    assert "30\u00a0juin 2027" in message.text
    assert reverse("coach_qualification", args=[row.ref]) in message.text


def test_another_date_is_another_letter(row):
    _on(EXPIRES)
    Qualification.unscoped.filter(pk=row.pk).update(expires_on=EXPIRES + timedelta(days=365))
    assert _on(EXPIRES) == 0
    assert _on(EXPIRES + timedelta(days=360)) == 1


def test_nothing_goes_for_what_is_removed_or_whose_coach_has_left(world, row):
    gone = qualification(world, expires_on=EXPIRES)
    remove_qualification(world.coach, gone)
    Membership.unscoped.filter(user=world.users["coach"]).update(is_coach=False, is_administrator=True)
    assert _on(EXPIRES) == 0
    Membership.unscoped.filter(user=world.users["coach"]).update(is_coach=True)
    User.objects.filter(pk=world.users["coach"].pk).update(is_active=False)
    assert _on(EXPIRES) == 0
    User.objects.filter(pk=world.users["coach"].pk).update(is_active=True)
    assert _on(EXPIRES) == 1


def test_a_worker_that_dies_in_between_has_written_neither_row_nor_letter(row, monkeypatch):
    def die(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(letters, "expires", die)
    with pytest.raises(KeyboardInterrupt):
        _on(EXPIRES)
    monkeypatch.undo()
    assert not Notice.unscoped.exists()
    assert _on(EXPIRES) == 1


def _short(hours: int) -> None:
    Practice.unscoped.update(development_hours=hours)


def test_a_year_that_is_ending_short_is_said_once_and_once_more_when_it_has_ended(world):
    _short(16)
    coach = world.users["coach"]
    activity(world, held_on=date(2026, 2, 1), quarters=26)
    assert _on(date(2026, 11, 14)) == 0
    _on(date(2026, 11, 15))
    _on(date(2026, 12, 31))
    _on(date(2027, 1, 1))
    _on(date(2027, 1, 31))
    mine = Letter.unscoped.filter(to=coach.email).order_by("pk")
    assert [one.kind for one in mine] == ["development/year_ending", "development/year_ended"]
    said = open_letter(mine[0]).text
    assert "6,5\u00a0h" in said
    assert "16\u00a0h" in said
    assert _on(date(2027, 2, 1)) == 0


def test_a_target_that_is_reached_needs_no_letter(world):
    _short(16)
    activity(world, held_on=date(2026, 2, 1), quarters=24)
    qualification(world, obtained_on=date(2026, 3, 1), hours=10)
    _on(date(2026, 12, 1))
    assert not Letter.unscoped.filter(to=world.users["coach"].email).exists()


def test_a_quarter_of_an_hour_short_is_short(world):
    _short(16)
    activity(world, held_on=date(2026, 2, 1), quarters=63)
    _on(date(2026, 12, 1))
    assert Letter.unscoped.filter(to=world.users["coach"].email).count() == 1


def test_who_joined_in_autumn_is_left_in_peace(world):
    _short(16)
    Membership.unscoped.update(joined_at=_at(date(2026, 10, 2)))
    assert _on(date(2026, 12, 1)) == 0


def test_no_year_is_looked_at_in_summer(world):
    _short(16)
    assert _on(SUMMER) == 0


def test_administrators_who_do_not_coach_hear_nothing(world):
    _short(16)
    _on(date(2026, 12, 1))
    assert not Letter.unscoped.filter(to=world.users["administrator"].email).exists()


def test_what_expires_stands_on_the_first_page_and_on_the_file(world, browse):
    soon = timezone.localdate() + timedelta(days=30)
    qualification(world, title="Bientôt fini", expires_on=soon)
    qualification(world, title="Plus tard", expires_on=soon + timedelta(days=90))
    assert "Bientôt fini" in browse("coach").get(reverse("coach_home")).content.decode()
    assert "Plus tard" not in browse("coach").get(reverse("coach_home")).content.decode()
    page = browse("coach").get(reverse("coach_qualifications")).content.decode()
    assert "À renouveler" in page

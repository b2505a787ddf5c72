"""Proofs, sheets and reminders at the same instant. Without its guard, the race that is one happens."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from coaching.documents.files import cleaned
from coaching.kernel.errors import DomainError
from coaching.kernel.viewer import Portal
from coaching.missions.services import life
from coaching.outbox.models import Letter
from ethics.development.models import Notice, Proof, PublicSheet, Qualification, ShownSheet
from ethics.development.services import proofs, remove_qualification, save_qualification, sheets
from ethics.development.services.reminding import remind_due
from tests import stand_ins
from tests.rules.competence import picture

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {"title": "T", "body": "B", "obtained_on": date(2020, 1, 1), "hours": None, "expires_on": None}


@pytest.fixture
def row(small):
    return save_qualification(small.coach, None, SAID)


@pytest.fixture
def file():
    return cleaned(picture())


def _live() -> int:
    return Proof.unscoped.filter(removed_at=None).count()


def test_of_two_files_put_at_once_one_stands(small, together, row, file):
    answers = together(*[lambda: proofs.put_proof(small.coach, file, qualification=row)] * 4)
    assert _live() == 1
    assert all(isinstance(one, Proof | DomainError) for one in answers), answers


def test_no_file_is_left_on_a_qualification_removed_at_the_same_instant(small, together, row, file):
    together(
        lambda: proofs.put_proof(small.coach, file, qualification=row),
        lambda: remove_qualification(small.coach, row),
    )
    assert Qualification.unscoped.get().removed_at is not None
    assert _live() == 0


def test_one_is_left_when_what_it_proves_is_not_held(small, together, meet, monkeypatch, postgres, row, file):
    kept = proofs.keep

    def after_looking(*args, **options):
        meet()  # it has seen that the qualification is there
        address = kept(*args, **options)
        meet()  # and writes once the other has looked for files
        return address

    dropped = proofs._remove

    def removing(rows):
        meet()
        count = dropped(rows)
        meet()
        return count

    monkeypatch.setattr(proofs, "hold", lambda one: type(one).unscoped.get(pk=one.pk))
    monkeypatch.setattr(proofs, "keep", after_looking)
    monkeypatch.setattr(
        "ethics.development.services.qualifications.drop_proofs",
        lambda _v, **of: removing(Proof.unscoped.filter(removed_at=None, **of)),
    )
    together(
        lambda: proofs.put_proof(small.coach, file, qualification=row),
        lambda: remove_qualification(small.coach, row),
    )
    assert _live() == (1 if postgres else 0)


def test_a_correction_does_not_bring_back_what_was_removed(small, together, row):
    together(
        lambda: save_qualification(small.coach, row, {**SAID, "title": "Autre"}),
        lambda: remove_qualification(small.coach, row),
    )
    assert Qualification.unscoped.get().removed_at is not None


def test_eight_clicks_on_one_sheet_show_it_once(small, together, row):
    mission = life.begin(small.coach, title="M", organisation=small.organisation)
    client = small.viewer("sponsor", Portal.ORGANISATION)

    def ask():
        return stand_ins.ask(
            client, sheets.Table(small.practice, small.users["coach"], mission.ref, "S"), "fr"
        )

    answers = together(*[ask] * 8)
    assert ShownSheet.unscoped.count() == 1
    assert {one.ref for one in answers} == {ShownSheet.unscoped.get().ref}


def test_a_sheet_is_published_once(small, together):
    answers = together(*[lambda: sheets.publish(small.coach)] * 4)
    assert PublicSheet.unscoped.count() == 1
    assert sum(isinstance(one, DomainError) for one in answers) == 3


def test_two_workers_write_one_letter(small, together):
    today = timezone.localtime().replace(hour=12)
    save_qualification(small.coach, None, {**SAID, "expires_on": today.date() + timedelta(days=10)})
    answers = together(*[lambda: remind_due(today)] * 4)
    assert not [one for one in answers if isinstance(one, OperationalError)]
    assert Notice.unscoped.filter(step="short").count() == 1
    assert Letter.unscoped.filter(kind="development/expires").count() == 1

"""What has been kept long enough goes: what is due, in batches the journal tells of, and nothing else."""

import hashlib

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from coaching.documents import store
from coaching.documents.models import Document
from coaching.journal import triggers
from coaching.journal.models import Event
from coaching.journal.services import lifting, verify
from coaching.kernel.acts import one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.notes.models import SessionNote
from coaching.outbox.models import Letter
from coaching.personal.due import preview
from coaching.personal.enums import Kind
from coaching.personal.graph import rows_of
from coaching.personal.guards import PURGEABLE
from coaching.personal.models import DoomedFile, Purged
from coaching.personal.retention import RULES, all_months, cutoff, months_after
from coaching.personal.services import keeping, purging
from contracts.models import SealedContract
from tests.decisions.helpers import decide
from tests.notes.helpers import note_of
from tests.personal.helpers import end, open_compartments
from tests.sessions.helpers import active, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked(world) -> Mission:
    """A mission with a session, a note, a decision, under a sealed contract."""
    mission = active(world)
    plan(world, mission)
    note_of(world, mission, "Une hypothèse.")
    decide(world, mission, "Je délègue.")
    hashes = set(Document.unscoped.values_list("sha256", flat=True))
    kept = [store.read(sha256) for sha256 in hashes if store.path_of(sha256).exists()]
    yield mission
    for content in kept:  # what a test takes back in the database does not come back to the disk by itself
        store.write_once(content)


def _count(world, kind) -> int:
    return next(line.count for line in preview(world.practice) if line.kind == kind)


def test_nothing_goes_before_its_time(world, worked):
    end(worked, months=11)
    assert purging.purge() == {}
    assert SessionNote.unscoped.filter(mission=worked).exists()


def test_notes_go_a_year_after_the_end_and_the_rest_stays(world, worked):
    end(worked, months=13)
    assert _count(world, Kind.NOTES) == 1
    assert purging.purge() == {"notes": 1}
    assert not SessionNote.unscoped.filter(mission=worked).exists()
    assert open_compartments(world, worked, "coach") == 0
    assert open_compartments(world, worked, "coachee") == 1
    assert _count(world, Kind.NOTES) == 0
    assert purging.purge() == {}


def test_after_five_years_every_row_of_the_mission_goes_and_its_files_with_them(world, worked):
    sealed = SealedContract.unscoped.get(contract__mission=worked)
    sha256, document = sealed.document.sha256, sealed.document_id
    end(worked, months=62)
    done = purging.purge()
    assert done["missions"] == 1
    assert not Mission.unscoped.filter(pk=worked.pk).exists()
    assert not Document.unscoped.filter(pk=document).exists()
    assert not store.path_of(sha256).exists()
    assert not DoomedFile.unscoped.exists()
    assert open_compartments(world, worked) == 0


def test_the_journal_stays_whole_and_says_what_went_in_numbers_and_digests(world, worked):
    told_before = Event.unscoped.filter(mission=worked.ref).count()
    end(worked, months=62)
    purging.purge()
    assert Event.unscoped.filter(mission=worked.ref).count() == told_before
    event = Event.unscoped.get(kind="purge.batch", data__class="missions")
    assert event.data["count"] == 1
    assert event.data["files"] >= 1
    assert event.data["digest"] == hashlib.sha256(worked.ref.encode()).hexdigest()
    assert list(verify()) == []


def test_a_mission_in_dispute_is_left_alone_until_the_hold_is_lifted(world, worked):
    end(worked, months=62)
    keeping.place_hold(world.coach, worked, "Une action est engagée.")
    assert purging.purge() == {}
    assert Mission.unscoped.filter(pk=worked.pk).exists()
    keeping.lift_hold(world.coach, worked)
    assert purging.purge()["missions"] == 1


def test_a_hold_is_placed_by_the_missions_coach_with_a_reason_and_once(world, worked):
    with pytest.raises(Invalid):
        keeping.place_hold(world.coach, worked, " ")
    with pytest.raises(NotAllowedNow):
        keeping.place_hold(world.viewer("colleague", Portal.COACH), worked, "Non.")
    keeping.place_hold(world.coach, worked, "Une action est engagée.")
    with pytest.raises(Stale):
        keeping.place_hold(world.coach, worked, "Encore.")


def test_a_file_that_another_document_shares_is_not_taken_from_the_disk(world, worked):
    document = SealedContract.unscoped.get(contract__mission=worked).document
    twin = Document.unscoped.get(pk=document.pk)
    twin.pk, twin.ref = None, "D-TWIN234567"
    twin.save(force_insert=True)
    end(worked, months=62)
    purging.purge()
    assert store.path_of(document.sha256).exists()
    assert not DoomedFile.unscoped.exists()


def test_letters_go_after_a_year_by_reference_alone(world):
    letter = Letter.unscoped.filter(practice_ref=world.practice.ref).first()
    Letter.unscoped.filter(pk=letter.pk).update(state="sent", created_at=cutoff(13))
    assert _count(world, Kind.LETTERS) == 1
    assert purging.purge() == {"letters": 1}
    assert not Letter.unscoped.filter(pk=letter.pk).exists()


def test_what_is_no_longer_a_preset_is_what_the_practice_says(world, worked):
    administrator = world.viewer("administrator", Portal.PRACTICE)
    end(worked, months=7)
    assert keeping.set_months(administrator, world.practice, {"notes": 6}) == ["notes"]
    assert purging.purge() == {"notes": 1}


@pytest.mark.parametrize(
    ("kind", "months"), [("missions", 59), ("missions", 121), ("notes", 0), ("notes", 37), ("exchanges", 61)]
)
def test_a_time_outside_its_bounds_or_longer_than_the_file_is_refused(world, kind, months):
    with pytest.raises(Invalid) as refused:
        keeping.set_months(world.viewer("administrator", Portal.PRACTICE), world.practice, {kind: months})
    assert refused.value.field == kind


def test_a_row_put_there_by_hand_does_not_shorten_what_the_law_asks(world):
    from coaching.personal.models import Retention

    Retention.unscoped.create(practice=world.practice, kind="missions", months=1)
    assert all_months(world.practice.pk)[Kind.MISSIONS] == RULES[Kind.MISSIONS].least


def test_the_preview_takes_nothing_and_names_nobody(world, worked, browse, fingerprint_of):
    end(worked, months=62)
    before = fingerprint_of()
    page = browse("administrator").get(reverse("practice_purge")).content.decode()
    assert fingerprint_of() == before
    assert worked.ref in page
    assert world.people["coachee"].name not in page
    assert worked.title not in page


@pytest.fixture
def fingerprint_of():
    def of():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM missions_mission")
            return cursor.fetchone(), Purged.unscoped.count(), Document.unscoped.count()

    return of


def test_the_preview_asks_the_same_with_one_and_with_three(world, browse):
    from django.test.utils import CaptureQueriesContext

    browser, counted = browse("administrator"), []
    missions = list(Mission.unscoped.filter(practice=world.practice, state="refused")[:1])
    missions += list(Mission.unscoped.filter(practice=world.practice).exclude(state="refused")[:2])
    for some in (missions[:1], missions[1:]):
        rows = Mission.unscoped.filter(pk__in=[one.pk for one in some])
        rows.update(state="refused", refused_at=cutoff(13))
        browser.get(reverse("practice_purge"))
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("practice_purge"))
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_guards_give_way_to_a_purge_alone_and_never_to_a_change(world, worked):
    row = SealedContract.unscoped.get(contract__mission=worked)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        SealedContract.unscoped.filter(pk=row.pk)._raw_delete("default")
    with pytest.raises((IntegrityError, DatabaseError)), one_act(), lifting("purge"):
        SealedContract.unscoped.filter(pk=row.pk).update(evidence="")
    with pytest.raises((IntegrityError, DatabaseError)), one_act(), lifting("purge"):
        Event.unscoped.filter(subject=worked.ref)._raw_delete("default")


def test_a_lifting_left_in_the_database_is_a_fault_of_the_journal(world):
    from coaching.journal.models import Lifting

    Lifting.unscoped.create(purpose="by hand")
    assert [fault.what for fault in verify()] == ["guard missing: journal_lifting"]


def test_every_guarded_table_that_leans_on_a_mission_lets_the_purge_in(world):
    assert set(triggers._guarded) - {"journal_event"} == set(PURGEABLE)
    assert {table: triggers._guarded[table] for table in PURGEABLE} == PURGEABLE


def test_every_table_that_points_to_a_mission_can_be_asked_without_a_viewer():
    found = rows_of(Mission, set())
    assert found == {Mission: set()}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is Mission:
                assert hasattr(model, "unscoped"), model


def test_months_are_counted_as_a_calendar_does():
    from datetime import date

    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert months_after(date(2026, 11, 15), -60) == date(2021, 11, 15)
    assert cutoff(12) < timezone.now()

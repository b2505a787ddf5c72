"""A proof is its coach's: kept sealed, served as what it is, shown to clients only where the coach says so, erased when removed."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from coaching.documents import store
from coaching.documents.files import kept
from coaching.journal.models import Event
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from ethics.development.models import Proof
from ethics.development.services import remove_qualification, save_qualification
from ethics.development.services.activities import remove_activity
from ethics.development.services.proofs import erase_removed, put_proof, remove_proof, share_proof
from tests.development.helpers import activity, file, qualification
from tests.rules.competence import picture


@pytest.fixture
def row(world, db):
    return put_proof(world.coach, file(), qualification=qualification(world))


def _path(row):
    return store.path_of(row.address, "files")


def _client(world, row, portal="coachee"):
    return reverse(f"{portal}_proof", args=[world.mission.ref, row.ref])


def test_its_coach_gets_it_as_what_it_is_and_nothing_opens_it_as_a_page(browse, row):
    answer = browse("coach").get(reverse("coach_proof", args=[row.ref]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "persona", ["colleague", "coach_elsewhere", "administrator", "coachee", "sponsor", "departed"]
)
def test_it_exists_for_nobody_else(browse, row, persona):
    assert browse(persona).get(reverse("coach_proof", args=[row.ref])).status_code == 404


@pytest.mark.parametrize(
    ("persona", "portal"), [("coachee", "coachee"), ("sponsor", "organisation"), ("manager", "organisation")]
)
def test_a_client_opens_it_only_while_the_coach_lets_them(world, browse, row, persona, portal):
    url = _client(world, row, portal)
    sheet = reverse(f"{portal}_coach", args=[world.mission.ref])
    assert browse(persona).get(url).status_code == 404
    assert url not in browse(persona).get(sheet).content.decode()
    share_proof(world.coach, row, shared=True)
    assert browse(persona).get(url).status_code == 200
    assert url in browse(persona).get(sheet).content.decode()
    share_proof(world.coach, row, shared=False)
    assert browse(persona).get(url).status_code == 404


def test_a_shared_proof_stays_closed_to_who_has_no_mission_with_this_coach(world, browse, row):
    share_proof(world.coach, row, shared=True)
    for persona in ("departed", "sponsor_elsewhere", "coach_elsewhere", "recourse"):
        for portal in ("coachee", "organisation"):
            assert browse(persona).get(_client(world, row, portal)).status_code == 404


def test_it_lies_sealed_on_the_disk_and_is_bound_to_its_row(world, row):
    raw = _path(row).read_bytes()
    assert b"PNG" not in raw
    assert kept(row.address, bound_to=row.ref).startswith(b"\x89PNG")
    with pytest.raises(NotAllowedNow):
        kept(row.address, bound_to="PF-2222222222")


def test_bytes_that_were_changed_are_not_shown(browse, row):
    path = _path(row)
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(raw)
    answer = browse("coach").get(reverse("coach_proof", args=[row.ref]))
    assert answer.status_code == 403
    assert "sauvegarde" in answer.content.decode()


def test_another_file_takes_its_place_and_the_worker_erases_the_first(world, row):
    after = put_proof(world.coach, file("JPEG"), qualification=row.qualification)
    row.refresh_from_db()
    assert row.removed_at is not None
    assert erase_removed() == 1
    assert not _path(row).exists()
    assert _path(after).exists()
    assert erase_removed() == 0


def test_the_same_file_sent_twice_is_two_files_and_one_can_be_erased(world, row):
    """Nothing is shared between rows: erasing one never takes another's bytes."""
    other = put_proof(world.coach, file(), activity=activity(world))
    assert other.address != row.address
    remove_proof(world.coach, row)
    erase_removed()
    assert kept(other.address, bound_to=other.ref)


def test_an_erasing_that_was_interrupted_is_done_again(world, row):
    remove_proof(world.coach, row)
    _path(row).unlink()  # the worker died before it had noted it
    assert erase_removed() == 1
    row.refresh_from_db()
    assert row.erased_at is not None


def test_what_it_proves_takes_it_along(world, browse, row):
    of_activity = put_proof(world.coach, file(), activity=activity(world))
    remove_qualification(world.coach, row.qualification)
    remove_activity(world.coach, of_activity.activity)
    for one in (row, of_activity):
        assert browse("coach").get(reverse("coach_proof", args=[one.ref])).status_code == 404
    assert erase_removed() == 2


def test_only_its_coach_puts_shares_or_removes_one(world, row):
    stranger = world.viewer("colleague", Portal.COACH)
    for act in (
        lambda: put_proof(stranger, file(), qualification=row.qualification),
        lambda: share_proof(stranger, row, shared=True),
        lambda: remove_proof(stranger, row),
        lambda: save_qualification(stranger, row.qualification, {"title": "X"}),
        lambda: remove_proof(world.viewer("coach", Portal.PRACTICE), row),
    ):
        with pytest.raises(NotAllowedNow):
            act()


def test_a_file_is_not_removed_twice(world, row):
    remove_proof(world.coach, row)
    with pytest.raises(Stale):
        remove_proof(world.coach, row)
    with pytest.raises(Stale):
        share_proof(world.coach, row, shared=True)


def test_the_proof_of_an_activity_is_never_shown_to_clients(world):
    row = put_proof(world.coach, file(), activity=activity(world), shared=True)
    assert not row.shared
    with pytest.raises(NotAllowedNow):
        share_proof(world.coach, row, shared=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.unscoped.filter(pk=row.pk).update(shared=True)


def test_the_database_keeps_one_live_proof_of_one_thing(world, row):
    values = {
        "practice": row.practice,
        "coach": row.coach,
        "kind": "png",
        "address": "0" * 64,
        "sha256": "0" * 64,
        "size": 1,
        "pages": 1,
    }
    for of in (
        {"qualification": row.qualification},
        {},
        {"qualification": row.qualification, "activity": activity(world)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proof.unscoped.create(**values, **of)


def test_the_journal_says_what_happened_and_no_word(world, row):
    share_proof(world.coach, row, shared=True)
    remove_proof(world.coach, row)
    rows = Event.unscoped.filter(subject=row.ref).order_by("pk")
    assert [one.kind for one in rows] == ["proof.put", "proof.share", "proof.remove"]
    assert rows[0].data == {"sha256": row.sha256, "kind": "png"}


def test_the_coach_removes_it_from_its_page(browse, row):
    url = reverse("coach_proof_remove", args=[row.ref])
    assert "sauvegardes" in browse("coach").get(url).content.decode()
    assert browse("coach").post(url).status_code == 302
    assert browse("coach").post(url).status_code == 404


def test_files_stand_apart_from_documents(row):
    assert _path(row).is_relative_to(settings.VAR_DIR / "files")
    assert not store.path_of(row.address).exists()


def test_a_proof_of_an_activity_has_a_page_of_its_own(world, browse):
    of, browser = activity(world), browse("coach")
    url = reverse("coach_activity_proof", args=[of.ref])
    bad = browser.post(url, {"file": SimpleUploadedFile("a.pdf", b"<html>", content_type="application/pdf")})
    assert bad.status_code == 422
    assert 'id="id_file_error"' in bad.content.decode()
    assert browser.post(url, {}).status_code == 422
    good = browser.post(url, {"file": SimpleUploadedFile("a.txt", picture(), content_type="text/plain")})
    assert good.status_code == 302
    assert Proof.unscoped.get(activity=of).kind == "png"
    assert browse("colleague").get(url).status_code == 404

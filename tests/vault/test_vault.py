"""The one room of secret texts: who opens, and what a moved or altered ciphertext gives."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from coaching.accounts.checks import check_deployment_key
from coaching.kernel import crypto
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import RequestVersion
from coaching.missions.requests_access import SEALED_PLACE
from coaching.vault import access
from coaching.vault.access import open_text
from coaching.vault.enums import Audience
from coaching.vault.guard import looking
from coaching.vault.models import Compartment, Member, SealedText
from coaching.vault.services import seal


@pytest.fixture
def version(world, db):
    return RequestVersion.unscoped.get(
        request__mission=world.mission, request__seat__person=world.people["coachee"]
    )


def _open(viewer, version):
    return open_text(viewer, version.sealed_ref, place=SEALED_PLACE, row=version.ref)


def test_the_coach_and_the_coachee_open_the_request(world, version):
    said = _open(world.coach, version)
    assert said.startswith("iku")
    assert _open(world.viewer("coachee", Portal.COACHEE), version) == said


@pytest.mark.parametrize(
    ("persona", "portal"),
    [
        ("teammate", Portal.COACHEE),
        ("departed", Portal.COACHEE),
        ("sponsor", Portal.ORGANISATION),
        ("manager", Portal.ORGANISATION),
        ("colleague", Portal.COACH),
        ("coach_elsewhere", Portal.COACH),
        ("administrator", Portal.PRACTICE),
        ("coach", Portal.PRACTICE),
        ("coachee", Portal.ORGANISATION),
    ],
)
def test_nobody_else_opens_it_behind_any_portal(world, version, persona, portal):
    with pytest.raises(Http404):
        _open(world.viewer(persona, portal), version)


def test_a_text_does_not_open_for_another_row_or_place(world, version):
    for place, row in ((SEALED_PLACE, "V-2222222222"), ("missions.Other.text", version.ref)):
        with pytest.raises(Http404):
            open_text(world.coach, version.sealed_ref, place=place, row=row)


def test_nobody_seals_in_a_compartment_they_are_not_in(world, db):
    with pytest.raises(NotAllowedNow):
        seal(
            world.viewer("colleague", Portal.COACH), "x", place=SEALED_PLACE, row="V-2222222222", mission_ref=world.mission.ref,
            audience=Audience.COACH_AND_COACHEE, about="S-2", members={world.users["coach"].pk},
        )  # fmt: skip


def test_the_words_stand_nowhere_in_clear_in_the_database(world, version):
    said = _open(world.coach, version).encode()
    with looking(world.users["coach"].pk):
        assert all(said not in bytes(row.ciphertext) for row in SealedText.unscoped.all())


def _key_of(world, text):
    """The right key of its compartment, as its coach holds it."""
    coach = world.users["coach"].pk
    with looking(coach):
        return access.keys_held(coach, text.compartment)[text.generation]


@pytest.mark.parametrize("change", ["flip", "cut", "prolong", "swap"])
def test_an_altered_or_moved_ciphertext_never_opens_as_something_else(world, version, change, monkeypatch):
    with looking(world.users["coach"].pk):
        text = SealedText.unscoped.select_related("compartment").get(ref=version.sealed_ref)
        other = SealedText.unscoped.exclude(pk=text.pk).first()
    key, kept = _key_of(world, text), bytes(text.ciphertext)
    text.ciphertext = {
        "flip": kept[:-1] + bytes([kept[-1] ^ 1]),
        "cut": kept[:-1],
        "prolong": kept + b"\0",
        "swap": bytes(other.ciphertext),
    }[change]
    with pytest.raises(crypto.Undecipherable):
        access._open(text, key)


@pytest.mark.parametrize("column", ["place", "row", "ref", "number", "generation"])
def test_a_text_is_bound_to_where_it_belongs(world, version, column):
    with looking(world.users["coach"].pk):
        text = SealedText.unscoped.select_related("compartment").get(ref=version.sealed_ref)
    key = _key_of(world, text)
    setattr(text, column, "elsewhere")
    with pytest.raises(crypto.Undecipherable):
        access._open(text, key)


def _engine_shows(user_id, model):
    with looking(user_id):
        return set(model.unscoped.values_list("pk", flat=True))


def test_on_postgresql_the_engine_itself_shows_a_text_to_its_members_alone(world, version):
    """The fourth ring; SQLite has none, and the deployment check says so."""
    everything = _engine_shows(world.users["coach"].pk, SealedText)
    mine = _engine_shows(world.users["coachee"].pk, SealedText)
    stranger = _engine_shows(world.users["sponsor"].pk, SealedText)
    if connection.vendor == "postgresql":
        assert len(mine) == 1
        assert mine < everything
        assert stranger == set()
        assert (
            set(SealedText.unscoped.all())
            == set(Compartment.unscoped.all())
            == set(Member.unscoped.all())
            == set()
        )
    else:
        assert mine == stranger == everything


def test_on_postgresql_nobody_changes_or_removes_a_sealed_text(world, version):
    if connection.vendor == "postgresql":
        with looking(world.users["coach"].pk):
            assert SealedText.unscoped.filter(ref=version.sealed_ref).update(row="x") == 0
            assert SealedText.unscoped.filter(ref=version.sealed_ref)._raw_delete("default") == 0
    assert _open(world.coach, version)


def test_on_postgresql_nobody_lets_themselves_in(world, version):
    if connection.vendor != "postgresql":
        return
    with looking(world.users["coach"].pk):
        compartment = SealedText.unscoped.get(ref=version.sealed_ref).compartment_id
    with pytest.raises(DatabaseError), transaction.atomic(), looking(world.users["sponsor"].pk):
        Member.unscoped.bulk_create([Member(compartment_id=compartment, user=world.users["sponsor"])])


def test_who_is_looking_does_not_outlive_the_block(world, version):
    with looking(world.users["coach"].pk):
        pass
    if connection.vendor == "postgresql":
        assert SealedText.unscoped.count() == 0


def test_the_product_refuses_to_start_without_its_key_and_makes_no_new_one(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    assert [error.id for error in check_deployment_key(None)] == ["accounts.E001"]
    with pytest.raises(ImproperlyConfigured):
        crypto.deployment_key()
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_never_made_over_another_one(tmp_path):
    crypto.make_key(tmp_path / "deployment.key")
    before = (tmp_path / "deployment.key").read_bytes()
    with pytest.raises(FileExistsError):
        crypto.make_key(tmp_path / "deployment.key")
    assert (tmp_path / "deployment.key").read_bytes() == before


def test_a_viewer_cannot_be_widened():
    viewer = Viewer(1, "U-1", 1, "P-1", Portal.COACHEE)
    with pytest.raises(AttributeError):
        viewer.portal = Portal.COACH

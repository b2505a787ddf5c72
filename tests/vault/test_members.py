"""Who holds the key of a compartment: members, those who come, those who leave, and nobody by another way."""

import io
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import Http404

from coaching.accounts.services import create_practice, create_user
from coaching.journal.models import Event
from coaching.kernel import crypto
from coaching.kernel.crypto import Undecipherable
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.viewer import Portal, Viewer
from coaching.vault import access, keyring, services
from coaching.vault.access import open_text, open_texts, pair_of, unsettled
from coaching.vault.enums import Audience
from coaching.vault.errors import Locked
from coaching.vault.guard import looking
from coaching.vault.keys import PURPOSE, _identity, member_binding, new_compartment_key, new_pair, open_key
from coaching.vault.models import Compartment, KeyPair, PublicKey, SealedKey, SealedText
from coaching.vault.services import pairs
from coaching.vault.services.compartments import add_members

pytestmark = pytest.mark.django_db
PASSWORD, PLACE = "une phrase assez longue", "tests.Note.text"
SHARED = {"mission_ref": "M-TEST", "audience": Audience.COACH_AND_COACHEE, "about": "S-TEST"}
ALONE = {"mission_ref": "M-TEST", "audience": Audience.COACH, "about": "M-TEST"}


class People:
    """A coach and a coachee; each acts with their own key open and nobody else's, as in a session of their own."""

    def __init__(self):
        with keyring.opened():
            self.users = {
                name: create_user(email=f"{name}@vault.test", name=name, password=PASSWORD)
                for name in ("coach", "coachee", "stranger")
            }
            self.practice = create_practice(name="Cabinet", founder=self.users["coach"])

    def viewer(self, name) -> Viewer:
        user, portal = self.users[name], Portal.COACHEE if name == "coachee" else Portal.COACH
        return Viewer(user.pk, user.ref, self.practice.pk, self.practice.ref, portal)

    @contextmanager
    def session(self, name):
        """They sign in with their password, do something, and leave."""
        with keyring.opened():
            pairs.open_by_password(self.users[name], PASSWORD)
            yield

    def seal(self, name, text, row, *, members=("coach", "coachee"), **where):
        ids = {self.users[one].pk for one in members}
        with self.session(name):
            return services.seal(
                self.viewer(name), text, place=PLACE, row=row, members=ids, **(where or SHARED)
            )

    def read(self, name, row, ref) -> str | None:
        with self.session(name):
            return open_texts(self.viewer(name), {row: ref}, place=PLACE).get(row)

    def settle(self, name) -> None:
        """They sign in, or do something while signed in."""
        with self.session(name):
            services.settle(self.users[name].pk, self.users[name].ref)

    def without_pair(self, name) -> None:
        """As an account that has not signed in since there are key pairs."""
        user = self.users[name]
        with looking(user.pk):
            KeyPair.unscoped.filter(user=user).delete()
        PublicKey.unscoped.filter(user=user).delete()


def _key(user) -> keyring.Key | None:
    with keyring.opened() as ring:
        return ring.find(user.pk) if pairs.open_by_password(user, PASSWORD) else None


@pytest.fixture
def people():
    return People()


def test_a_text_is_sealed_to_somebody_who_is_not_signed_in_and_opens_when_they_are(people):
    ref = people.seal("coach", "bonjour", "N-1")
    assert people.read("coachee", "N-1", ref) == "bonjour"
    assert people.read("coach", "N-1", ref) == "bonjour"


def test_no_copy_of_a_compartments_key_lies_under_the_deployments(people):
    people.seal("coach", "bonjour", "N-1")
    with looking(people.users["coach"].pk):
        assert Compartment.unscoped.get(mission_ref="M-TEST").sealed_key is None


def test_nothing_is_read_or_written_while_the_key_is_closed(people):
    ref = people.seal("coach", "bonjour", "N-1")
    with keyring.opened():
        with pytest.raises(Locked):
            open_text(people.viewer("coach"), ref, place=PLACE, row="N-1")
        with pytest.raises(Locked):
            services.reseal(people.viewer("coach"), ref, "autre", place=PLACE, row="N-1")
        ids = {people.users["coach"].pk}
        with pytest.raises(Locked):
            services.seal(people.viewer("coach"), "x", place=PLACE, row="N-2", members=ids, **SHARED)


def test_a_stranger_is_told_that_nothing_is_there_and_not_that_it_is_locked(people):
    ref = people.seal("coach", "bonjour", "N-1")
    with keyring.opened(), pytest.raises(Http404):
        open_text(people.viewer("stranger"), ref, place=PLACE, row="N-1")


def test_somebody_elses_open_key_opens_nothing_in_ones_own_name(people):
    ref = people.seal("coach", "bonjour", "N-1")
    stranger = _key(people.users["stranger"])
    with keyring.opened(lambda pk: stranger), pytest.raises(Undecipherable):
        open_text(people.viewer("coach"), ref, place=PLACE, row="N-1")


def test_a_member_without_a_pair_reads_once_they_have_one_and_another_has_settled(people):
    people.without_pair("coachee")
    ref = people.seal("coach", "bonjour", "N-1")
    assert unsettled(people.users["coach"].pk) == [], "there is no key to seal to yet"
    assert people.read("coachee", "N-1", ref) is None
    assert len(unsettled(people.users["coach"].pk)) == 1
    people.settle("coach")
    assert people.read("coachee", "N-1", ref) == "bonjour"
    assert unsettled(people.users["coach"].pk) == []
    given = Event.unscoped.filter(kind="key.give").last()
    assert (given.actor, given.data) == (people.users["coach"].ref, {"to": [people.users["coachee"].ref]})


def test_a_member_who_waits_writes_under_a_new_key_that_the_others_read(people):
    people.without_pair("coachee")
    first = people.seal("coach", "du coach", "N-1")
    second = people.seal("coachee", "de l’accompagné", "N-2")
    assert people.read("coachee", "N-1", first) is None
    assert people.read("coach", "N-2", second) == "de l’accompagné"
    assert people.read("coachee", "N-1", first) == "du coach"


def test_a_newcomer_is_let_in_at_once_by_a_member_whose_key_is_open(people):
    ref = people.seal("coach", "bonjour", "N-1", members=["coach"])
    coach, coachee = people.users["coach"].pk, people.users["coachee"].pk
    with people.session("coach"):
        services.admit(member_id=coach, user_id=coachee, **SHARED)
    assert people.read("coachee", "N-1", ref) == "bonjour"


def test_a_newcomer_let_in_while_the_member_is_away_waits_for_them(people):
    ref = people.seal("coach", "bonjour", "N-1", members=["coach"])
    with people.session("coachee"):
        services.admit(member_id=people.users["coach"].pk, user_id=people.users["coachee"].pk, **SHARED)
    assert people.read("coachee", "N-1", ref) is None
    people.settle("coach")
    assert people.read("coachee", "N-1", ref) == "bonjour"


def test_who_leaves_opens_nothing_and_what_is_written_next_lies_under_another_key(people):
    first = people.seal("coach", "avant", "N-1")
    coach, coachee = people.users["coach"].pk, people.users["coachee"].pk
    services.part(member_id=coach, user_id=coachee, **SHARED)
    second = people.seal("coach", "après", "N-2", members=["coach"])
    assert people.read("coachee", "N-1", first) is None
    assert people.read("coachee", "N-2", second) is None
    assert (people.read("coach", "N-1", first), people.read("coach", "N-2", second)) == ("avant", "après")
    with looking(coachee):
        assert not SealedKey.unscoped.filter(user_id=coachee).exists()
    with looking(coach):
        assert set(SealedText.unscoped.values_list("generation", flat=True)) == {1, 2}


def test_who_comes_back_reads_again(people):
    first = people.seal("coach", "avant", "N-1")
    coach, coachee = people.users["coach"].pk, people.users["coachee"].pk
    services.part(member_id=coach, user_id=coachee, **SHARED)
    with people.session("coach"):
        services.admit(member_id=coach, user_id=coachee, **SHARED)
    assert people.read("coachee", "N-1", first) == "avant"


def _swap(one, other):
    """Two sealed keys exchange what they hold, as somebody who writes in the database would make them."""
    for row in (one, other):
        with looking(row.user_id):
            SealedKey.unscoped.filter(pk=row.pk).delete()
    one.sealed, other.sealed = other.sealed, one.sealed
    for row in (one, other):
        with looking(row.user_id):
            SealedKey.unscoped.bulk_create([row])


@pytest.mark.parametrize("between", ["members", "compartments", "generations"])
def test_sealed_keys_that_were_swapped_open_nothing(people, between):
    first = people.seal("coach", "un", "N-1")
    second = people.seal("coach", "deux", "N-2", members=["coach"], **ALONE)
    coach, coachee = people.users["coach"].pk, people.users["coachee"].pk
    if between == "generations":
        services.part(member_id=coach, user_id=coachee, **SHARED)
        second = people.seal("coach", "trois", "N-2b", members=["coach"])
    keys = []
    for pk in (coach, coachee):
        with looking(pk):
            keys += SealedKey.unscoped.filter(user_id=pk).select_related("compartment").order_by("pk")
    shared = [key for key in keys if key.compartment.audience == Audience.COACH_AND_COACHEE]
    one, other = {
        "members": lambda: (shared[0], next(k for k in shared if k.user_id == coachee)),
        "compartments": lambda: (
            shared[0],
            next(k for k in keys if k.compartment.audience == Audience.COACH),
        ),
        "generations": lambda: (shared[0], next(k for k in shared if k.generation == 2)),
    }[between]()
    _swap(one, other)
    for row, ref in (("N-1", first), ("N-2b" if between == "generations" else "N-2", second)):
        if between == "members" and row == "N-2":
            continue
        with pytest.raises(Undecipherable):
            people.read("coach", row, ref)


def test_a_public_key_slipped_into_the_database_is_sealed_nothing(people):
    _private, public = new_pair()
    PublicKey.unscoped.filter(user=people.users["coachee"]).update(key=public)
    with pytest.raises(Undecipherable):
        people.seal("coach", "bonjour", "N-1")


def test_a_public_key_slipped_in_holds_nobody_else_up(people):
    people.without_pair("coachee")
    ref = people.seal("coach", "bonjour", "N-1")
    people.settle("coachee")
    PublicKey.unscoped.filter(user=people.users["coachee"]).update(key=new_pair()[1])
    people.settle("coach")
    assert people.read("coach", "N-1", ref) == "bonjour"
    with looking(people.users["coachee"].pk):
        assert not SealedKey.unscoped.filter(user=people.users["coachee"]).exists()


def test_the_texts_of_a_lost_key_open_again_once_the_other_has_settled_and_ones_own_never(people):
    shared = people.seal("coach", "à deux", "N-1")
    alone = people.seal("coach", "à moi", "N-2", members=["coach"], **ALONE)
    coach = people.users["coach"]
    with keyring.opened():
        pairs.begin_anew(coach, PASSWORD)
    assert people.read("coach", "N-1", shared) is None
    assert people.read("coach", "N-2", alone) is None
    people.settle("coachee")
    assert people.read("coach", "N-1", shared) == "à deux"
    assert people.read("coach", "N-2", alone) is None
    kinds = set(Event.unscoped.filter(subject__in=[coach.ref]).values_list("kind", flat=True))
    assert "key.lose" in kinds


def test_who_began_anew_writes_again_in_what_was_theirs_alone(people):
    people.seal("coach", "perdu", "N-1", members=["coach"], **ALONE)
    with keyring.opened():
        pairs.begin_anew(people.users["coach"], PASSWORD)
    ref = people.seal("coach", "de nouveau", "N-2", members=["coach"], **ALONE)
    assert people.read("coach", "N-2", ref) == "de nouveau"


def test_a_replaced_key_opens_everything_it_opened_and_what_follows_lies_under_new_keys(people):
    shared = people.seal("coach", "à deux", "N-1")
    alone = people.seal("coach", "à moi", "N-2", members=["coach"], **ALONE)
    with people.session("coach"):
        pairs.replace(people.users["coach"], PASSWORD)
    assert (people.read("coach", "N-1", shared), people.read("coach", "N-2", alone)) == ("à deux", "à moi")
    people.seal("coach", "ensuite", "N-3")
    with looking(people.users["coach"].pk):
        assert SealedText.unscoped.get(row="N-3").generation == 2
        assert not SealedKey.unscoped.filter(user=people.users["coach"], pair=1).exists()


def test_a_session_with_the_key_of_before_is_asked_for_the_password_again(people):
    ref = people.seal("coach", "bonjour", "N-1")
    old = _key(people.users["coach"])
    with people.session("coach"):
        pairs.replace(people.users["coach"], PASSWORD)
    with keyring.opened(lambda pk: old), pytest.raises(Locked):
        open_text(people.viewer("coach"), ref, place=PLACE, row="N-1")


def test_an_administrator_who_sets_a_new_password_opens_nothing_with_it(people):
    ref = people.seal("coach", "à moi", "N-1", members=["coach"], **ALONE)
    coach = people.users["coach"]
    coach.set_password("choisi par un autre")
    coach.save()
    with keyring.opened():
        assert not pairs.open_by_password(coach, "choisi par un autre")
        with pytest.raises(Locked):
            open_text(people.viewer("coach"), ref, place=PLACE, row="N-1")
        pairs.begin_anew(coach, "choisi par un autre")
        assert open_texts(people.viewer("coach"), {"N-1": ref}, place=PLACE) == {}
    assert pair_of(coach.pk).generation == 2


def test_a_text_is_replaced_by_its_next_version_and_the_one_before_stays(people):
    first = people.seal("coach", "un", "N-1")
    with people.session("coach"):
        second = services.reseal(people.viewer("coach"), first, "deux", place=PLACE, row="N-1")
    assert (people.read("coachee", "N-1", first), people.read("coachee", "N-1", second)) == ("un", "deux")


def test_all_ones_texts_of_a_kind_are_read_at_once_the_last_version_of_each(people):
    first = people.seal("coach", "un", "N-1")
    people.seal("coach", "à moi", "N-2", members=["coach"], **ALONE)
    with people.session("coach"):
        services.reseal(people.viewer("coach"), first, "deux", place=PLACE, row="N-1")
        assert dict(access.scan_place(people.viewer("coach"), PLACE)) == {"N-1": "deux", "N-2": "à moi"}
        assert dict(access.scan_place(people.viewer("coach"), "tests.Other.text")) == {}
    for name, seen in (("coachee", {"N-1": "deux"}), ("stranger", {})):
        with people.session(name):
            assert dict(access.scan_place(people.viewer(name), PLACE)) == seen
    with keyring.opened(), pytest.raises(Locked):
        dict(access.scan_place(people.viewer("coach"), PLACE))


def test_an_administrator_reads_nothing_at_once_either(people):
    people.seal("coach", "à moi", "N-2", members=["coach"], **ALONE)
    coach = people.viewer("coach")
    there = Viewer(coach.user_id, coach.user_ref, coach.practice_id, coach.practice_ref, Portal.PRACTICE)
    with people.session("coach"):
        assert dict(access.scan_place(there, PLACE)) == {}


def test_two_who_write_from_the_same_version_do_not_overwrite_one_another(people):
    first = people.seal("coach", "un", "N-1")
    with people.session("coach"):
        services.reseal(people.viewer("coach"), first, "deux", place=PLACE, row="N-1")
    with people.session("coachee"), pytest.raises(Stale):
        services.reseal(people.viewer("coachee"), first, "autre", place=PLACE, row="N-1")


@pytest.mark.parametrize(("place", "row"), [("tests.Other.text", "N-1"), (PLACE, "N-9")])
def test_a_text_is_not_replaced_from_another_place_or_by_a_stranger(people, place, row):
    ref = people.seal("coach", "un", "N-1")
    for name, where, which in (("coach", place, row), ("stranger", PLACE, "N-1")):
        with people.session(name), pytest.raises(NotAllowedNow):
            services.reseal(people.viewer(name), ref, "x", place=where, row=which)


def test_texts_whose_time_is_over_are_erased_by_their_key_for_everybody(people):
    alone = people.seal("coach", "à moi", "N-1", members=["coach"], **ALONE)
    shared = people.seal("coach", "à deux", "N-2")
    coach = people.users["coach"].pk
    assert services.destroy(member_id=coach, by="system", **ALONE)
    assert not services.destroy(member_id=coach, by="system", **ALONE), "once"
    assert people.read("coach", "N-1", alone) is None
    assert people.read("coach", "N-2", shared) == "à deux"
    assert Event.unscoped.filter(kind="key.destroy", data__audience="coach").count() == 1
    with pytest.raises(NotAllowedNow):
        people.seal("coach", "encore", "N-3", members=["coach"], **ALONE)


def test_only_a_members_name_destroys_a_compartment(people):
    ref = people.seal("coach", "à moi", "N-1", members=["coach"], **ALONE)
    assert not services.destroy(member_id=people.users["stranger"].pk, by="system", **ALONE)
    assert people.read("coach", "N-1", ref) == "à moi"


def _old_compartment(people) -> str:
    """As written before there were key pairs: everything under the deployment's key."""
    coach, coachee = people.users["coach"], people.users["coachee"]
    key = new_compartment_key()
    with looking(coach.pk):
        row = Compartment(practice_ref=people.practice.ref, founder=coach, first=0, generation=0, **SHARED)
        row.sealed_key = crypto.encrypt(key, purpose=PURPOSE, bound_to=_identity(row))
        row.save(force_insert=True)
        add_members(row, {coach.pk, coachee.pk})
        text = SealedText(compartment=row, generation=0, place=PLACE, row="N-0", author=coach)
        said = "\x1f".join(["1", PLACE, "N-0", text.ref]).encode() + b"\x1f" + _identity(row)
        text.ciphertext = crypto.encrypt("d’avant".encode(), purpose=PURPOSE, bound_to=said, key=key)
        text.save(force_insert=True)
    return text.ref


def _lies_under_the_deployments_key(people) -> bool:
    with looking(people.users["coach"].pk):
        return Compartment.unscoped.get(mission_ref="M-TEST").sealed_key is not None


def test_a_compartment_from_before_moves_when_a_member_next_signs_in(people):
    ref = _old_compartment(people)
    assert people.read("coachee", "N-0", ref) == "d’avant"
    assert not _lies_under_the_deployments_key(people), "the coachee has just signed in"
    assert people.read("coach", "N-0", ref) == "d’avant"


def test_a_command_moves_old_compartments_as_far_as_members_have_a_pair(people):
    people.without_pair("coachee")
    ref, said = _old_compartment(people), io.StringIO()
    call_command("move_compartments", stdout=said)
    assert "no key yet" in said.getvalue()
    assert _lies_under_the_deployments_key(people)
    assert people.read("coachee", "N-0", ref) == "d’avant"
    call_command("move_compartments", stdout=io.StringIO())
    assert not _lies_under_the_deployments_key(people)
    assert {people.read(name, "N-0", ref) for name in ("coach", "coachee")} == {"d’avant"}


def test_a_text_written_in_a_compartment_from_before_lies_under_a_key_of_its_members(people):
    old = _old_compartment(people)
    new = people.seal("coach", "nouveau", "N-1")
    with looking(people.users["coach"].pk):
        assert SealedText.unscoped.get(ref=new).generation == 1
    assert people.read("coachee", "N-1", new) == "nouveau"
    assert people.read("coachee", "N-0", old) == "d’avant"


@pytest.mark.django_db(transaction=True)
def test_a_stolen_database_holds_no_word_and_no_private_key(people):
    """Written for good; then every byte of the file and of what goes with it is read."""
    people.seal("coach", "kanari bien caché", "N-1")
    stolen = _every_byte()
    assert b"vault_sealedtext" in stolen or connection.vendor != "sqlite"
    for secret in (b"kanari", *(_key(user).private for user in people.users.values()), PASSWORD.encode()):
        assert secret not in stolen


def _every_byte() -> bytes:
    if connection.vendor == "sqlite":
        here = Path(connection.settings_dict["NAME"])
        return b"".join(part.read_bytes() for part in here.parent.glob(f"{here.name}*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT ciphertext FROM vault_sealedtext")
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def test_with_the_deployments_key_too_neither_keys_nor_texts_open(people):
    people.seal("coach", "bonjour", "N-1")
    with looking(people.users["coach"].pk):
        text = SealedText.unscoped.select_related("compartment").get(row="N-1")
        held = SealedKey.unscoped.get(user=people.users["coach"])
        pair = KeyPair.unscoped.get(user=people.users["coach"])
    bound = member_binding(text.compartment, 1, held.user_id, 1)
    for key in (crypto.deployment_key(), crypto.derive(PURPOSE), crypto.derive("vault-pair")):
        with pytest.raises(Undecipherable):
            access._open(text, key)
        with pytest.raises(Undecipherable):
            open_key(held.sealed, key, bound)
        with pytest.raises(Undecipherable):
            crypto.decrypt(pair.by_password[4:], purpose=PURPOSE, bound_to=b"", key=key)

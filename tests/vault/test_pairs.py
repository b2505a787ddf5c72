"""A person's own key: what opens it, and everything that does not."""

import io

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from coaching.accounts import passwords
from coaching.accounts.checks import check_pepper
from coaching.accounts.services import create_user
from coaching.journal.models import Event
from coaching.kernel import crypto
from coaching.kernel.crypto import Undecipherable
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.vault import keyring, recovery
from coaching.vault.access import pair_of
from coaching.vault.errors import Locked
from coaching.vault.guard import looking
from coaching.vault.keys import public_half
from coaching.vault.models import KeyPair, PublicKey
from coaching.vault.services import pairs
from coaching.vault.services.rotation import UNDER_PEPPER
from coaching.vault.wrapping import Owner, Wrap, mark_of, unwrap, wrap

pytestmark = pytest.mark.django_db
PASSWORD, OTHER = "une phrase assez longue", "une tout autre phrase"


@pytest.fixture
def user():
    return create_user(email="moi@cle.test", name="Moi", password=PASSWORD)


def _opens(user, password) -> bool:
    with keyring.opened():
        return pairs.open_by_password(user, password)


def _with_code(user) -> str:
    code = pairs.make_code(user)
    pairs.confirm_code(user, code)
    return code


def _by_code(user, code, password="") -> keyring.Key:
    with keyring.opened():
        pairs.unlock_with_code(user, code, password)
        return keyring.key_of(user.pk)


def test_an_account_has_a_pair_that_its_password_opens(user):
    assert _opens(user, PASSWORD)
    public = PublicKey.unscoped.get(user=user)
    assert public_half(keyring.key_of(user.pk).private) == bytes(public.key)


def test_another_password_opens_nothing(user):
    assert not _opens(user, OTHER)
    with keyring.opened(), pytest.raises(Locked):
        pairs.open_by_password(user, OTHER)
        keyring.key_of(user.pk)


def test_the_private_key_stands_nowhere_in_the_row(user):
    private = keyring.key_of(user.pk).private
    _with_code(user)
    pair = pair_of(user.pk)
    assert all(private not in bytes(getattr(pair, name) or b"") for name in UNDER_PEPPER)
    assert repr(keyring.key_of(user.pk)) == "Key(generation=1)"


def test_an_account_from_before_gets_its_pair_when_its_password_is_proved_and_only_one(user):
    with looking(user.pk):
        KeyPair.unscoped.all().delete()
    PublicKey.unscoped.filter(user=user).delete()
    with keyring.opened():
        passwords.proved(user, PASSWORD)
        passwords.proved(user, PASSWORD)
    assert PublicKey.unscoped.filter(user=user).count() == 1


@pytest.mark.parametrize(
    "taken",
    [
        Owner("U-2222222222", 1, Wrap.PASSWORD),
        Owner("U-3333333333", 2, Wrap.PASSWORD),
        Owner("U-3333333333", 1, Wrap.CODE),
    ],
    ids=["another person", "another generation", "the other wrap"],
)
def test_a_wrapped_key_moved_to_another_place_does_not_open(taken):
    blob = wrap(b"k" * 32, PASSWORD, Owner("U-3333333333", 1, Wrap.PASSWORD))
    assert unwrap(blob, PASSWORD, Owner("U-3333333333", 1, Wrap.PASSWORD)) == b"k" * 32
    with pytest.raises(Undecipherable):
        unwrap(blob, PASSWORD, taken)


@pytest.mark.parametrize("place", [0, 3, 4, 5, 16, 40, -1])
def test_an_altered_wrap_does_not_open(place):
    owner = Owner("U-3333333333", 1, Wrap.PASSWORD)
    blob = bytearray(wrap(b"k" * 32, PASSWORD, owner))
    blob[place] ^= 1
    with pytest.raises(Undecipherable):
        unwrap(bytes(blob), PASSWORD, owner)


def test_wrapped_keys_swapped_between_two_people_open_for_neither(user):
    other = create_user(email="autre@cle.test", name="Autre", password=PASSWORD)
    mine, theirs = pair_of(user.pk), pair_of(other.pk)
    with looking(user.pk):
        KeyPair.unscoped.filter(pk=mine.pk).update(by_password=theirs.by_password)
    assert not _opens(user, PASSWORD)
    assert _opens(other, PASSWORD)


def test_a_recovery_code_is_long_enough_and_reads_back_however_it_is_typed():
    code = recovery.new_code()
    assert len(code.replace("-", "")) == 28
    assert 32**recovery.LENGTH >= 2**128
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert recovery.read(typed) == code.replace("-", "")


def test_every_slip_of_one_sign_and_every_swap_of_two_neighbours_is_told():
    code = recovery.new_code().replace("-", "")
    slips = [
        code[:at] + sign + code[at + 1 :] for at in range(27) for sign in recovery.SIGNS if sign != code[at]
    ]
    swaps = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(26) if code[at] != code[at + 1]
    ]
    for wrong in [*slips, *swaps, code[:-1], code + "0", "", "é" * 28]:
        with pytest.raises(Invalid):
            recovery.read(wrong)


def test_a_code_counts_once_it_was_typed_back(user):
    code = pairs.make_code(user)
    with pytest.raises(Invalid):
        _by_code(user, code)
    pairs.confirm_code(user, code)
    assert _by_code(user, code) == keyring.key_of(user.pk)
    assert Event.unscoped.filter(kind="key.code", subject=user.ref).exists()


def test_a_code_wrongly_typed_back_is_refused_and_the_one_in_force_stays(user):
    first = _with_code(user)
    pairs.make_code(user)
    with pytest.raises(Invalid):
        pairs.confirm_code(user, recovery.new_code())
    assert _by_code(user, first)


def test_a_new_code_takes_the_place_of_the_one_before(user):
    first, second = _with_code(user), _with_code(user)
    with pytest.raises(Invalid):
        _by_code(user, first)
    assert _by_code(user, second)


def test_a_code_is_not_made_while_the_key_is_closed(user):
    with keyring.opened(), pytest.raises(Locked):
        pairs.make_code(user)


def test_the_code_of_one_person_opens_nothing_of_another(user):
    other = create_user(email="autre@cle.test", name="Autre", password=PASSWORD)
    _with_code(other)
    with pytest.raises(Invalid):
        _by_code(other, _with_code(user))


def _change(user, old, new):
    user.set_password(new)
    user.save()
    passwords.changed(user, old, new)


def test_a_password_that_is_changed_opens_and_the_old_one_no_longer(user):
    with keyring.opened():
        _change(user, PASSWORD, OTHER)
    assert _opens(user, OTHER)
    assert not _opens(user, PASSWORD)


def _reset(user, new=OTHER):
    """By mail, by an administrator, by a command: whoever sets it, without the old one."""
    user.set_password(new)
    user.save()


def test_a_password_that_somebody_else_has_set_opens_nothing(user):
    _reset(user)
    assert not _opens(user, OTHER)
    assert not pair_of(user.pk).password_opens


def test_after_a_reset_the_code_opens_and_puts_the_key_under_the_new_password(user):
    code = _with_code(user)
    _reset(user)
    _by_code(user, code, OTHER)
    assert _opens(user, OTHER)


def test_the_code_with_a_wrong_password_is_refused_and_puts_nothing_anywhere(user):
    code = _with_code(user)
    _reset(user)
    with pytest.raises(Invalid):
        _by_code(user, code, "ni l’une ni l’autre")
    assert not _opens(user, OTHER)


def test_a_person_who_remembers_the_password_of_before_the_reset_needs_no_code(user):
    _reset(user)
    _opens(user, OTHER)
    with keyring.opened():
        pairs.unlock_with_password(user, PASSWORD)
        assert keyring.key_of(user.pk)


def test_a_former_password_opens_nothing_where_the_present_one_does(user):
    with keyring.opened():
        _change(user, PASSWORD, OTHER)
        for wrong in (PASSWORD, "encore autre chose"):
            with pytest.raises(Invalid):
                pairs.unlock_with_password(user, wrong)
    assert _opens(user, OTHER)


def test_a_change_of_password_after_a_reset_keeps_the_key_closed_for_the_code(user):
    code = _with_code(user)
    _reset(user)
    with keyring.opened():
        _change(user, OTHER, "une troisième phrase")
    assert not _opens(user, "une troisième phrase")
    assert _by_code(user, code)


def test_a_pair_is_replaced_by_its_person_alone_and_its_code_falls(user):
    code = _with_code(user)
    with pytest.raises(Invalid):
        pairs.replace(user, OTHER)
    pairs.replace(user, PASSWORD)
    assert _opens(user, PASSWORD)
    assert pair_of(user.pk).generation == 2
    with pytest.raises(Invalid):
        _by_code(user, code)


def test_a_pair_whose_key_is_closed_is_not_replaced(user):
    with keyring.opened(), pytest.raises(Locked):
        pairs.replace(user, PASSWORD)


def test_nobody_begins_anew_while_their_key_is_open_or_without_their_password(user):
    with pytest.raises(NotAllowedNow):
        pairs.begin_anew(user, PASSWORD)
    with keyring.opened(), pytest.raises(Invalid):
        pairs.begin_anew(user, OTHER)
    assert pair_of(user.pk).generation == 1


def test_a_session_does_not_go_on_with_a_key_that_was_replaced(user):
    old = keyring.key_of(user.pk)
    pairs.replace(user, PASSWORD)
    with keyring.opened() as ring, pytest.raises(Locked):
        ring.hold(user.pk, old)
        pairs.make_code(user)


def test_a_public_key_that_is_not_the_private_keys_own_half_is_noticed_and_keeps_nobody_out(user, caplog):
    PublicKey.unscoped.filter(user=user).update(key=b"\x09" * 32)
    with keyring.opened():
        assert pairs.open_by_password(user, PASSWORD)
        assert pairs.altered(user.pk)
    assert "altered public key" in caplog.text


@pytest.fixture
def scratch_keys(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    crypto.make_key(crypto.key_file())
    return tmp_path


def test_the_product_refuses_to_start_without_its_pepper_and_makes_no_new_one(user, scratch_keys):
    assert [error.id for error in check_pepper(None)] == ["accounts.E004"]
    with pytest.raises(ImproperlyConfigured):
        crypto.peppers()
    with pytest.raises(CommandError, match="pepper is missing"):
        call_command("init_keys", stdout=io.StringIO())
    assert not crypto.pepper_file().exists()


def test_a_pepper_is_made_where_no_key_pair_needs_another(scratch_keys):
    call_command("init_keys", stdout=io.StringIO())
    assert list(crypto.peppers())


def test_without_the_right_pepper_the_right_password_opens_nothing(user, settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    crypto.make_key(crypto.key_file())
    crypto.make_key(crypto.pepper_file())
    with pytest.raises(Undecipherable):
        unwrap(pair_of(user.pk).by_password, PASSWORD, Owner(user.ref, 1, Wrap.PASSWORD))


@pytest.fixture
def own_pepper(settings, tmp_path):
    """Keys of the test's own, so that a rotation leaves those of the other tests alone."""
    settings.KEYS_DIR = tmp_path
    crypto.make_key(crypto.key_file())
    crypto.make_key(crypto.pepper_file())


def test_another_pepper_takes_over_and_every_wrap_still_opens(own_pepper):
    user = create_user(email="moi@cle.test", name="Moi", password=PASSWORD)
    code, before = _with_code(user), crypto.pepper_file().read_bytes()
    call_command("rotate_keys", stdout=io.StringIO())
    assert crypto.pepper_file().read_bytes() != before
    assert not crypto.next_pepper_file().exists()
    assert _opens(user, PASSWORD)
    assert _by_code(user, code)


def test_a_rotation_that_was_stopped_goes_on_and_everything_opens_meanwhile(own_pepper):
    first, second = (create_user(email=f"{n}@cle.test", name=n, password=PASSWORD) for n in "ab")
    crypto.begin_pepper()
    from coaching.vault.services.rotation import rewrap

    assert rewrap(first) == 1
    assert rewrap(first) == 0
    assert mark_of(pair_of(first.pk).by_password) != mark_of(pair_of(second.pk).by_password)
    assert _opens(first, PASSWORD)
    assert _opens(second, PASSWORD)
    call_command("rotate_keys", stdout=io.StringIO())
    assert mark_of(pair_of(second.pk).by_password) == list(crypto.peppers())[-1]
    assert _opens(first, PASSWORD)
    assert _opens(second, PASSWORD)


def test_every_secret_column_of_a_pair_is_in_the_registry_of_the_rotation():
    columns = {f.name for f in KeyPair._meta.concrete_fields if f.get_internal_type() == "BinaryField"}
    assert columns == set(UNDER_PEPPER)

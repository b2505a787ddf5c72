"""A person's own key pair: made, opened, moved under another password, backed by a code, replaced.

Every function is for the person themself, in whose name it is called; nobody does any of this for somebody else, and
nothing here takes a role.
"""

import hmac
import logging

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.models import User
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.crypto import Undecipherable
from coaching.kernel.errors import Invalid, NotAllowedNow

from .. import keyring, recovery
from ..access import pair_of, public_keys
from ..errors import Locked
from ..guard import looking
from ..keyring import Key
from ..keys import is_vouched, member_binding, new_pair, open_key, public_half, seal_key, vouch
from ..models import Compartment, KeyPair, Member, PublicKey, Recipient, SealedKey
from ..wrapping import Owner, Wrap, unwrap, wrap
from .compartments import settle

log = logging.getLogger("coaching.vault")


def enrol(user: User, password: str) -> None:
    """The first pair of an account, when its password is chosen; nothing where there is one. Its key is open then.

    Records ``key.make`` in the person's own chain.
    """
    if pair_of(user.pk) is None:
        _make(user, password, generation=1)


def open_by_password(user: User, password: str) -> bool:
    """The password was just proved: open the private key with it, or make the pair an older account has not yet.

    False when the password does not open it: it was reset by mail since. The recovery code does then.
    """
    pair = pair_of(user.pk)
    if pair is None:
        enrol(user, password)
        return True
    found = _try_password(user, pair, password)
    if (found is not None) != pair.password_opens:
        _note(pair, password_opens=found is not None)
    if found is not None:
        _opened(user, pair, found)
    return found is not None


def _try_password(user: User, pair: KeyPair, password: str) -> bytes | None:
    try:
        return unwrap(pair.by_password, password, _owner(user, pair, Wrap.PASSWORD))
    except Undecipherable:
        return None


def unlock_with_password(user: User, password: str) -> None:
    """For a session begun without a password. :class:`Invalid` for a wrong one, in words that say what to do.

    A former password that still opens the key is taken too: whoever remembers it needs no code.
    """
    if user.check_password(password):
        if open_by_password(user, password):
            return
        raise Invalid(
            _("Your password was changed by mail: it no longer opens your texts. Your recovery code does."),
            field="password",
        )
    pair = pair_of(user.pk)
    found = _try_password(user, pair, password) if pair and not pair.password_opens else None
    if pair is None or found is None:
        raise Invalid(_("This is not your password."), field="password")
    _opened(user, pair, found)


@act
def unlock_with_code(user: User, typed: str, password: str = "") -> None:
    """Open the private key with the recovery code and, where the present password is given, put the key under it.

    :class:`Invalid` for a code that is not theirs, or a password that is not the present one.
    """
    pair = pair_of(user.pk)
    code = recovery.read(typed)
    if pair is None or not pair.by_code:
        raise Invalid(_("No recovery code was ever confirmed for your account."), field="code")
    if password and not user.check_password(password):
        raise Invalid(_("This is not your password."), field="password")
    try:
        private = unwrap(pair.by_code, code, _owner(user, pair, Wrap.CODE))
    except Undecipherable as wrong:
        raise Invalid(
            _("This code is not the one of your account. An older one no longer opens anything."),
            field="code",
        ) from wrong
    if password:
        _put_under(user, pair, private, password)
    _opened(user, pair, private)


@act
def move_under(user: User, old: str, new: str) -> None:
    """The person has changed their password: what the old one opened, the new one opens. Both or neither."""
    pair = pair_of(user.pk)
    if pair is None:
        enrol(user, new)
        return
    private = _try_password(user, pair, old)
    if private is None:
        held = keyring.find(user.pk)
        if held is None or held.generation != pair.generation:
            return  # it was closed before, and stays so until the recovery code is given
        private = held.private
    _put_under(user, pair, private, new)
    _opened(user, pair, private)


@act
def make_code(user: User) -> str:
    """A new recovery code, to be shown once; it counts once it has been typed back (:func:`confirm_code`).

    Raises :class:`coaching.vault.errors.Locked`: a code for a key that is not open cannot be made.
    """
    pair, own = _own_pair(user)
    code = recovery.new_code()
    _note(pair, new_code=wrap(own.private, recovery.read(code), _owner(user, pair, Wrap.CODE)))
    return code


@act
def confirm_code(user: User, typed: str) -> None:
    """The code was typed back from the paper: it opens from now on, the one before no longer. Records ``key.code``."""
    pair = pair_of(user.pk)
    code = recovery.read(typed)
    if pair is None or not pair.new_code:
        raise Invalid(_("No code is waiting to be typed back: have a new one shown."), field="code")
    try:
        unwrap(pair.new_code, code, _owner(user, pair, Wrap.CODE))
    except Undecipherable as wrong:
        raise Invalid(
            _("This is not the code that was shown last. Look at each sign again."), field="code"
        ) from wrong
    _note(pair, by_code=pair.new_code, new_code=None, code_confirmed_at=timezone.now())
    _record(user, "key.code", pair.generation)


@act
def replace(user: User, password: str) -> None:
    """The person replaces their own pair, with the old key open: everything they could open is sealed to the new one.

    What they and the others write next lies under new compartment keys. The recovery code falls with the old pair.
    :class:`Invalid` for a wrong password, :class:`Locked` while the old key is closed. Records ``key.replace``.
    """
    _check_password(user, password)
    pair, old = _own_pair(user)
    _make(user, password, generation=pair.generation + 1, kind="key.replace")
    public = public_keys([user.pk])[user.pk]
    with looking(user.pk):
        rows = SealedKey.unscoped.filter(user=user, pair=old.generation).select_related("compartment")
        SealedKey.unscoped.bulk_create(
            [_sealed_anew(row, old, public) for row in rows], ignore_conflicts=True
        )
        rows.delete()
        mine = Member.unscoped.filter(user=user).values("compartment_id")
        Compartment.unscoped.filter(pk__in=mine, destroyed_at=None).update(renew=True)
        # Whoever was sealing to the old key at this very instant seals to the new one as well, when they next settle.
        Recipient.unscoped.filter(user=user).update(waiting=True)
        KeyPair.unscoped.filter(pk=pair.pk).delete()


@act
def begin_anew(user: User, password: str) -> None:
    """Password and code are lost: a new pair. What only this person could open is lost with the old one.

    Texts they share open again once another member has sealed them to the new pair: they wait for it from now on.
    Refused while the key is open (:func:`replace` loses nothing) and for a wrong password. Records ``key.lose``.
    """
    _check_password(user, password)
    pair = pair_of(user.pk)
    if pair is None or keyring.find(user.pk):
        raise NotAllowedNow(_("Your key is open: replace it from the page of your key, and nothing is lost."))
    _make(user, password, generation=pair.generation + 1, kind="key.lose")
    with looking(user.pk):
        Recipient.unscoped.filter(user=user).update(waiting=True)


def _sealed_anew(row: SealedKey, old: Key, public: PublicKey) -> SealedKey:
    bound = member_binding(row.compartment, row.generation, row.user_id, old.generation)
    key = open_key(row.sealed, old.private, bound)
    return SealedKey(
        compartment=row.compartment,
        generation=row.generation,
        user_id=row.user_id,
        pair=public.generation,
        sealed=seal_key(key, row.compartment, row.generation, public),
    )


@act
def _make(user: User, password: str, *, generation: int, kind: str = "key.make") -> None:
    private, public = new_pair()
    owner = Owner(user.ref, generation, Wrap.PASSWORD)
    with looking(user.pk):
        KeyPair.unscoped.create(user=user, generation=generation, by_password=wrap(private, password, owner))
    row = PublicKey(user=user, generation=generation, key=public)
    row.mark = vouch(row)
    row.save(force_insert=True)
    _record(user, kind, generation)
    keyring.hold(user.pk, Key(generation, private))


def _opened(user: User, pair: KeyPair, private: bytes) -> None:
    """The key is on the ring; and whoever waits for this person to open it need wait no longer.

    Where the public half was altered in the database the person still comes in, and reads: their own half opens what it
    did. Nothing is sealed to the altered one; the page of their key says so, and that replacing the pair mends it.
    """
    keyring.hold(user.pk, Key(pair.generation, private))
    if not is_whole(user.pk, private):
        log.error("altered public key, nothing is sealed to it: %s", user.ref)
        return
    settle(user.pk, user.ref)


def is_whole(user_id: int, private: bytes) -> bool:
    """Whether the public key that others seal to is the half of this private one, and written by the product."""
    public = public_keys([user_id]).get(user_id)
    return (
        public is not None
        and is_vouched(public)
        and hmac.compare_digest(bytes(public.key), public_half(private))
    )


def altered(user_id: int) -> bool:
    """For the page of one's key: their public key is not what it should be. Told whether their key is open or not."""
    own, public = keyring.find(user_id), public_keys([user_id]).get(user_id)
    if own is not None:
        return not is_whole(user_id, own.private)
    return public is not None and not is_vouched(public)


def _own_pair(user: User) -> tuple[KeyPair, Key]:
    """The pair and its open key, of one and the same generation; :class:`Locked` otherwise."""
    pair, own = pair_of(user.pk), keyring.key_of(user.pk)
    if pair is None or pair.generation != own.generation:
        raise Locked
    return pair, own


def _put_under(user: User, pair: KeyPair, private: bytes, password: str) -> None:
    _note(pair, by_password=wrap(private, password, _owner(user, pair, Wrap.PASSWORD)), password_opens=True)


def _note(pair: KeyPair, **changes) -> None:
    with looking(pair.user_id):
        KeyPair.unscoped.filter(pk=pair.pk).update(**changes)


def _owner(user: User, pair: KeyPair, which: Wrap) -> Owner:
    return Owner(user.ref, pair.generation, which)


def _check_password(user: User, password: str) -> None:
    if not user.check_password(password):
        raise Invalid(_("This is not your password."), field="password")


def _record(user: User, kind: str, generation: int) -> None:
    events.record(
        chain=user.ref, kind=kind, actor=user.ref, subject=user.ref, data={"generation": generation}
    )

"""Another pepper: every wrap moves under it, without anybody's password. One registry, so that no kind is forgotten."""

from coaching.accounts.models import User
from coaching.kernel import crypto
from coaching.kernel.acts import one_act

from ..guard import looking
from ..models import KeyPair
from ..wrapping import Owner, Wrap, cover, mark_of, uncover

# Everything that lies under the pepper: fields of a key pair, and which wrap each is.
UNDER_PEPPER = {"by_password": Wrap.PASSWORD, "by_code": Wrap.CODE, "new_code": Wrap.CODE}


def rewrap(user: User) -> int:
    """This person's wraps, put under the pepper in force; those that are there already are left alone. No event.

    For the command; nobody's private key is opened, the inner layer stays closed. Gives how many were moved.
    """
    in_force = list(crypto.peppers())[-1]
    moved = 0
    with one_act(), looking(user.pk):
        for pair in KeyPair.unscoped.filter(user=user):
            changes = {
                name: _moved(bytes(blob), Owner(user.ref, pair.generation, wrap))
                for name, wrap in UNDER_PEPPER.items()
                if (blob := getattr(pair, name)) and mark_of(blob) != in_force
            }
            # Only over what was read: somebody may have changed their password in between.
            read = {name: getattr(pair, name) for name in changes}
            if changes and KeyPair.unscoped.filter(pk=pair.pk, **read).update(**changes) == 1:
                moved += len(changes)
    return moved


def left_behind(user: User) -> bool:
    """Whether anything of this person's is still under another pepper than the one in force."""
    in_force = list(crypto.peppers())[-1]
    with looking(user.pk):
        pairs = list(KeyPair.unscoped.filter(user=user))
    blobs = [getattr(pair, name) for pair in pairs for name in UNDER_PEPPER]
    return any(mark_of(blob) != in_force for blob in blobs if blob)


def _moved(blob: bytes, owner: Owner) -> bytes:
    return cover(uncover(blob, owner), owner)

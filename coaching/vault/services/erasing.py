"""Taking sealed texts out of the vault, one by one. Whole compartments go by their keys (:func:`.compartments.destroy`)."""

from coaching.kernel.acts import act
from coaching.kernel.viewer import Viewer

from ..guard import looking
from ..models import KeyPair, PublicKey, SealedKey, SealedText


@act
def erase_version(viewer: Viewer, ref: str, *, place: str, row: str) -> bool:
    """Erase one version of a text, such as what was kept while it was still being typed.

    Who may: its author. No event: the service that replaces or erases a text records what it did. Backups made before
    still hold the ciphertext, under a key that its readers hold. False where there is no such text of theirs.
    """
    return _erase(viewer, place, row, ref=ref)


@act
def erase_text(viewer: Viewer, *, place: str, row: str) -> bool:
    """Erase a text with all its versions, under the same conditions as :func:`erase_version`."""
    return _erase(viewer, place, row)


def _erase(viewer: Viewer, place: str, row: str, **which: str) -> bool:
    with looking(viewer.user_id):
        rows = SealedText.unscoped.filter(place=place, row=row, author_id=viewer.user_id, **which)
        return rows.delete()[0] > 0


@act
def forget_pair(user_id: int) -> None:
    """Take away the key pair of somebody whose account is closed for good, and every key sealed to it. No event.

    For the service that closes the account, which records it. What only they could open opens to nobody any more; what they
    shared still opens to the others.
    """
    with looking(user_id):
        SealedKey.unscoped.filter(user_id=user_id).delete()
        KeyPair.unscoped.filter(user_id=user_id).delete()
    PublicKey.unscoped.filter(user_id=user_id).delete()

"""Opening sealed texts. The only way out."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import Http404

from coaching.kernel import crypto
from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer

from .guard import looking
from .keys import PURPOSE, binding, open_key
from .models import Member, SealedText

# No administrator and no organisation opens anything, whoever else they may be elsewhere.
DOORS = frozenset({Portal.COACH, Portal.COACHEE})


def open_text(viewer: Viewer, ref: str, *, place: str, row: str) -> str:
    """The text sealed under ``ref`` for that place, to a member of its compartment; 404 to anyone else."""
    opened = open_texts(viewer, {row: ref}, place=place)
    if row not in opened:
        raise Http404
    return opened[row]


def open_texts(viewer: Viewer, refs: Mapping[str, str], *, place: str) -> dict[str, str]:
    """Texts of several rows (row reference → text reference) in one query; those not open are left out.

    Raises :class:`coaching.kernel.crypto.Undecipherable` when a ciphertext was altered or moved.
    """
    if viewer.portal not in DOORS or not refs:
        return {}
    with looking(viewer.user_id):
        rows = _sealed(viewer, place=place, **_numbered(list(refs.values())))
        return {row.row: _open(row) for row in rows if refs.get(row.row) == row.ref}


def _numbered(refs: list[str]) -> dict[str, str]:
    """The references as values of a known statement; the last is repeated, so that few statements serve all lengths."""
    length = 1 << (len(refs) - 1).bit_length()
    return {f"ref{number}": refs[min(number, len(refs) - 1)] for number in range(length)}


@prepared
def _sealed(viewer: Viewer, place: str, **refs: str) -> QuerySet[SealedText]:
    mine = Member.unscoped.filter(user_id=viewer.user_id).values("compartment_id")
    rows = SealedText.unscoped.filter(ref__in=list(refs.values()), place=place, compartment_id__in=mine)
    return rows.select_related("compartment")


def _open(text: SealedText) -> str:
    plain = crypto.decrypt(
        text.ciphertext,
        purpose=PURPOSE,
        bound_to=binding(text.compartment, text),
        key=open_key(text.compartment),
    )
    return plain.decode()

"""Opening sealed texts. The only way out."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from coaching.kernel import crypto
from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer

from . import keyring
from .errors import Locked
from .guard import looking
from .keys import PURPOSE, binding, member_binding, old_key, open_key
from .models import Compartment, KeyPair, Member, PublicKey, Recipient, SealedKey, SealedText

# No administrator and no organisation opens anything, whoever else they may be elsewhere.
DOORS = frozenset({Portal.COACH, Portal.COACHEE, Portal.RECOURSE})


def open_text(viewer: Viewer, ref: str, *, place: str, row: str) -> str:
    """The text sealed under ``ref`` for that place, to a member of its compartment; 404 to anyone else.

    Raises :class:`coaching.vault.errors.Locked` while the member's key is not open in this session.
    """
    opened = open_texts(viewer, {row: ref}, place=place)
    if row not in opened:
        raise Http404
    return opened[row]


def open_texts(viewer: Viewer, refs: Mapping[str, str], *, place: str) -> dict[str, str]:
    """Texts of several rows (row reference → text reference) in one query; those not open are left out.

    Left out: what the viewer is no member of, and what no other member has sealed to their key yet. Raises
    :class:`coaching.vault.errors.Locked` while the member's key is not open in this session, and
    :class:`coaching.kernel.crypto.Undecipherable` when a ciphertext or a key was altered or moved.
    """
    if viewer.portal not in DOORS or not refs:
        return {}
    with looking(viewer.user_id):
        rows = _sealed(viewer, place=place, **_numbered(list(refs.values())))
    return open_rows(viewer.user_id, (row for row in rows if refs.get(row.row) == row.ref))


@dataclass(frozen=True, slots=True)
class Row:
    """A sealed text as it is read by the thousand: what it is bound to, and its key as the reader holds it."""

    ref: str
    row: str
    number: int
    generation: int
    compartment_id: int
    ciphertext: bytes
    place: str
    compartment: Compartment
    held: bytes | None
    held_pair: int | None


def scan_place(viewer: Viewer, place: str) -> Iterator[tuple[str, str]]:
    """Every text of one kind that opens to the viewer, one after the other: its row, and its last version.

    For a search, which reads them in memory, whatever their number, in three queries; no more than one is held open at
    a time. The caller keeps of the rows those its own access function shows. Raises as :func:`open_texts` does.
    """
    if viewer.portal not in DOORS:
        return
    with looking(viewer.user_id):
        mine = Member.unscoped.filter(user_id=viewer.user_id).values("compartment_id")
        compartments = Compartment.unscoped.filter(pk__in=mine).in_bulk()
        held = {
            (key.compartment_id, key.generation): (key.sealed, key.pair)
            for key in SealedKey.unscoped.filter(user_id=viewer.user_id).order_by("pair")
        }
        rows = SealedText.unscoped.filter(place=place, compartment_id__in=mine).order_by("row", "number")
        names = ("ref", "row", "number", "generation", "compartment_id", "ciphertext")
        with closing(
            rows.values_list(*names).iterator()
        ) as said:  # its cursor ends with the transaction it is in
            yield from _opened(
                viewer.user_id,
                (
                    Row(*one, place, compartments[one[4]], *held.get((one[4], one[3]), (None, None)))
                    for one in _last_of_each(said)
                ),
            )


def _last_of_each(rows: Iterable[tuple]) -> Iterator[tuple]:
    """Of rows in the order of row and number, the last version of each."""
    before = None
    for one in rows:
        if before is not None and before[1] != one[1]:
            yield before
        before = one
    if before is not None:
        yield before


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a text: its number, the reference to open it by, and when it was sealed."""

    number: int
    ref: str
    at: datetime


def versions_of(viewer: Viewer, *, place: str, row: str) -> list[Version]:
    """The versions of one text that are there, the last one first; nothing for who is no member of its compartment."""
    if viewer.portal not in DOORS:
        return []
    with looking(viewer.user_id):
        mine = Member.unscoped.filter(user_id=viewer.user_id).values("compartment_id")
        rows = SealedText.unscoped.filter(place=place, row=row, compartment_id__in=mine).order_by("-number")
        return [Version(*said) for said in rows.values_list("number", "ref", "created_at")]


def open_rows(user_id: int, rows: Iterable[SealedText | Row]) -> dict[str, str]:
    """What these rows say, by the row they belong to."""
    return dict(_opened(user_id, rows))


def _opened(user_id: int, rows: Iterable[SealedText | Row]) -> Iterator[tuple[str, str]]:
    """Each key of a compartment is opened once, however many texts."""
    keys: dict[tuple[int, int], bytes | None] = {}
    for text in rows:
        which = (text.compartment_id, text.generation)
        if which not in keys:
            keys[which] = _key(user_id, text)
        key = keys[which]
        if key is not None:
            yield text.row, _open(text, key)


def _key(user_id: int, text: SealedText | Row) -> bytes | None:
    """The key of this text's compartment as this person holds it; None while nobody has sealed it to them."""
    if text.held is None:
        # From before there were key pairs, and not moved yet.
        return old_key(text.compartment) if text.generation == 0 and text.compartment.sealed_key else None
    own = keyring.key_of(user_id)
    if text.held_pair > own.generation:
        raise Locked  # this session carries a key that has been replaced since
    if text.held_pair < own.generation:
        return None
    bound = member_binding(text.compartment, text.generation, user_id, own.generation)
    return open_key(text.held, own.private, bound)


def _open(text: SealedText | Row, key: bytes) -> str:
    bound = binding(text.compartment, text)
    return crypto.decrypt(text.ciphertext, purpose=PURPOSE, bound_to=bound, key=key).decode()


def _numbered(refs: list[str]) -> dict[str, str]:
    """The references as values of a known statement; the last is repeated, so that few statements serve all lengths."""
    length = 1 << (len(refs) - 1).bit_length()
    return {f"ref{number}": refs[min(number, len(refs) - 1)] for number in range(length)}


@prepared
def _sealed(viewer: Viewer, place: str, **refs: str) -> QuerySet[SealedText]:
    mine = Member.unscoped.filter(user_id=viewer.user_id).values("compartment_id")
    rows = SealedText.unscoped.filter(ref__in=list(refs.values()), place=place, compartment_id__in=mine)
    held = SealedKey.unscoped.filter(
        user_id=viewer.user_id, compartment=OuterRef("compartment"), generation=OuterRef("generation")
    ).order_by("-pair")
    rows = rows.annotate(
        held=Subquery(held.values("sealed")[:1]), held_pair=Subquery(held.values("pair")[:1])
    )
    return rows.select_related("compartment")


def pair_of(user_id: int) -> KeyPair | None:
    """A person's own key pair, the last generation of it; for what is asked in their name alone."""
    with looking(user_id):
        return KeyPair.unscoped.filter(user_id=user_id).order_by("-generation").first()


def public_keys(user_ids: Iterable[int]) -> dict[int, PublicKey]:
    """The public key of each of these people who has one, the last generation of it."""
    rows = PublicKey.unscoped.filter(user_id__in=list(user_ids)).select_related("user")
    return {row.user_id: row for row in rows.order_by("generation")}


def keys_held(user_id: int, compartment: Compartment) -> dict[int, bytes]:
    """The keys of a compartment that this person can open now, by generation; :class:`Locked` as above."""
    own = keyring.key_of(user_id)
    rows = SealedKey.unscoped.filter(user_id=user_id, compartment=compartment, pair=own.generation)
    return {
        row.generation: open_key(
            row.sealed,
            own.private,
            member_binding(compartment, row.generation, user_id, own.generation),
        )
        for row in rows
    }


def unsettled(user_id: int) -> list[Compartment]:
    """Compartments of this person's in which another member waits for a key, or that still lie under the old one."""
    with looking(user_id):
        mine = Member.unscoped.filter(user_id=user_id).values("compartment_id")
        with_pair = Exists(PublicKey.unscoped.filter(user_id=OuterRef("user_id")))
        waiting = Recipient.unscoped.filter(with_pair, compartment=OuterRef("pk"), waiting=True)
        rows = Compartment.unscoped.filter(
            Q(Exists(waiting.exclude(user_id=user_id))) | Q(sealed_key__isnull=False),
            pk__in=mine,
            destroyed_at=None,
        )
        return list(rows)

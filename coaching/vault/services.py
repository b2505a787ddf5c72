"""Sealing texts. The only way in."""

from collections.abc import Iterable

from django.db import transaction

from coaching.kernel import crypto
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.viewer import Viewer

from .enums import Audience
from .guard import looking
from .keys import PURPOSE, binding, new_sealed_key, open_key
from .models import Compartment, Member, SealedText


@transaction.atomic
def seal(
    viewer: Viewer,
    text: str,
    *,
    place: str,
    row: str,
    mission_ref: str,
    audience: Audience,
    about: str,
    members: Iterable[int],
) -> str:
    """Seal ``text`` for the members of a compartment and return its reference.

    Who may: a person who is themselves among ``members`` (user ids, as the caller's access function has
    them now). ``place`` is ``app.Model.field`` and ``row`` the owning row's reference; a place is sealed once:
    a new version is a new row. Raises :class:`NotAllowedNow` for anyone outside the compartment.
    """
    ids = set(members)
    if viewer.user_id not in ids:
        raise NotAllowedNow("Only a member of the compartment may seal a text in it.")
    with looking(viewer.user_id):
        compartment = _compartment(viewer, mission_ref, audience, about, ids)
        sealed = SealedText(
            compartment=compartment, place=place, row=row, author_id=viewer.user_id, ciphertext=b""
        )
        sealed.ciphertext = crypto.encrypt(
            text.encode(),
            purpose=PURPOSE,
            bound_to=binding(compartment, sealed),
            key=open_key(compartment),
        )
        sealed.save(force_insert=True)
    return sealed.ref


@transaction.atomic
def admit(*, member_id: int, mission_ref: str, audience: Audience, about: str, user_id: int) -> None:
    """A member of a compartment lets one more person in; nothing happens while there is no compartment yet.

    For services that have just given ``user_id`` their seat at the mission's table.
    """
    with looking(member_id):
        mine = Member.unscoped.filter(user_id=member_id).values("compartment_id")
        found = Compartment.unscoped.filter(
            mission_ref=mission_ref, audience=audience, about=about, pk__in=mine
        ).first()
        if found:
            _admit(found, {user_id})


def _compartment(viewer, mission_ref, audience, about, ids) -> Compartment:
    found = Compartment.unscoped.filter(mission_ref=mission_ref, audience=audience, about=about).first()
    if found is None:
        found = Compartment(
            practice_ref=viewer.practice_ref,
            mission_ref=mission_ref,
            audience=audience,
            about=about,
            founder_id=viewer.user_id,
        )
        found.sealed_key = new_sealed_key(found)
        found.save(force_insert=True)
        _admit(found, {viewer.user_id})
    _admit(found, ids)
    return found


def _admit(compartment: Compartment, ids: set[int]) -> None:
    # Without RETURNING: the engine shows nobody the memberships of others, not even those just written.
    rows = [Member(compartment=compartment, user_id=pk) for pk in sorted(ids)]
    Member.unscoped.bulk_create(rows, ignore_conflicts=True)

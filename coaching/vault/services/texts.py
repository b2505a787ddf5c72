"""Sealing texts. The only way in."""

from collections.abc import Iterable

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from coaching.kernel import crypto
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.viewer import Viewer

from ..enums import Audience
from ..guard import looking
from ..keys import PURPOSE, binding
from ..models import Compartment, Member, SealedText
from .compartments import add_members, current_key


@act
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

    Who may: a person who is themselves among ``members`` (user ids, as the caller's access function has them now),
    with their key open in this session: :class:`coaching.vault.errors.Locked` otherwise. Nobody else's key is needed:
    a member who has no pair yet waits for another member to seal the key to them. ``place`` is ``app.Model.field`` and
    ``row`` the owning row's reference; a place is sealed once, and what replaces a text goes through :func:`reseal`.
    Raises :class:`NotAllowedNow` for anyone outside the compartment, and where it was erased. Records ``key.give``
    when somebody who waited receives the key.
    """
    ids = set(members)
    if viewer.user_id not in ids:
        raise NotAllowedNow("Only a member of the compartment may seal a text in it.")
    with looking(viewer.user_id):
        compartment = _compartment(viewer, mission_ref, audience, about)
        add_members(compartment, ids)
        return _write(viewer, compartment, text, place=place, row=row, number=1)


@act
def reseal(viewer: Viewer, ref: str, text: str, *, place: str, row: str) -> str:
    """Replace the text sealed under ``ref`` and return the reference of the new one; the old one stays as it was.

    Who may: a member of its compartment, with their key open (:class:`Locked` otherwise); a caller who lets only the
    author replace a text says so itself. :class:`Stale` when ``ref`` is not the last version of that row any more:
    two who write from the same version do not overwrite one another.
    """
    with looking(viewer.user_id):
        mine = Member.unscoped.filter(user_id=viewer.user_id).values("compartment_id")
        rows = SealedText.unscoped.filter(ref=ref, place=place, row=row, compartment_id__in=mine)
        old = rows.select_related("compartment").first()
        if old is None:
            raise NotAllowedNow("Only a member of the compartment may replace a text of it.")
        try:
            with one_act():
                return _write(viewer, old.compartment, text, place=place, row=row, number=old.number + 1)
        except IntegrityError as newer:
            raise Stale(
                _("This text was changed in the meantime. Yours is kept below: compare, then save.")
            ) from newer


def _write(viewer: Viewer, compartment: Compartment, text: str, *, place: str, row: str, number: int) -> str:
    generation, key = current_key(viewer.user_id, viewer.user_ref, compartment)
    sealed = SealedText(
        compartment=compartment,
        generation=generation,
        place=place,
        row=row,
        number=number,
        author_id=viewer.user_id,
        ciphertext=b"",
    )
    bound = binding(compartment, sealed)
    sealed.ciphertext = crypto.encrypt(text.encode(), purpose=PURPOSE, bound_to=bound, key=key)
    sealed.save(force_insert=True)
    return sealed.ref


def _compartment(viewer: Viewer, mission_ref: str, audience: Audience, about: str) -> Compartment:
    rows = Compartment.unscoped.filter(mission_ref=mission_ref, audience=audience, about=about)
    found = rows.first()
    if found is not None:
        return found
    made = Compartment(
        practice_ref=viewer.practice_ref,
        mission_ref=mission_ref,
        audience=audience,
        about=about,
        founder_id=viewer.user_id,
    )
    try:
        with one_act():
            made.save(force_insert=True)
    except IntegrityError as twin:  # another member has just founded it
        found = rows.first()
        if found is None:
            raise Stale(_("Somebody else was writing at the same instant. Send yours again.")) from twin
        return found
    add_members(made, {viewer.user_id})
    return made

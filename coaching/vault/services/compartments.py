"""Who holds the key of a compartment: given to members, renewed when one leaves, destroyed at the end."""

import logging
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import user_by_id
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.crypto import Undecipherable
from coaching.kernel.errors import NotAllowedNow

from .. import keyring
from ..access import keys_held, public_keys, unsettled
from ..enums import Audience
from ..guard import looking
from ..keys import new_compartment_key, old_key, seal_key
from ..models import Compartment, Member, Recipient, SealedKey

log = logging.getLogger("coaching.vault")
Keys = dict[int, bytes]  # by generation


@act
def admit(*, member_id: int, mission_ref: str, audience: Audience, about: str, user_id: int) -> None:
    """A member of a compartment lets one more person in; nothing happens while there is no compartment yet.

    For services that have just given ``user_id`` their seat at the mission's table. The keys are sealed to the newcomer
    at once where the member's own key is open in this session and the newcomer has a pair; otherwise the newcomer waits
    until a member settles (:func:`settle`). Records ``key.give`` when keys are given.
    """
    with looking(member_id):
        mine = Member.unscoped.filter(user_id=member_id).values("compartment_id")
        found = Compartment.unscoped.filter(
            mission_ref=mission_ref, audience=audience, about=about, pk__in=mine, destroyed_at=None
        ).first()
        if found is None:
            return
        add_members(found, {user_id})
        if keyring.find(member_id):
            _settle(member_id, user_by_id(member_id).ref, found)


@act
def part(*, member_id: int, mission_ref: str, audience: Audience, about: str, user_id: int) -> None:
    """Somebody leaves a compartment: they open nothing in it any more, and what is written next lies under a new key.

    For services that have just ended the seat of ``user_id``; ``member_id`` stays. Nobody's key need be open.
    """
    with looking(member_id):
        mine = Member.unscoped.filter(user_id=member_id).values("compartment_id")
        found = Compartment.unscoped.filter(
            mission_ref=mission_ref, audience=audience, about=about, pk__in=mine
        ).first()
        if found is None:
            return
        Compartment.unscoped.filter(pk=found.pk).update(renew=True)
    with looking(user_id):
        SealedKey.unscoped.filter(compartment=found, user_id=user_id).delete()
        Recipient.unscoped.filter(compartment=found, user_id=user_id).delete()
        Member.unscoped.filter(compartment=found, user_id=user_id).delete()


@act
def destroy(*, member_id: int, by: str, mission_ref: str, audience: Audience, about: str) -> bool:
    """Erase every text of a compartment for good, by destroying each member's key of it. Records ``key.destroy``.

    For services that end the time of a kind of text (``by`` is who acts, or the product itself); ``member_id`` is a
    member. The ciphertexts stay, and nobody opens them any more, whatever password or code they have; backups from
    before still hold the sealed keys until they are themselves gone. False where there was nothing to destroy.
    """
    with looking(member_id):
        mine = Member.unscoped.filter(user_id=member_id).values("compartment_id")
        found = Compartment.unscoped.filter(
            mission_ref=mission_ref, audience=audience, about=about, pk__in=mine
        ).first()
        if found is None:
            return False
        rows = Compartment.unscoped.filter(pk=found.pk, destroyed_at=None)
        if rows.update(destroyed_at=timezone.now(), sealed_key=None) != 1:
            return False
        members = members_of(found)
    for user_id in members:
        with looking(user_id):
            SealedKey.unscoped.filter(compartment=found, user_id=user_id).delete()
    events.record(
        chain=_chain(found),
        kind="key.destroy",
        actor="" if _apart(found) else by,
        subject=found.ref,
        data={"audience": audience},
    )
    return True


def settle(user_id: int, user_ref: str) -> int:
    """Seal the keys this person holds to the members who wait for them, and move what still lies under the old key.

    Who may: the person, while their key is open in this session; done when they unlock and after each of their acts.
    Records ``key.give``. Gives how many compartments were looked after. Raises :class:`Locked`.
    """
    rows = unsettled(user_id)
    for compartment in rows:
        try:
            with one_act(), looking(user_id):
                _settle(user_id, user_ref, compartment)
        except (
            Undecipherable
        ):  # a key was altered or slipped in: nothing is sealed to it, and the act goes on
            log.exception("a compartment was not settled: %s", compartment.ref)
    return len(rows)


def move_old(user_id: int) -> tuple[int, int]:
    """Move this person's compartments from under the deployment's key: (moved whole, still waiting for a pair).

    For the command that does it for everybody; no private key is needed, the deployment's opens them. No event: nobody
    reads anything they did not read before.
    """
    whole = left = 0
    with looking(user_id):
        mine = Member.unscoped.filter(user_id=user_id).values("compartment_id")
        rows = list(Compartment.unscoped.filter(pk__in=mine, sealed_key__isnull=False, destroyed_at=None))
    for compartment in rows:
        with one_act(), looking(user_id):
            keys = {0: old_key(compartment)}
            _give(compartment, keys, [user_id])
            _give(compartment, keys, members_of(compartment))
            moved = _leave_old_key(compartment)
        whole, left = whole + moved, left + (not moved)
    return whole, left


def _settle(user_id: int, user_ref: str, compartment: Compartment) -> None:
    keys = keys_held(user_id, compartment)
    if compartment.sealed_key:
        keys[0] = old_key(compartment)
        _give(compartment, {0: keys[0]}, [user_id])
    give_waiting(compartment, keys, user_ref)
    if compartment.sealed_key:
        _leave_old_key(compartment)


def current_key(user_id: int, user_ref: str, compartment: Compartment) -> tuple[int, bytes]:
    """Generation and key under which this member writes now; a new generation where the last is not theirs to use.

    That is: nothing was written yet, somebody has left, or nobody has sealed the last key to them so far.
    """
    if compartment.destroyed_at:
        raise NotAllowedNow(_("The texts of this place were erased for good: nothing more is written there."))
    keys = keys_held(user_id, compartment)
    usable = compartment.generation > 0 and compartment.generation in keys and not compartment.renew
    if not usable and not _begin_generation(user_id, compartment, keys):
        compartment.refresh_from_db()  # another member was faster, and has sealed theirs to this one
        return current_key(user_id, user_ref, compartment)
    give_waiting(compartment, keys, user_ref)
    return compartment.generation, keys[compartment.generation]


def _begin_generation(user_id: int, compartment: Compartment, keys: Keys) -> bool:
    if not _take_generation(compartment):
        return False
    number = compartment.generation
    keys[number] = new_compartment_key()
    _give(compartment, {number: keys[number]}, members_of(compartment))
    return True


def _take_generation(compartment: Compartment) -> bool:
    """The next number is this writer's alone: under two keys of one number, a text would open to nobody."""
    number = compartment.generation + 1
    rows = Compartment.unscoped.filter(pk=compartment.pk, generation=compartment.generation)
    if rows.update(generation=number, renew=False) != 1:
        return False
    compartment.generation, compartment.renew = number, False
    return True


def add_members(compartment: Compartment, ids: set[int]) -> None:
    # Without RETURNING: the engine shows nobody the memberships of others, not even those just written.
    who = sorted(ids)
    members = [Member(compartment=compartment, user_id=pk) for pk in who]
    Member.unscoped.bulk_create(members, ignore_conflicts=True)
    recipients = [Recipient(compartment=compartment, user_id=pk) for pk in who]
    Recipient.unscoped.bulk_create(recipients, ignore_conflicts=True)


def members_of(compartment: Compartment) -> list[int]:
    return list(Recipient.unscoped.filter(compartment=compartment).values_list("user_id", flat=True))


def give_waiting(compartment: Compartment, keys: Keys, actor: str) -> None:
    """Seal every key the giver holds to the members who wait; they wait on for those the giver has not."""
    rows = Recipient.unscoped.filter(compartment=compartment, waiting=True)
    waiting = list(rows.values_list("user_id", flat=True))
    if not waiting:
        return
    given = _give(compartment, keys, waiting)
    if set(keys) != set(range(compartment.first, compartment.generation + 1)):
        return
    rows.filter(user_id__in=list(given)).update(waiting=False)
    others = sorted(ref for ref in given.values() if ref != actor)
    if others:
        events.record(
            chain=_chain(compartment),
            kind="key.give",
            actor="" if _apart(compartment) else actor,
            subject=compartment.ref,
            data={} if _apart(compartment) else {"to": others},
        )


def _chain(compartment: Compartment) -> str:
    """That of the practice; what a coachee confides to the recourse person is told in no journal that anybody shows."""
    return compartment.about if _apart(compartment) else compartment.practice_ref


def _apart(compartment: Compartment) -> bool:
    return compartment.audience == Audience.COACHEE_AND_RECOURSE


def _give(compartment: Compartment, keys: Keys, user_ids: Iterable[int]) -> dict[int, str]:
    """The keys sealed to those of these people who have a pair: their references, by id."""
    found = public_keys(user_ids)
    rows = [
        SealedKey(
            compartment=compartment,
            generation=generation,
            user_id=public.user_id,
            pair=public.generation,
            sealed=seal_key(key, compartment, generation, public),
        )
        for generation, key in keys.items()
        for public in found.values()
    ]
    SealedKey.unscoped.bulk_create(rows, ignore_conflicts=True)
    return {public.user_id: public.user.ref for public in found.values()}


def _leave_old_key(compartment: Compartment) -> bool:
    """Forget the copy under the deployment's key, once every member has one of their own."""
    members = members_of(compartment)
    if set(public_keys(members)) != set(members):
        return False
    Compartment.unscoped.filter(pk=compartment.pk).update(sealed_key=None)
    if compartment.generation == 0:  # nothing else was ever written there: nobody waits for more
        Recipient.unscoped.filter(compartment=compartment).update(waiting=False)
    return True


def destroy_of_mission(
    *, user_ids: Iterable[int], by: str, mission_ref: str, audiences: Iterable[Audience], about: str = ""
) -> int:
    """Erase for good every text of a mission that lies under these audiences (:func:`destroy`); gives how many compartments.

    For services that end the time of a kind of text, or erase a person. ``user_ids`` are those who may be members: each
    compartment is found through one of them, since the engine shows it to its members alone. With ``about``, the
    compartments of one coachee, or of one signal, alone.
    """
    gone = 0
    narrowed = {"about": about} if about else {}
    for user_id in sorted(set(user_ids)):
        with looking(user_id):
            mine = Member.unscoped.filter(user_id=user_id).values("compartment_id")
            rows = Compartment.unscoped.filter(
                pk__in=mine,
                mission_ref=mission_ref,
                audience__in=list(audiences),
                destroyed_at=None,
                **narrowed,
            )
            found = list(rows.order_by("pk").values_list("audience", "about"))
        for audience, subject in found:
            gone += destroy(
                member_id=user_id, by=by, mission_ref=mission_ref, audience=Audience(audience), about=subject
            )
    return gone

"""The coach's part: propose what would be handed over, and take it back."""

from collections.abc import Iterable

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import colleagues_of
from coaching.accounts.models import User
from coaching.consents.enums import Ending
from coaching.consents.enums import HandOverItem as Item
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.markup import check
from coaching.kernel.refs import new_ref
from coaching.kernel.transitions import perform
from coaching.kernel.viewer import Viewer
from coaching.missions.access import roles_at, table_of
from coaching.missions.enums import SeatRole
from coaching.missions.models import Seat
from coaching.missions.policy import OPEN_STATES
from coaching.missions.services.between import seal_for_both

from .. import letters
from ..access import PROPOSED
from ..composing import WORDS, compose, material
from ..models import HandOver
from ..snapshots import FrozenHandOver, Part, text_of
from ..transitions import HANDOVER
from .ending import end_consent, let_go


@act
def propose(viewer: Viewer, seat: Seat, to: str, items: Iterable[str], letter: str = "") -> HandOver:
    """The coach proposes to their coachee to hand these items over to a colleague. Writes to the coachee alone.

    Who may: the mission's coach, while the mission is not over (article « Obligation de réserve »). ``to`` is the
    reference of a colleague's membership. Records ``handover.propose`` in a chain of its own. Raises :class:`Invalid`
    beside the field at fault, :class:`NotAllowedNow` where it is not possible or another is under way.
    """
    check_possible(viewer, seat)
    colleague = _colleague(viewer, seat, to)
    chosen = _chosen(viewer, seat, set(items), letter)
    row = HandOver(ref=new_ref("HO"), seat=seat, to=colleague, proposed_by_id=viewer.user_id)
    row.proposed_at = timezone.now()
    page = compose(viewer, row.ref, seat, colleague.name, chosen)
    row.items, row.proposed_ref = list(page.items), _seal(viewer, row, page)
    _begin(row)
    told = row.told_in(viewer)
    events.record(chain=told.chain, kind="handover.propose", actor=told.actor, subject=row.ref)
    letters.proposed(row)
    return row


def check_possible(viewer: Viewer, seat: Seat) -> None:
    """Whether this coachee may be handed over at all; :class:`NotAllowedNow` says why not."""
    if "coach" not in roles_at(viewer, seat.mission) or seat.role != SeatRole.COACHEE:
        raise NotAllowedNow(_("Only the mission’s coach proposes to hand a coachee over."))
    if seat.mission.state not in OPEN_STATES or seat.ended_at is not None:
        raise NotAllowedNow(_("This coaching is over: nothing of it is handed over any more."))
    if seat.person.user_id is None:
        raise NotAllowedNow(
            _("The coachee has no account yet: they could not read what would be handed over.")
        )


def _colleague(viewer: Viewer, seat: Seat, ref: str) -> User:
    member = colleagues_of(viewer).filter(ref=ref).first()
    if member is None:
        raise Invalid(_("Choose a colleague: another coach of your practice."), field="to")
    known = {(one.person.user_id, one.person.email) for one in table_of(viewer, seat.mission)}
    if any(member.user_id == user or member.user.email == email for user, email in known):
        raise Invalid(_("This colleague sits at the table of this mission."), field="to")
    return member.user


def _chosen(viewer: Viewer, seat: Seat, items: set[str], letter: str) -> dict[str, Part]:
    letter = letter.strip()
    if Item.LETTER in items and not letter:
        raise Invalid(_("Write the letter, or do not tick it."), field="letter")
    if letter and Item.LETTER not in items:
        raise Invalid(_("Tick the letter to hand it over, or empty it."), field="items")
    _check_letter(letter)
    there = material(viewer, seat)
    if letter:
        there[Item.LETTER] = Part(Item.LETTER, words=letter)
    beyond = items - set(there) - {Item.IDENTITY}
    if beyond:
        raise Invalid(_("There is nothing of this kind to hand over."), field="items")
    return {item: there[item] for item in items if item in there}


def _check_letter(letter: str) -> None:
    try:
        check(letter, WORDS)
    except Invalid as refusal:
        raise Invalid(refusal.message, field="letter") from refusal


def _begin(row: HandOver) -> None:
    row.full_clean(validate_constraints=False)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as other:
        raise NotAllowedNow(_("A hand-over of this coachee is already under way.")) from other


def _seal(viewer: Viewer, row: HandOver, page: FrozenHandOver) -> str:
    """To coach and coachee, who have all of it already but the letter."""
    return seal_for_both(viewer, row.seat, text_of(page), place=PROPOSED, row=row.ref)


@act
def withdraw(viewer: Viewer, handover: HandOver) -> HandOver:
    """The coach takes it back until the colleague has accepted; what was agreed to is erased. Records ``handover.withdraw``.

    Who may: the mission's coach. Writes to the coachee, and to the colleague where it had been offered to them.
    """
    roles = roles_at(viewer, handover.seat.mission) & {"coach"}
    offered = end_consent(viewer, handover, Ending.UNUSED) if roles else False
    row = perform(HANDOVER, handover, "withdraw", viewer, roles=roles)
    if row.agreed_ref and not offered:  # the coachee has agreed at this very moment
        raise Stale(_("The coachee has just agreed. Look at it again before you take it back."))
    let_go(viewer, row)
    letters.withdrawn(handover, offered=offered)
    return row

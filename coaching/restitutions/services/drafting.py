"""The coach's part before the coachee reads: begin, word, send, take back, set aside."""

from collections.abc import Mapping

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from coaching.consents.access import agreed_items
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.transitions import Move, perform
from coaching.kernel.viewer import Viewer
from coaching.missions.access import roles_at, table_of
from coaching.missions.enums import SeatRole, Side
from coaching.missions.models import Seat

from .. import letters
from ..access import text_now
from ..composing import Said, check_names, check_scope, check_words, compose
from ..enums import RestitutionState
from ..models import Restitution
from ..transitions import RESTITUTION
from .texts import cleared, keep, take

DRAFT = frozenset({RestitutionState.DRAFT})


@act
def begin(viewer: Viewer, seat: Seat, addressee: str) -> Restitution:
    """The coach begins a restitution about one coachee, with the facts of everything the coachee agrees to and no words.

    Who may: the mission's coach, where the coachee's consent stands. Records ``restitution.begin``. Raises
    :class:`NotAllowedNow` where nothing may be given back, or one to the same addressee is still being prepared.
    """
    _only_coach(viewer, seat)
    agreed = agreed_items(seat, addressee)
    if not agreed:
        raise NotAllowedNow(_("The coachee does not agree to anything being given back to this addressee."))
    if seat.person.user_id is None:
        raise NotAllowedNow(_("The coachee has no account yet: they could not read it before it goes."))
    row = Restitution(seat=seat, addressee=addressee, written_by_id=viewer.user_id)
    row.full_clean(validate_constraints=False)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as other:
        raise NotAllowedNow(_("A restitution to this addressee is already being prepared.")) from other
    keep(viewer, row, compose(viewer, row, {item: Said(there=True) for item in agreed}), Side.COACH)
    _record(viewer, row, "begin")
    return row


@act
def word(viewer: Viewer, restitution: Restitution, said: Mapping[str, Said], *, based_on: int) -> Restitution:
    """The coach words the draft, inside the coachee's limits; its facts are those of now. Records ``restitution.word``.

    Who may: the mission's coach, while it is a draft. ``based_on`` is the number of the text they saw (:class:`Stale`).
    Raises :class:`Invalid` beside the field at fault.
    """
    _only_coach(viewer, restitution.seat)
    check_words(said)
    beyond = [item for item in said if item not in agreed_items(restitution.seat, restitution.addressee)]
    if any(said[item].there or said[item].words.strip() for item in beyond):
        raise Invalid(_("The coachee does not agree to this being given back."), field=f"words_{beyond[0]}")
    row = take(restitution, based_on, DRAFT)
    page = compose(viewer, row, {item: one for item, one in said.items() if item not in beyond})
    check_names(page, table_of(viewer, row.seat.mission))
    keep(viewer, row, page, Side.COACH)
    _record(viewer, row, "word")
    return row


def propose(viewer: Viewer, restitution: Restitution) -> Restitution:
    """The coachee may read it from now on, and nobody else. Records ``restitution.propose``; writes to the coachee.

    Who may: the mission's coach. Raises :class:`Invalid` for what exceeds the coachee's limits, says nothing or names
    somebody; nothing has changed then.
    """

    def effects(current: Restitution, move: Move) -> None:
        page = text_now(viewer, current).page
        check_scope(page, agreed_items(restitution.seat, current.addressee))
        check_names(page, table_of(viewer, restitution.seat.mission))
        cleared(current, move)
        letters.proposed(restitution)

    return _move(viewer, restitution, "propose", effects)


def take_back(viewer: Viewer, restitution: Restitution) -> Restitution:
    """Back to draft: the coachee no longer finds it, what they approved counts no more. Records ``restitution.take_back``.

    Who may: the mission's coach, until it is released.
    """
    return _move(viewer, restitution, "take_back", cleared)


def drop(viewer: Viewer, restitution: Restitution) -> Restitution:
    """Set a draft aside for good. Records ``restitution.drop``. Who may: the mission's coach."""
    return _move(viewer, restitution, "drop", None)


def _move(viewer, restitution, name, effects) -> Restitution:
    roles = roles_at(viewer, restitution.seat.mission) & {"coach"}
    return perform(RESTITUTION, restitution, name, viewer, roles=roles, effects=effects)


def _only_coach(viewer: Viewer, seat: Seat) -> None:
    if "coach" not in roles_at(viewer, seat.mission) or seat.role != SeatRole.COACHEE:
        raise NotAllowedNow(_("Only the mission’s coach prepares a restitution."))


def _record(viewer: Viewer, restitution: Restitution, what: str) -> None:
    events.record(
        chain=viewer.practice_ref,
        kind=f"restitution.{what}",
        actor=viewer.user_ref,
        subject=restitution.ref,
        mission=restitution.mission_ref,
        data={"number": restitution.number, "addressee": restitution.addressee},
    )

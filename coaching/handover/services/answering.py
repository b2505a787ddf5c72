"""The coachee's part: reads what would be handed over, agrees to what they tick and nothing else, or declines."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import coaches_here
from coaching.consents.enums import HandOverItem
from coaching.consents.services import consents
from coaching.kernel.acts import act
from coaching.kernel.choices import in_order
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.transitions import hold, perform
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Seat
from coaching.vault.services import seal

from .. import letters
from ..access import AGREED, proposed_page
from ..enums import HandOverState
from ..models import HandOver
from ..snapshots import FrozenHandOver, sha256_of, text_of
from ..transitions import HANDOVER
from .ending import compartment_of


@act
def agree(viewer: Viewer, handover: HandOver, items: Iterable[str]) -> HandOver:
    """The coachee agrees to who they are and these items being handed over. Records ``consent.give`` and ``handover.agree``.

    Who may: the coachee it is about, while it is with them; never more than what was proposed. What they agree to is
    sealed anew, by them, to themself and the colleague: nothing of it hangs on their coach's key from then on. Writes
    to the colleague. Raises :class:`Invalid` for an item beyond, :class:`NotAllowedNow` where it is no longer possible.
    """
    current = _with_the_coachee(viewer, handover)
    page = _page(viewer, current)
    chosen = set(items)
    if chosen - set(page.items):
        raise Invalid(_("Your coach does not propose to hand this over."), field="items")
    _still_there(current)
    _keep(viewer, current, page.only(chosen))
    row = perform(HANDOVER, current, "agree", viewer, roles=_roles(viewer, current))
    letters.offered(row)
    return row


def _with_the_coachee(viewer: Viewer, handover: HandOver) -> HandOver:
    """The row, held until the end of the transaction: eight who press at once agree once."""
    if not _roles(viewer, handover):
        raise NotAllowedNow(_("Only the coachee agrees to being handed over."))
    current = hold(handover)
    if current.state != HandOverState.PROPOSED:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))
    return current


def _page(viewer: Viewer, current: HandOver) -> FrozenHandOver:
    page = proposed_page(viewer, current)
    if page is None:
        raise NotAllowedNow(
            _("This text does not open to you yet: nobody agrees to what they have not read.")
        )
    return page


def _still_there(current: HandOver) -> None:
    if not coaches_here(current.to_id, current.seat.mission.practice_id):
        raise NotAllowedNow(_("This colleague no longer coaches in the practice."))


def _keep(viewer: Viewer, current: HandOver, page: FrozenHandOver) -> None:
    members = {viewer.user_id, current.to_id}
    where = compartment_of(current)
    ref = seal(viewer, text_of(page), place=AGREED, row=current.ref, members=members, **where)
    consent = consents.hand_over(viewer, current.seat, current.to_id, page.items)
    HandOver.unscoped.filter(pk=current.pk).update(
        agreed=in_order(HandOverItem, page.items),
        agreed_ref=ref,
        agreed_sha256=sha256_of(page),
        consent=consent,
    )


def decline(viewer: Viewer, handover: HandOver) -> HandOver:
    """The coachee does not want it, without a reason. Records ``handover.decline`` in a chain of its own; writes to the coach.

    Once they have agreed, they take their consent back instead (:func:`coaching.consents.services.consents.withdraw`).
    """

    def effects(_current: HandOver, _move) -> None:
        letters.declined(handover)

    return perform(HANDOVER, handover, "decline", viewer, roles=_roles(viewer, handover), effects=effects)


def _roles(viewer: Viewer, handover: HandOver) -> frozenset[str]:
    seat = Seat.unscoped.filter(pk=handover.seat_id, ended_at=None, person__user_id=viewer.user_id)
    mine = viewer.portal == Portal.COACHEE and seat.exists()
    return frozenset({"coachee"}) if mine else frozenset()

"""Letting an approved restitution go: made into a PDF outside any transaction, then copied by value in one."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.consents.access import agreed_items
from coaching.documents.canonical import canonical
from coaching.documents.rendering import Rendered
from coaching.documents.services import store
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import own_seats, roles_at
from coaching.vault.guard import looking

from .. import letters
from ..access import Worded, released_for, text_now
from ..composing import check_scope
from ..enums import RestitutionState
from ..models import Receipt, ReleasedRestitution, Restitution
from ..rendering import restitution_pdf
from ..snapshots import FrozenRestitution, Released, sha256_of, text_of
from ..transitions import RESTITUTION


def release(viewer: Viewer, restitution: Restitution) -> ReleasedRestitution:
    """The approved text goes to its addressee, once and for all. Records ``restitution.release``; writes to addressees and coachee.

    Who may: the mission's coach, while the coachee's approval of this very text and their consent both stand: asked
    again when it goes, whatever happened while the PDF was made. Never inside a transaction. Raises
    :class:`coaching.documents.rendering.RenderFailed`, :class:`Stale`, :class:`NotAllowedNow`; nothing has left then.
    """
    worded = text_now(viewer, restitution)
    _check_approved(restitution, worded)
    return _let_go(viewer, restitution, worded.page, restitution_pdf(worded.page))


def _check_approved(restitution: Restitution, worded: Worded) -> None:
    if restitution.state != RestitutionState.APPROVED:
        raise NotAllowedNow(_("The coachee has not approved this text."))
    if worded.page is None or sha256_of(worded.page) != restitution.approved_sha256:
        raise NotAllowedNow(_("This is not the text the coachee approved: it is not released."))


@act
def _let_go(
    viewer: Viewer, restitution: Restitution, page: FrozenRestitution, made: Rendered
) -> ReleasedRestitution:
    """Also for stand-ins of the renderer."""
    kept: list[ReleasedRestitution] = []

    def effects(current: Restitution, _move: Move) -> None:
        if current.approved_sha256 != sha256_of(page):
            raise Stale(_("The text was changed while it was being released: look at it again."))
        check_scope(page, agreed_items(restitution.seat, current.addressee))
        kept.append(_copy(viewer, restitution, current, page, made))
        letters.released(restitution, kept[0])

    roles = roles_at(viewer, restitution.seat.mission) & {"coach"}
    perform(RESTITUTION, restitution, "release", viewer, roles=roles, effects=effects)
    return kept[0]


def _copy(viewer, restitution, current, page, made) -> ReleasedRestitution:
    now = timezone.now()
    document = store(
        made,
        practice_ref=viewer.practice_ref,
        kind="restitution",
        title=restitution.ref,  # a title says nothing of anybody
        language=page.language,
        snapshot=canonical(Released(restitution.ref, sha256_of(page))),
    )
    with looking(viewer.user_id):
        return ReleasedRestitution.unscoped.create(
            restitution=restitution,
            mission=restitution.seat.mission,
            seat=restitution.seat,
            addressee=current.addressee,
            content=text_of(page),
            sha256=sha256_of(page),
            document=document,
            approved_at=current.approved_at,
            released_by_id=viewer.user_id,
            released_at=now,
        )


@act
def open_released(viewer: Viewer, released: ReleasedRestitution) -> Receipt:
    """An addressee opens what was released to them: coach and coachee see who did, and when. Records ``restitution.read``.

    Who may: an addressee, behind the organisation's portal. The first time counts. :class:`NotAllowedNow` where it was
    withdrawn while they were about to.
    """
    if viewer.portal != Portal.ORGANISATION:
        raise NotAllowedNow(_("Only its addressee opens a restitution."))
    current = hold(released.restitution)
    with looking(viewer.user_id):
        if not released_for(viewer).filter(pk=released.pk).exists():
            raise NotAllowedNow(_("This restitution was withdrawn before you opened it."))
    seat = next(one for one in own_seats(viewer, released.mission) if one.role == released.addressee)
    receipt, made = Receipt.unscoped.get_or_create(
        restitution=current, user_id=viewer.user_id, defaults={"seat": seat}
    )
    if made:
        events.record(
            chain=viewer.practice_ref,
            kind="restitution.read",
            actor=viewer.user_ref,
            subject=current.ref,
            mission=current.mission_ref,
        )
    return receipt

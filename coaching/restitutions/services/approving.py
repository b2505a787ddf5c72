"""The coachee's part: reads the very page, words it otherwise, approves that text, asks for another, refuses."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coaching.consents.access import agreed_items
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import Move, perform
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_seats
from coaching.missions.enums import SeatRole, Side
from coaching.missions.services.between import seal_for_both
from coaching.vault.services import reseal

from .. import letters
from ..access import ASKED, restitutions_for, text_now
from ..composing import Said, check_scope, check_words, reword
from ..enums import RestitutionState
from ..models import Restitution, RestitutionText
from ..transitions import RESTITUTION
from .texts import cleared, keep, take

PROPOSED = frozenset({RestitutionState.PROPOSED})


@act
def amend(
    viewer: Viewer, restitution: Restitution, said: Mapping[str, Said], *, based_on: int
) -> Restitution:
    """The coachee words it otherwise, or leaves something out; what changed is shown to both. Records ``restitution.amend``.

    Who may: the coachee it is about, while it is with them. Nothing is added that was not there. Raises :class:`Stale`
    when it has been changed since, :class:`Invalid` beside the field at fault.
    """
    _only_own(viewer, restitution)
    check_words(said)
    page = text_now(viewer, restitution).page
    row = take(restitution, based_on, PROPOSED)
    words = reword(page, said)
    if not words.says_something:
        raise Invalid(_("Nothing would be left of it: refuse it, or ask for another."))
    keep(viewer, row, words, Side.COACHEE)
    events.record(
        chain=viewer.practice_ref,
        kind="restitution.amend",
        actor=viewer.user_ref,
        subject=row.ref,
        mission=row.mission_ref,
        data={"number": row.number, "addressee": row.addressee},
    )
    return row


@act
def approve(viewer: Viewer, restitution: Restitution, *, number: int, sha256: str) -> Restitution:
    """The coachee approves one text, by its digest: no other can be released. Records ``restitution.approve``; writes to the coach.

    Who may: the coachee it is about, while it is with them. ``number`` and ``sha256`` are of the text they were shown:
    :class:`Stale` when there is another by now, :class:`Invalid` where it exceeds what they agree to by now.
    """
    _only_own(viewer, restitution)
    _the_text(restitution, number, sha256)
    check_scope(text_now(viewer, restitution).page, agreed_items(restitution.seat, restitution.addressee))
    rows = Restitution.unscoped.filter(pk=restitution.pk, number=number, state=RestitutionState.PROPOSED)
    if rows.update(approved_sha256=sha256) != 1:
        raise Stale(_("This text was changed in the meantime: read it again before you approve it."))

    def effects(current: Restitution, _move: Move) -> None:
        if (current.number, current.approved_sha256) != (number, sha256):
            raise Stale(_("This text was changed in the meantime: read it again before you approve it."))
        letters.approved(restitution)

    return _move(viewer, restitution, "approve", effects)


def _the_text(restitution: Restitution, number: int, sha256: str) -> None:
    rows = RestitutionText.unscoped.filter(restitution=restitution, number=number, sha256=sha256)
    if not rows.exists():
        raise Stale(_("This text was changed in the meantime: read it again before you approve it."))


def unapprove(viewer: Viewer, restitution: Restitution) -> Restitution:
    """The coachee takes their approval back, until it is released. Records ``restitution.unapprove``."""
    return _move(viewer, restitution, "unapprove", cleared)


@act
def ask(viewer: Viewer, restitution: Restitution, words: str) -> Restitution:
    """The coachee asks for another text, and says what they would have. Records ``restitution.ask``; writes to the coach.

    What they say is sealed for the two. Raises :class:`Invalid` where nothing is said.
    """
    if not words.strip():
        raise Invalid(_("Say what you would have otherwise."), field="words")
    check_words({"asked": Said(there=True, words=words)})
    _only_own(viewer, restitution)

    def effects(current: Restitution, _move: Move) -> None:
        cleared(current, _move)
        ref = _seal_asked(viewer, restitution, current, words.strip())
        Restitution.unscoped.filter(pk=current.pk).update(asked_ref=ref)
        letters.asked(restitution)

    return _move(viewer, restitution, "ask", effects)


def _seal_asked(viewer: Viewer, restitution: Restitution, current: Restitution, words: str) -> str:
    if current.asked_ref:
        return reseal(viewer, current.asked_ref, words, place=ASKED, row=current.ref)
    return seal_for_both(viewer, restitution.seat, words, place=ASKED, row=current.ref)


def refuse(viewer: Viewer, restitution: Restitution) -> Restitution:
    """The coachee refuses it, for good, without a reason. Records ``restitution.refuse``; writes to the coach."""

    def effects(current: Restitution, move: Move) -> None:
        cleared(current, move)
        letters.refused(restitution)

    return _move(viewer, restitution, "refuse", effects)


def withdraw(viewer: Viewer, restitution: Restitution) -> Restitution:
    """The coachee takes back what was released: whoever has not opened it no longer finds it. Records ``restitution.withdraw``."""
    return _move(viewer, restitution, "withdraw", None)


def _move(viewer, restitution, name, effects) -> Restitution:
    roles = frozenset({"coachee"}) if _is_own(viewer, restitution) else frozenset()
    return perform(RESTITUTION, restitution, name, viewer, roles=roles, effects=effects)


def _is_own(viewer: Viewer, restitution: Restitution) -> bool:
    seats = own_seats(viewer, restitution.seat.mission)
    mine = any(seat.pk == restitution.seat_id and seat.role == SeatRole.COACHEE for seat in seats)
    return mine and restitutions_for(viewer).filter(pk=restitution.pk).exists()


def _only_own(viewer: Viewer, restitution: Restitution) -> None:
    if not _is_own(viewer, restitution):
        raise NotAllowedNow(_("Only the coachee it is about decides on this restitution."))

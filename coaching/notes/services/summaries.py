"""The summary of a session, from coach to coachee: a text of its own, never the note."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.markup import check
from coaching.kernel.refs import new_ref
from coaching.kernel.transitions import hold
from coaching.kernel.viewer import Viewer
from coaching.missions.access import roles_at
from coaching.missions.enums import SeatRole
from coaching.missions.models import Seat
from coaching.missions.services.between import seal_for_both
from coaching.missions.services.life import record
from coaching.sessions.access import participants_of
from coaching.sessions.enums import SessionKind, SessionState
from coaching.sessions.models import CoachingSession
from coaching.vault.services import reseal

from .. import letters
from ..access import note_of, summaries_of, text_of
from ..echo import repeated
from ..models import SharedSummary
from ..policy import SUMMARY_PLACE


class Echo(Invalid):
    """The text repeats words of the coach's private note; ``words`` are those."""

    def __init__(self, words: str):
        self.words = words
        message = _(
            "These words are in your private note too: “%(words)s”. Reword them, or say that you mean it."
        )
        super().__init__(message % {"words": words}, field="text")


def may_be_shared(session: CoachingSession) -> bool:
    """A session that took place, with those who are coached; a three-way meeting has minutes that all approve."""
    return session.state == SessionState.HELD and session.kind != SessionKind.THREE_WAY


def readers_of(viewer: Viewer, session: CoachingSession) -> list[Seat]:
    """The coachees who took part and still sit at the table: those whom a summary is written for."""
    seats = [one.seat for one in participants_of(viewer, session) if one.present]
    return [seat for seat in seats if seat.role == SeatRole.COACHEE and seat.ended_at is None]


def check_summary(viewer: Viewer, session: CoachingSession, text: str, *, meant: bool) -> str:
    """The text as it would be shared. Raises :class:`Invalid` beside the field, :class:`Echo` unless it is ``meant``."""
    if not may_be_shared(session):
        raise NotAllowedNow(_("A summary is shared of a session that took place."))
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Invalid(_("Write what you share first."), field="text")
    try:
        check(text)
    except Invalid as wrong:
        raise Invalid(wrong.message, field="text") from wrong
    note = note_of(viewer, session)
    words = repeated(text_of(viewer, note), text) if note and not meant else ""
    if words:
        raise Echo(words)
    return text


@act
def share(
    viewer: Viewer, session: CoachingSession, text: str, *, based_on: int, meant: bool = False
) -> Sequence[SharedSummary]:
    """Share a summary with the coachees who took part, or replace it. Records ``summary.share`` or ``summary.change``.

    Who may: the mission's coach, with their key open; words of their private note go along only where ``meant``.
    ``based_on`` is the number they saw (0: none yet); :class:`Stale` when it has moved. Each coachee's copy is sealed
    for them and the coach; they are written to, without a word of it.
    """
    if "coach" not in roles_at(viewer, session.mission):
        raise NotAllowedNow(_("Only the mission’s coach shares a summary."))
    session = hold(session)
    text = check_summary(viewer, session, text, meant=meant)
    copies = {row.seat_id: row for row in summaries_of(viewer, session)}
    if based_on != max((row.number for row in copies.values()), default=0):
        raise Stale(_("The summary was changed in another window. Yours is kept below: compare, then share."))
    seats = readers_of(viewer, session)
    if not seats:
        raise NotAllowedNow(_("No coachee who took part still sits at the table."))
    rows = [_copy(viewer, session, seat, copies.get(seat.pk), text, based_on + 1) for seat in seats]
    kind = "summary.change" if copies else "summary.share"
    record(viewer, session.mission, kind, session.ref, {"number": based_on + 1, "copies": len(rows)})
    letters.summary_shared(session, seats, changed=bool(copies))
    return rows


def _copy(viewer, session, seat: Seat, found: SharedSummary | None, text: str, number: int) -> SharedSummary:
    if found is not None:
        ref = reseal(viewer, found.sealed_ref, text, place=SUMMARY_PLACE, row=found.ref)
        rows = SharedSummary.unscoped.filter(pk=found.pk)
        rows.update(sealed_ref=ref, number=number, changed_at=timezone.now())
        return rows.get()
    row = SharedSummary(
        ref=new_ref("SY"), session=session, seat=seat, number=number, written_by_id=viewer.user_id
    )
    row.sealed_ref = seal_for_both(viewer, seat, text, place=SUMMARY_PLACE, row=row.ref)
    row.save(force_insert=True)
    return row

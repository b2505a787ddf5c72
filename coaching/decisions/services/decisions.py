"""What a coachee decides: written, shared or kept, closed, by themself alone (article « Responsabilité des décisions »)."""

from collections.abc import Collection
from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.forms import LONG_TEXT
from coaching.kernel.refs import new_ref
from coaching.kernel.transitions import Move, perform
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_coachee_seat, own_seats
from coaching.missions.enums import MissionState, SeatRole
from coaching.missions.models import Mission, Seat
from coaching.sessions.access import sessions_for
from coaching.sessions.models import CoachingSession
from coaching.vault.enums import Audience
from coaching.vault.services import seal

from ..access import CLOSING, TEXT, Said, said_of
from ..enums import DecisionState
from ..models import Decision, Suggestion, Wording
from ..transitions import DECISION

ANY = frozenset(DecisionState.values)
OPEN = frozenset({DecisionState.OPEN})


@act
def decide(
    viewer: Viewer,
    mission: Mission,
    text: str,
    *,
    taken_on: date,
    session: CoachingSession | None = None,
    look_on: date | None = None,
    remind: bool = False,
    suggestion: Suggestion | None = None,
) -> Decision:
    """A coachee writes down what they have decided, in their own words. It is born kept: nobody else learns of it.

    Who may: a coachee of the mission, for their own seat; 404 to anybody else. ``session`` is one they take part in.
    Records ``decision.write`` in a chain of the journal of their own. Raises :class:`Invalid` beside the field at fault.
    """
    if mission.state == MissionState.REFUSED:
        raise NotAllowedNow(_("This mission was declined: nothing is decided in it."))
    seat = own_coachee_seat(viewer, mission)
    _check(viewer, mission, text, taken_on, session)
    check_day(look_on, remind)
    row = Decision(
        seat=_of(seat, mission),
        session=session,
        suggestion=suggestion,
        number=1,
        taken_on=taken_on,
        look_on=look_on,
        remind=remind,
    )
    row.full_clean()
    row.save(force_insert=True)
    _word(viewer, row, text)
    record(viewer, row, "write")
    return row


@act
def reword(
    viewer: Viewer,
    decision: Decision,
    text: str,
    *,
    taken_on: date,
    session: CoachingSession | None = None,
    based_on: int,
) -> Decision:
    """Other words, another date. Earlier wordings stay, for the coachee alone. Records ``decision.edit``, as above.

    Who may: its coachee, while it is under way. ``based_on`` is the number of the wording they saw: :class:`Stale` when
    there is another one by now, or when it was shared or kept in between.
    """
    mission = decision.seat.mission
    _own(viewer, decision)
    _check(viewer, mission, text, taken_on, session)
    row = _take(decision, based_on, OPEN, taken_on=taken_on, session=session)
    _word(viewer, row, text)
    record(viewer, row, "edit")
    return row


@act
def close(viewer: Viewer, decision: Decision, outcome: str, words: str, *, based_on: int) -> Decision:
    """The coachee says how it ended: ``fulfil`` or ``drop``, in words if they like. Records it, as above.

    Who may: its coachee alone. A reminder still to come is not sent. Raises :class:`Stale` as :func:`reword` does.
    """
    if outcome not in ("fulfil", "drop"):
        raise Invalid(_("Say how it ended."), field="outcome")
    return _move(viewer, decision, outcome, words.strip(), based_on)


@act
def reopen(viewer: Viewer, decision: Decision, *, based_on: int) -> Decision:
    """The coachee takes a closed decision up again. Records ``decision.reopen``, as above. Who may: its coachee alone."""
    return _move(viewer, decision, "reopen", "", based_on)


def _move(viewer: Viewer, decision: Decision, name: str, closing: str, based_on: int) -> Decision:
    roles = frozenset({"coachee"}) if _is_own(viewer, decision) else frozenset()

    def effects(current: Decision, move: Move) -> None:
        text = _readable(viewer, current).text
        again = {"closed_at": None} if name == "reopen" else {}
        row = _take(current, based_on, frozenset({move.transition.target}), **again)
        _word(viewer, row, text, closing)

    return perform(DECISION, decision, name, viewer, roles=roles, effects=effects)


@act
def share(viewer: Viewer, decision: Decision, *, based_on: int) -> Decision:
    """From now on the coach reads the decision as it stands, and follows it. Records ``decision.share``, as above.

    Who may: its coachee alone (article 4). The words are sealed anew, for coach and coachee; earlier wordings are not.
    """
    return _seal_anew(viewer, decision, based_on, "share", shared_at=timezone.now())


@act
def keep(viewer: Viewer, decision: Decision, *, based_on: int) -> Decision:
    """The coach no longer finds the decision anywhere. What they have read, they have read. Records ``decision.keep``, as above.

    Who may: its coachee alone. The words are sealed anew, for them alone.
    """
    return _seal_anew(viewer, decision, based_on, "keep", shared_at=None)


def _seal_anew(viewer: Viewer, decision: Decision, based_on: int, what: str, **changes) -> Decision:
    _own(viewer, decision)
    said = _readable(viewer, decision)
    if decision.shared == (what == "share"):
        raise NotAllowedNow(_("This is already so."))
    row = _take(decision, based_on, ANY, **changes)
    _word(viewer, row, said.text, said.closing or "")
    record(viewer, row, what)
    return row


def check_day(look_on: date | None, remind: bool) -> None:
    """A letter needs a day, and one that has not passed."""
    if remind and look_on is None:
        raise Invalid(_("Say on which day we should write to you."), field="look_on")
    if remind and look_on < timezone.localdate():
        raise Invalid(_("This day has passed: choose another one for the letter."), field="look_on")


def record(viewer: Viewer, decision: Decision, what: str) -> None:
    """In the coachee's own chain: neither the coach's timeline nor the practice's journal says that it happened."""
    told, data = decision.told_in(viewer), {"number": decision.number}
    events.record(
        chain=told.chain, kind=f"decision.{what}", actor=told.actor, subject=decision.ref, data=data
    )


def _take(decision: Decision, based_on: int, states: Collection[str], **changes) -> Decision:
    """The next number is this writer's alone, and the row is theirs until the end of the transaction.

    Whoever saw another wording is told (:class:`Stale`): words written to be kept are never sealed for somebody else
    because the decision was shared meanwhile.
    """
    rows = Decision.unscoped.filter(pk=decision.pk, number=based_on, state__in=states)
    if rows.update(number=F("number") + 1, **changes) != 1:
        now = Decision.unscoped.get(pk=decision.pk)
        if now.state not in states:
            raise NotAllowedNow(_("This decision is closed: take it up again to reword it."))
        raise Stale(_("This decision was changed in the meantime. Yours is kept below: compare, then save."))
    return Decision.unscoped.select_related("seat", "seat__mission").get(pk=decision.pk)


def _word(viewer: Viewer, decision: Decision, text: str, closing: str = "") -> None:
    row = Wording(ref=new_ref("DW"), decision=decision, number=decision.number, shared=decision.shared)
    row.text_ref = _seal(viewer, decision, text.strip(), TEXT, row.ref)
    if closing:
        row.closing_ref = _seal(viewer, decision, closing, CLOSING, row.ref)
    row.save(force_insert=True)


def _seal(viewer: Viewer, decision: Decision, text: str, place: str, row: str) -> str:
    mission = decision.seat.mission
    return seal(
        viewer,
        text,
        place=place,
        row=row,
        mission_ref=mission.ref,
        audience=Audience.COACH_AND_COACHEE if decision.shared else Audience.COACHEE,
        about=decision.seat.ref,
        members={viewer.user_id, mission.coach_id} if decision.shared else {viewer.user_id},
    )


def _readable(viewer: Viewer, decision: Decision) -> Said:
    said = said_of(viewer, decision)
    if said.text is None:
        raise NotAllowedNow(
            _("These words do not open to you: write the decision again before you go on with it.")
        )
    return said


def _check(viewer: Viewer, mission: Mission, text: str, taken_on: date, session) -> None:
    check_text(text)
    if taken_on > timezone.localdate():
        raise Invalid(_("A decision is dated on the day you took it, or before."), field="taken_on")
    if session and not sessions_for(viewer).filter(pk=session.pk, mission=mission).exists():
        raise Invalid(_("Choose one of your own sessions."), field="session")


def check_text(text: str, field: str = "text") -> None:
    """Words, and not too many of them."""
    if not text.strip():
        raise Invalid(_("This text is empty."), field=field)
    if len(text) > LONG_TEXT:
        raise Invalid(_("This text is too long."), field=field)


def _own(viewer: Viewer, decision: Decision) -> None:
    if not _is_own(viewer, decision):
        raise NotAllowedNow(_("Only the coachee writes their decisions, and closes them."))


def _is_own(viewer: Viewer, decision: Decision) -> bool:
    seats = own_seats(viewer, decision.seat.mission)
    return any(seat.pk == decision.seat_id and seat.role == SeatRole.COACHEE for seat in seats)


def _of(seat: Seat, mission: Mission) -> Seat:
    seat.mission = mission  # just read: asked of it, not of the database again
    return seat

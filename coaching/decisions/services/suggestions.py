"""What the coach may do about decisions: suggest, and nothing else. The coachee adopts, declines, or leaves it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.refs import new_ref
from coaching.kernel.transitions import Move, perform
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import own_seats, roles_at
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import OPEN_STATES
from coaching.missions.services.between import seal_for_both
from coaching.missions.services.life import record
from coaching.sessions.models import CoachingSession, Participant

from .. import letters
from ..access import REASON, SUGGESTED
from ..models import Decision, Suggestion
from ..transitions import SUGGESTION
from .decisions import check_text, decide


@act
def suggest(
    viewer: Viewer, mission: Mission, seat: Seat, text: str, *, session: CoachingSession | None = None
) -> Suggestion:
    """The coach suggests something to one coachee, sealed for the two of them. Records ``suggestion.make``.

    Who may: the mission's coach, behind their portal. ``session`` is one this coachee takes part in. The coachee is
    written to, without a word of it. Raises :class:`Invalid` beside the field at fault.
    """
    if "coach" not in roles_at(viewer, mission):
        raise NotAllowedNow(_("Only the mission’s coach makes suggestions."))
    if mission.state not in OPEN_STATES:
        raise NotAllowedNow(_("This mission is over: nothing is suggested in it any more."))
    check_text(text)
    _check_seat(mission, seat, session)
    row = Suggestion(ref=new_ref("SG"), seat=seat, session=session, written_by_id=viewer.user_id)
    row.sealed_ref = seal_for_both(viewer, seat, text.strip(), place=SUGGESTED, row=row.ref)
    row.full_clean()
    row.save(force_insert=True)
    record(viewer, mission, "suggestion.make", row.ref)
    letters.suggested(row, mission)
    return row


@act
def adopt(
    viewer: Viewer,
    suggestion: Suggestion,
    text: str,
    *,
    taken_on: date,
    session: CoachingSession | None = None,
    look_on: date | None = None,
    remind: bool = False,
) -> Decision:
    """The coachee makes a suggestion a decision of their own, in their own words, kept like any other. Records ``suggestion.adopt``.

    Who may: the coachee it was made to. The coach sees that it was adopted, and nothing of the decision until it is
    shared. Raises what :func:`.decisions.decide` raises, and :class:`NotAllowedNow` when it is no longer to be answered.
    """
    made: list[Decision] = []

    def effects(current: Suggestion, _move: Move) -> None:
        mission = suggestion.seat.mission
        row = decide(
            viewer,
            mission,
            text,
            taken_on=taken_on,
            session=session,
            look_on=look_on,
            remind=remind,
            suggestion=current,
        )
        made.append(row)

    _answer(viewer, suggestion, "adopt", effects)
    return made[0]


@act
def decline(viewer: Viewer, suggestion: Suggestion, reason: str = "") -> Suggestion:
    """The coachee declines, with a reason or without. Records ``suggestion.decline``. Who may: the coachee it was made to."""

    def effects(current: Suggestion, _move: Move) -> None:
        if reason.strip():
            seat = suggestion.seat
            sealed = seal_for_both(viewer, seat, reason.strip(), place=REASON, row=current.ref)
            Suggestion.unscoped.filter(pk=current.pk).update(reason_ref=sealed)

    if reason.strip():
        check_text(reason, "reason")
    return _answer(viewer, suggestion, "decline", effects)


def withdraw(viewer: Viewer, suggestion: Suggestion) -> Suggestion:
    """The coach takes back what was not answered yet. Records ``suggestion.withdraw``. Who may: the mission's coach."""
    roles = roles_at(viewer, suggestion.seat.mission) if viewer.portal == Portal.COACH else frozenset()
    return perform(SUGGESTION, suggestion, "withdraw", viewer, roles=roles)


def _answer(viewer: Viewer, suggestion: Suggestion, name: str, effects) -> Suggestion:
    seats = own_seats(viewer, suggestion.seat.mission)
    own = any(seat.pk == suggestion.seat_id and seat.role == SeatRole.COACHEE for seat in seats)
    roles = frozenset({"coachee"}) if own else frozenset()
    return perform(SUGGESTION, suggestion, name, viewer, roles=roles, effects=effects)


def _check_seat(mission: Mission, seat: Seat, session: CoachingSession | None) -> None:
    if seat.mission_id != mission.pk or seat.role != SeatRole.COACHEE or seat.ended_at is not None:
        raise Invalid(_("Say to which coachee."), field="seat")
    if session is None:
        return
    there = Participant.unscoped.filter(session=session, seat=seat, session__mission=mission)
    if not there.exists():
        raise Invalid(_("Choose a session this coachee takes part in."), field="session")

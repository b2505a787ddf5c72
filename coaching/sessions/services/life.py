"""What becomes of a session: held, missed, cancelled in time or late."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import roles_at
from coaching.missions.services.life import keep_overrides
from contracts.in_force import agreed_on

from .. import letters
from ..enums import COUNTED_KINDS
from ..models import CoachingSession, Participant
from ..transitions import SESSION
from .planning import LONGEST, release


@act
def record_held(
    viewer: Viewer,
    session: CoachingSession,
    *,
    minutes: int,
    present: Collection[str],
    overrides: Mapping[str, str] | None = None,
) -> CoachingSession:
    """The coach records that a session took place, its real length and who was there. Records ``session.hold``.

    ``present`` are seat references. Every gate of articles 7, 10 and 14 is asked; the medium may be passed with a reason.
    Raises :class:`Invalid` when nobody was there, :class:`GateClosed` otherwise.
    """
    if not 0 < minutes <= LONGEST:
        raise Invalid(_("Say how long it lasted, in minutes."), field="minutes")
    hold(session.mission)  # mission first, then session, as a pause takes them: neither waits for the other
    rows = Participant.unscoped.filter(session=session).select_related("seat")
    there = [row.pk for row in rows if row.seat.ref in set(present)]
    if not there:
        raise Invalid(_("Say who was there. If nobody came, record the session as missed."), field="present")
    CoachingSession.unscoped.filter(pk=session.pk, held_at=None).update(held_minutes=minutes)

    def effects(current: CoachingSession, move: Move) -> None:
        Participant.unscoped.filter(session=current).update(present=False)
        Participant.unscoped.filter(pk__in=there).update(present=True)
        keep_overrides(current.mission, move)

    roles = roles_at(viewer, session.mission)
    return perform(SESSION, session, "hold", viewer, roles=roles, overrides=overrides, effects=effects)


def record_missed(viewer: Viewer, session: CoachingSession) -> CoachingSession:
    """The coach records that the coachee did not come. Records ``session.miss``; it counts, as the contract says."""

    def effects(current: CoachingSession, _move: Move) -> None:
        Participant.unscoped.filter(session=current).update(present=False)

    return perform(SESSION, session, "miss", viewer, roles=roles_at(viewer, session.mission), effects=effects)


def is_late(session: CoachingSession) -> bool:
    """Whether the notice of the contract has passed. Only sessions that count have one."""
    agreed = agreed_on(session.mission)
    if session.kind not in COUNTED_KINDS or agreed is None:
        return False
    return timezone.now() > session.starts_at - timedelta(hours=agreed.notice_hours)


def cancel(
    viewer: Viewer, session: CoachingSession, *, asked_by_coachee: bool = False, excused: bool = False
) -> CoachingSession:
    """Take a session out of the calendar. Records ``session.cancel``, or ``session.cancel_late``.

    Who may: a coachee who takes part, before it begins; the coach, for themselves or as the coachee asked
    (``asked_by_coachee``). A coachee's cancellation after the notice counts, unless it is ``excused``: illness, accident,
    emergency; their word is enough and no reason is kept. A coach's never counts. Those who take part are written to.
    """
    coachee = viewer.portal == Portal.COACHEE
    if coachee and session.starts_at <= timezone.now():
        raise NotAllowedNow(_("This session has begun: it can no longer be cancelled here. Tell your coach."))
    late = (coachee or asked_by_coachee) and is_late(session)

    def effects(current: CoachingSession, _move: Move) -> None:
        by = "coachee" if coachee or asked_by_coachee else "coach"
        CoachingSession.unscoped.filter(pk=current.pk).update(
            cancelled_by=by, excused=late and excused, sequence=F("sequence") + 1
        )
        current.refresh_from_db()
        release(current)
        letters.cancelled(current)

    arrow = "cancel_late" if late and not excused else "cancel"
    return perform(SESSION, session, arrow, viewer, roles=roles_at(viewer, session.mission), effects=effects)

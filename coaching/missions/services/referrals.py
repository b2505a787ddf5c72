"""The coach meets something that is not coaching's and says so (article Protection de la personne)."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Viewer
from coaching.vault.enums import Audience
from coaching.vault.services import seal

from .. import letters
from ..access import own_coachee_seat
from ..enums import SeatRole
from ..models import Mission, Referral, Seat
from ..pace_access import ANSWER, NOTICED, WAYS
from ..policy import OPEN_STATES
from .between import seal_for_both
from .life import only_coach, record


@act
def refer(
    viewer: Viewer,
    mission: Mission,
    seat: Seat,
    *,
    noticed: str,
    told_on: date,
    ways: str,
    to_supervision: bool,
) -> Referral:
    """The coach records that they told a coachee of other help, and which. Records ``protection.write``.

    Who may: the mission's coach, of one of its coachees, once it was said to them: a date to come is refused. What the
    coach noticed is sealed to the coach alone, the ways they suggested to both. The coachee is written to, without a
    word of it; nobody else learns that there is one.
    """
    only_coach(viewer, mission)
    if mission.state not in OPEN_STATES or seat.role != SeatRole.COACHEE:
        raise NotAllowedNow(_("This mission is over: nothing is declared of it any more."))
    if told_on > timezone.localdate():
        raise Invalid(_("It is said to the coachee first, and written down then."), field="told_on")
    row = Referral(
        mission=mission,
        seat=seat,
        told_on=told_on,
        to_supervision=to_supervision,
        written_by_id=viewer.user_id,
    )
    row.noticed_ref = _seal_noticed(viewer, row, noticed.strip())
    row.ways_ref = seal_for_both(viewer, seat, ways.strip(), place=WAYS, row=row.ref)
    row.full_clean()
    row.save(force_insert=True)
    record(viewer, mission, "protection.write", row.ref)
    letters.other_help(mission, row)
    return row


@act
def answer(viewer: Viewer, mission: Mission, row: Referral, text: str = "") -> None:
    """The coachee has read what was suggested to them, and answers if they wish. Records ``protection.answer``.

    Who may: that coachee, once. Their words are sealed to both. Without words nobody's key need be open.
    """
    if own_coachee_seat(viewer, mission).pk != row.seat_id:
        raise NotAllowedNow(_("Only the coachee it was said to answers."))
    rows = Referral.unscoped.filter(pk=row.pk, acknowledged_at=None)
    sealed = ""
    if text.strip():
        sealed = seal_for_both(viewer, row.seat, text.strip(), place=ANSWER, row=row.ref)
    if rows.update(acknowledged_at=timezone.now(), answer_ref=sealed) != 1:
        raise Stale(_("You have answered already: go on in your next session."))
    record(viewer, mission, "protection.answer", row.ref)


def _seal_noticed(viewer: Viewer, row: Referral, text: str) -> str:
    return seal(
        viewer,
        text,
        place=NOTICED,
        row=row.ref,
        mission_ref=row.mission.ref,
        audience=Audience.COACH,
        about=row.seat.ref,
        members={viewer.user_id},
    )

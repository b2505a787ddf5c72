"""What a coachee answers when asked what the coaching brought them: theirs alone, until and while they share it."""

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.forms import LONG_TEXT
from coaching.kernel.refs import new_ref
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_coachee_seat
from coaching.missions.models import Mission
from coaching.vault.enums import Audience
from coaching.vault.services import seal

from ..access import ANSWER, may_answer, satisfaction_of
from ..models import Satisfaction


@act
def answer(viewer: Viewer, mission: Mission, text: str, *, shared: bool, based_on: int) -> Satisfaction:
    """A coachee answers, words it anew, shares it with their coach or keeps it again. Records ``satisfaction.answer``.

    Who may: a coachee of the mission, once it comes to its end or has ended; never the coach, and nothing of it goes to
    the organisation. Recorded in a chain of their own: nobody else learns that there is an answer, unless it is shared.
    ``based_on`` is the number of the answer they saw, 0 for none: :class:`Stale` when there is another by now.
    """
    seat = own_coachee_seat(viewer, mission)
    seat.mission = mission
    if not may_answer(viewer, mission, seat):
        raise NotAllowedNow(_("You are asked once your coaching comes to its end."))
    if not text.strip():
        raise Invalid(_("This text is empty."), field="text")
    if len(text) > LONG_TEXT:
        raise Invalid(_("This text is too long."), field="text")
    last = satisfaction_of(viewer, seat)
    if (last.number if last else 0) != based_on:
        raise _stale()
    row = Satisfaction(ref=new_ref("SF"), seat=seat, number=based_on + 1, shared=shared)
    row.answer_ref = _seal(viewer, mission, row, text.strip())
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise _stale() from twin
    told = row.told_in(viewer)
    events.record(chain=told.chain, kind="satisfaction.answer", actor=told.actor, subject=row.ref)
    return row


def _seal(viewer: Viewer, mission: Mission, row: Satisfaction, text: str) -> str:
    both = {viewer.user_id, mission.coach_id}
    return seal(
        viewer,
        text,
        place=ANSWER,
        row=row.ref,
        mission_ref=mission.ref,
        audience=Audience.COACH_AND_COACHEE if row.shared else Audience.COACHEE,
        about=row.seat.ref,
        members=both if row.shared else {viewer.user_id},
    )


def _stale() -> Stale:
    return Stale(_("This was changed in the meantime. Yours is kept below: compare, then save."))

"""The coachee measures: theirs is the only hand that writes where an objective stands."""

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import hold
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_coachee_seat
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission, Objective
from coaching.missions.services.life import record

from ..access import closed_by, measures, measures_of
from ..enums import HIGHEST, LOWEST, Stage
from ..models import Measure

LONGEST = 2000


@act
def measure(
    viewer: Viewer,
    mission: Mission,
    objective: Objective,
    stage: str,
    value: int,
    words: str,
    *,
    based_on: int,
) -> Measure:
    """Where an objective stands at one stage, for this coachee. Records ``measure.give``, or ``measure.correct``.

    Who may: a coachee of the mission, for themself; the coach never. A measure may be corrected until a later stage is
    given: from then on it is what one saw at the time. ``based_on`` is the revision they saw, 0 where there was none:
    :class:`Stale` when there is another by now.
    """
    seat = own_coachee_seat(viewer, mission)
    _check(mission, objective, seat, stage, value, words)
    hold(seat)  # two stages of one coachee, one after the other
    given = measures_of(viewer, objective, seat)
    later = closed_by(stage, given)
    if later:
        raise NotAllowedNow(_("A later measure was given: this one stays as you saw it then."))
    found = given.get(stage)
    if (found.revision if found else 0) != based_on:
        raise _stale()
    row = _correct(found, value, words) if found else _give(objective, seat, stage, value, words)
    record(viewer, mission, "measure.correct" if found else "measure.give", row.ref, {"stage": stage})
    return row


def _check(mission: Mission, objective: Objective, seat, stage: str, value: int, words: str) -> None:
    if mission.state == MissionState.REFUSED:
        raise NotAllowedNow(_("This mission was declined: nothing is measured in it."))
    if objective.mission_id != mission.pk or objective.removed_at or not measures(seat, objective):
        raise NotAllowedNow(_("This objective is not yours to measure."))
    if stage not in Stage.values:
        raise Invalid(_("Say at which moment."), field="stage")
    if not LOWEST <= value <= HIGHEST:
        raise Invalid(_("Choose a figure between 0 and 10."), field="value")
    if len(words) > LONGEST:
        raise Invalid(_("This text is too long."), field="words")


def _give(objective: Objective, seat, stage: str, value: int, words: str) -> Measure:
    row = Measure(objective=objective, seat=seat, stage=stage, value=value, words=words.strip())
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise _stale() from twin
    return row


def _correct(found: Measure, value: int, words: str) -> Measure:
    rows = Measure.unscoped.filter(pk=found.pk, revision=found.revision)
    changes = {"value": value, "words": words.strip(), "corrected_at": timezone.now()}
    if rows.update(revision=F("revision") + 1, **changes) != 1:
        raise _stale()
    found.refresh_from_db()
    return found


def _stale() -> Stale:
    return Stale(_("This was changed in the meantime. Yours is kept below: compare, then save."))

"""How long a practice keeps what; and a mission kept while a dispute about it runs."""

from collections.abc import Mapping

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.models import Practice
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import hold as take_row
from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission

from ..enums import OF_MISSIONS, Kind
from ..models import Hold, Retention
from ..retention import RULES, all_months


@act
def set_months(viewer: Viewer, practice: Practice, months: Mapping[str, int]) -> list[str]:
    """The administrator says how long each class is kept; gives the classes that changed. Records ``retention.set``.

    Who may: the practice's administrator (the view's portal says so). Raises :class:`Invalid` outside the bounds, and where
    a part of a mission would be kept longer than its file. Article 5(1)(e) of the GDPR.
    """
    wanted = {**all_months(practice.pk), **{Kind(kind): value for kind, value in months.items()}}
    for kind, value in wanted.items():
        _check_bounds(kind, value)
    for kind in OF_MISSIONS:
        if wanted[kind] > wanted[Kind.MISSIONS]:
            raise Invalid(_("No longer than the file of the mission it belongs to."), field=kind.value)
    before = all_months(practice.pk)
    changed = [kind.value for kind in Kind if wanted[kind] != before[kind]]
    for kind in changed:
        Retention.unscoped.update_or_create(
            practice=practice, kind=kind, defaults={"months": wanted[Kind(kind)]}
        )
    if changed:
        data = {kind: wanted[Kind(kind)] for kind in changed}
        events.record(
            chain=practice.ref, kind="retention.set", actor=viewer.user_ref, subject=practice.ref, data=data
        )
    return changed


def _check_bounds(kind: Kind, months: int) -> None:
    rule = RULES[kind]
    if not rule.least <= months <= rule.most:
        message = _("Between %(least)d and %(most)d months.") % {"least": rule.least, "most": rule.most}
        raise Invalid(message, field=kind.value)


@act
def place_hold(viewer: Viewer, mission: Mission, reason: str) -> Hold:
    """Nothing of this mission is purged or erased until the hold is lifted. Records ``hold.place``, without the reason.

    Who may: the mission's coach, with a reason (article 17(3)(e) of the GDPR). :class:`Stale` where one is in force.
    """
    _only_coach(viewer, mission)
    if not reason.strip():
        raise Invalid(_("Say why: this act needs a reason."), field="reason")
    take_row(mission)  # a purge that is about to take it waits, or has it already
    row = Hold(mission=mission, reason=reason.strip(), placed_by_id=viewer.user_id)
    row.clean_fields()
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("This mission is kept already.")) from twin
    _tell(viewer, mission, row, "place")
    return row


@act
def lift_hold(viewer: Viewer, mission: Mission) -> None:
    """The dispute is over: what is due goes with the next purge. Records ``hold.lift``. Who may: the mission's coach."""
    _only_coach(viewer, mission)
    row = Hold.unscoped.filter(mission=mission, lifted_at=None).first()
    rows = Hold.unscoped.filter(mission=mission, lifted_at=None)
    if row is None or rows.update(lifted_at=timezone.now()) != 1:
        raise Stale(_("This mission is not kept any more."))
    _tell(viewer, mission, row, "lift")


def _only_coach(viewer: Viewer, mission: Mission) -> None:
    if mission.coach_id != viewer.user_id:
        raise NotAllowedNow(_("Only the mission’s coach does this."))


def _tell(viewer: Viewer, mission: Mission, row: Hold, what: str) -> None:
    events.record(
        chain=viewer.practice_ref,
        kind=f"hold.{what}",
        actor=viewer.user_ref,
        subject=row.ref,
        mission=mission.ref,
    )

"""Beginning a mission, opening its contract; what a coach declares of it. How it ends is in the room of closings."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.transitions import Move, perform
from coaching.kernel.viewer import Viewer

from ..access import roles_at
from ..enums import MissionKind, Payer
from ..models import Balance, ConflictDeclaration, Mission, Override
from ..policy import OPEN_STATES, WRITABLE
from ..transitions import MISSION


@act
def begin(
    viewer: Viewer,
    *,
    title: str,
    kind: str = MissionKind.INDIVIDUAL,
    payer: str = Payer.ORGANISATION,
    organisation=None,
    language: str = "fr",
) -> Mission:
    """A coach takes down an enquiry: the mission begins. Records ``mission.begin``."""
    if payer == Payer.ORGANISATION and organisation is None:
        raise Invalid(_("Say which organisation pays."), field="organisation")
    mission = Mission(
        practice_id=viewer.practice_id,
        coach_id=viewer.user_id,
        title=title.strip(),
        kind=kind,
        payer=payer,
        organisation=organisation,
        language=language,
    )
    mission.full_clean()
    mission.save()
    record(viewer, mission, "mission.begin", mission.ref)
    return mission


def open_contracting(viewer: Viewer, mission: Mission, overrides: Mapping[str, str] | None = None) -> Mission:
    """From enquiry to contracting, through the gates of articles 5, 8 and 13. Records ``mission.open_contracting``."""
    return perform(
        MISSION,
        mission,
        "open_contracting",
        viewer,
        roles=roles_at(viewer, mission),
        overrides=overrides,
        effects=keep_overrides,
    )


def keep_overrides(mission: Mission, move: Move) -> None:
    """Write down every gate that was passed on judgement, with its reason."""
    for gate, reason in move.overridden:
        Override.unscoped.create(
            mission=mission,
            transition=move.transition.name,
            gate=gate.name,
            article=gate.article,
            reason=reason,
            decided_by_id=move.viewer.user_id,
        )


@act
def declare_conflict(
    viewer: Viewer, mission: Mission, *, has_conflict: bool, statement: str
) -> ConflictDeclaration:
    """The mission's coach declares a conflict of interest or its absence (article 5). Records ``mission.conflict``."""
    only_coach(viewer, mission)
    if mission.state not in OPEN_STATES:
        raise NotAllowedNow(_("This mission is over: nothing is declared of it any more."))
    if has_conflict and not statement.strip():
        raise Invalid(_("Say what the conflict is and how you deal with it."), field="statement")
    row = ConflictDeclaration(
        mission=mission, has_conflict=has_conflict, statement=statement.strip(), declared_by_id=viewer.user_id
    )
    row.full_clean()
    row.save()
    record(viewer, mission, "mission.conflict", row.ref, {"conflict": has_conflict})
    return row


@act
def explain_balance(viewer: Viewer, mission: Mission, explanation: str) -> Balance:
    """The coach says why there is no common objective (article 16). Records ``mission.balance``."""
    only_coach(viewer, mission)
    if mission.state not in WRITABLE:
        raise NotAllowedNow(_("The objectives are those of the contract: an amendment changes them."))
    if not explanation.strip():
        raise Invalid(_("Write the explanation, or add a common objective."), field="explanation")
    row, _made = Balance.unscoped.update_or_create(
        mission=mission, defaults={"explanation": explanation.strip(), "written_by_id": viewer.user_id}
    )
    record(viewer, mission, "mission.balance", mission.ref)
    return row


def only_coach(viewer: Viewer, mission: Mission) -> None:
    """Refuse whoever is not this mission's coach, behind the coach's portal."""
    if "coach" not in roles_at(viewer, mission):
        raise NotAllowedNow(_("This act is the mission’s coach’s alone."))


def record(viewer: Viewer, mission: Mission, kind: str, subject: str, data: dict | None = None) -> None:
    """One event of this mission, in its practice's chain."""
    events.record(
        chain=viewer.practice_ref,
        kind=kind,
        actor=viewer.user_ref,
        subject=subject,
        mission=mission.ref,
        data=data,
    )

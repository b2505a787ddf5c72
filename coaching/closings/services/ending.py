"""The ways in which a mission ends, each as what it says to whom: declined, stopped by one of the three, closed."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_coachee_seat
from coaching.missions.enums import Hand, MissionKind, TerminationKind
from coaching.missions.models import Mission, Refusal, Termination

from .parting import Parting, left_already

ALTERNATIVES = "missions.alternatives"


def refusal(
    viewer: Viewer,
    mission: Mission,
    *,
    ground: str,
    explanation: str,
    orientation: str = "",
    told_organisation: str = "",
) -> Parting:
    """The coach declines (article 6). ``explanation`` and ``orientation`` are the coachee's to read, the rest the organisation's.

    Raises :class:`Invalid` without an explanation.
    """
    if not explanation.strip():
        raise Invalid(_("Explain your reasons: the person who asked deserves to know."), field="explanation")
    row = Refusal(
        mission=mission,
        ground=ground,
        explanation=explanation.strip(),
        orientation=orientation.strip(),
        told_organisation=told_organisation.strip(),
        refused_by_id=viewer.user_id,
    )
    return Parting(viewer, mission, "refuse", row)


def stop(
    viewer: Viewer,
    mission: Mission,
    *,
    explanation: str,
    alternatives: str = "",
    not_possible: str = "",
    told_organisation: str = "",
) -> Parting:
    """The coach stops (article 12): explained to the coachee, with other options, or the reason why there are none.

    That reason passes the gate and is kept with its article. The organisation learns fact, date and
    ``told_organisation`` (I6). Raises :class:`Invalid` without an explanation.
    """
    if not explanation.strip():
        raise Invalid(
            _("Explain your reasons to the coachee: the charter asks for it (article Arrêt d’une mission)."),
            field="explanation",
        )
    row = _termination(viewer, mission, TerminationKind.STOP, Hand.COACH)
    row.explanation, row.alternatives = explanation.strip(), alternatives.strip()
    row.told_organisation = told_organisation.strip()
    overrides = {} if row.alternatives else {ALTERNATIVES: not_possible}
    return Parting(viewer, mission, "stop", row, overrides)


def stop_by_coachee(viewer: Viewer, mission: Mission, *, words: str = "") -> Parting:
    """A coachee stops, at any time; no reason is asked. What they say, if anything, is sealed to them and their coach.

    In a team it is their own coaching that stops: the others go on. 404 to anybody who is no coachee of the mission.
    """
    seat = own_coachee_seat(viewer, mission)
    row = _termination(viewer, mission, TerminationKind.STOP, Hand.COACHEE)
    if mission.kind == MissionKind.TEAM:
        if left_already(seat):
            raise NotAllowedNow(_("You have stopped already."))
        row.seat = seat
    return Parting(viewer, mission, "stop_by_coachee", row, words=words, waits_for_pdf=False)


def stop_by_organisation(
    viewer: Viewer, mission: Mission, *, told_coach: str, told_coachee: str = ""
) -> Parting:
    """A sponsor stops: the coach reads why, the coachee what is told to them. Raises :class:`Invalid` without a reason."""
    if not told_coach.strip():
        raise Invalid(_("Tell the coach your reason."), field="told_coach")
    row = _termination(viewer, mission, TerminationKind.STOP, Hand.ORGANISATION)
    row.told_coach, row.told_coachee = told_coach.strip(), told_coachee.strip()
    return Parting(viewer, mission, "stop_by_organisation", row)


def close(
    viewer: Viewer,
    mission: Mission,
    *,
    explanation: str = "",
    told_organisation: str = "",
    overrides: Mapping[str, str] | None = None,
) -> Parting:
    """The coach closes (article 9), in words for each party if they like; the gates ask for means and looks."""
    row = _termination(viewer, mission, TerminationKind.CLOSE, Hand.COACH)
    row.explanation, row.told_organisation = explanation.strip(), told_organisation.strip()
    return Parting(viewer, mission, "close", row, overrides or {})


def _termination(viewer: Viewer, mission: Mission, kind: TerminationKind, by: Hand) -> Termination:
    return Termination(mission=mission, kind=kind, by=by, ended_by_id=viewer.user_id)

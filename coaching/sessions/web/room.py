"""The sessions' part of a mission's page, for each portal that has one."""

from collections import Counter

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from coaching.kernel.templatetags.dates import date
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionKind, MissionState
from coaching.missions.models import Mission
from coaching.missions.policy import ENDED
from coaching.missions.web.steps import BESIDE, Known, NextStep, Room
from contracts.access import papers_of, sessions_agreed

from ..access import Account, Shown, account, sessions_shown, states_of, told_of
from ..enums import COUNTED_KINDS, SessionKind, SessionState

TEMPLATES = {
    Portal.COACH: "sessions/includes/room_coach.html",
    Portal.COACHEE: "sessions/includes/room_coachee.html",
    Portal.ORGANISATION: "sessions/includes/room_organisation.html",
}
BEGUN = frozenset({MissionState.ACTIVE, MissionState.PAUSED, MissionState.CLOSED, MissionState.STOPPED})


def sessions_room(viewer: Viewer, mission: Mission, known: Known) -> Room:
    """Sessions with their dates for coach and coachee; for the organisation their number, and its three-way meetings."""
    beside = known.get(BESIDE)
    rows = sessions_shown(viewer, mission, beside)
    begun = mission.state in BEGUN
    context = {"mission": mission, "sessions": rows, "begun": begun, "over": mission.state in ENDED}
    known["held_together"] = [one for one in rows if _held_together(one)]
    if viewer.portal == Portal.ORGANISATION:
        context["told"] = told_of(viewer, mission, beside) if begun else None
        context["next"] = next((one for one in rows if _is_coming(one)), None)
        return Room(TEMPLATES[viewer.portal], context, None)
    context["account"] = _account(viewer, mission, rows, known) if begun else None
    context["coming"] = [one for one in rows if one.state == SessionState.PLANNED]
    context["past"] = [one for one in rows if one.state != SessionState.PLANNED][::-1]
    known["has_coming"] = bool(context["coming"])
    known["sessions_left"] = context["account"].remaining if begun else None
    return Room(TEMPLATES[viewer.portal], context, _step(viewer, mission, context))


def _is_coming(session: Shown) -> bool:
    return session.state == SessionState.PLANNED and session.starts_at >= timezone.now()


def _held_together(one: Shown) -> bool:
    """A three-way meeting that took place: the room of minutes asks no further where there is none."""
    return one.kind == SessionKind.THREE_WAY and one.state == SessionState.HELD


def _account(viewer: Viewer, mission: Mission, rows: list[Shown], known: Known) -> Account:
    """From the rows the page has read, where they are all of them; a coachee of a team sees their own alone."""
    agreed = sessions_agreed(known["papers"] if "papers" in known else papers_of(viewer, mission))
    if viewer.portal == Portal.COACHEE and mission.kind == MissionKind.TEAM:
        return account(agreed, states_of(mission))
    return account(agreed, Counter(one.state for one in rows if one.kind in COUNTED_KINDS))


def _step(viewer: Viewer, mission: Mission, context: dict) -> NextStep | None:
    coming = context["coming"]
    if mission.state == MissionState.PAUSED:
        return _to_record(coming) if viewer.portal == Portal.COACH else None
    if mission.state != MissionState.ACTIVE:
        return None
    if viewer.portal == Portal.COACH:
        return _step_of_coach(mission, coming, context["account"])
    if not coming:
        return NextStep(_("Your next session is not planned yet"), waiting=mission.coach.name, yields=True)
    return NextStep(
        _("Your next session"),
        _when(coming[0]),
        reverse("coachee_session", args=[coming[0].ref]),
        _("See the session"),
    )


def _step_of_coach(mission: Mission, coming: list[Shown], account: Account) -> NextStep:
    overdue = _to_record(coming)
    if overdue:
        return overdue
    if coming:
        url = reverse("coach_session", args=[coming[0].ref])
        return NextStep(_("The next session"), _when(coming[0]), url, _("See the session"))
    if account.remaining == 0:
        return NextStep(
            _("Every session of the contract is behind you"),
            _("What comes next is to look back on the objectives together."),
        )
    text = _("One, or a series at the same hour.")
    return NextStep(
        _("Plan the next session"), text, reverse("coach_session_new", args=[mission.ref]), _("Plan it")
    )


def _to_record(coming: list[Shown]) -> NextStep | None:
    overdue = next((one for one in coming if one.starts_at <= timezone.now()), None)
    if overdue is None:
        return None
    url = reverse("coach_session_hold", args=[overdue.ref])
    title, label = _("Record the session that took place"), _("Record it")
    return NextStep(title, _when(overdue), url, label, urgent=True)


def _when(session: Shown) -> str:
    start = session.local_start
    return f"{date(start, 'l j F Y')}, {time_format(start, 'TIME_FORMAT')}"

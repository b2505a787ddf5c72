"""Minutes on the pages of a mission and of a session: ways in, and the next step of whoever is waited for. Never a word of them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission
from coaching.missions.web.steps import BESIDE, Known, NextStep, Room
from coaching.sessions.models import CoachingSession
from coaching.sessions.web.parts import Part

from ..access import AnyCopy, copies_of, has_minutes, minutes_of, minutes_on, reworded_on, speaker_seat
from ..enums import Answer, MinutesState
from .sides import COACHEE, ORGANISATION

EARLY = frozenset({MissionState.ENQUIRY, MissionState.REFUSED})
BEFORE = EARLY | {MissionState.CONTRACTING}  # no meeting of three was held yet
FRESH = timedelta(days=14)  # how long after a meeting its minutes are what comes next
DOORS = {Portal.COACHEE: COACHEE, Portal.ORGANISATION: ORGANISATION}


def minutes_room(viewer: Viewer, mission: Mission, known: Known) -> Room | None:
    """The minutes of a mission's three-way meetings, and the way to the balance of its objectives."""
    if mission.state in EARLY or viewer.portal not in (Portal.COACH, *DOORS):
        return None
    if viewer.portal == Portal.COACH:
        return _of_coach(viewer, mission, known.get("held_together", []))
    held = mission.state not in BEFORE and known.get("held_together")
    copies = copies_of(viewer, mission, known.get(BESIDE)) if held else []
    context = {"mission": mission, "copies": copies, "doors": DOORS[viewer.portal]}
    template = f"minutes/includes/room_{viewer.portal.value}.html"
    return Room(template, context, _step_of_side(viewer, mission, copies))


def _of_coach(viewer: Viewer, mission: Mission, held: list) -> Room:
    rows = minutes_on(viewer, mission) if held else []
    live = {row.session.ref: row for row in rows if row.state != MinutesState.SET_ASIDE}
    lines = [(one, live.get(one.ref)) for one in reversed(held)]
    asked = any(row.state == MinutesState.PROPOSED for row in live.values())
    reworded = reworded_on(viewer, mission) if asked else set()
    context = {"mission": mission, "lines": lines, "reworded": reworded}
    return Room("minutes/includes/room_coach.html", context, _step_of_coach(lines, reworded))


def _step_of_coach(lines: list, reworded: set[int]) -> NextStep | None:
    """The minutes of a meeting that was held lately are to be written, or proposed; or wordings to be brought together."""
    for session, row in lines:
        fresh = session.starts_at > timezone.now() - FRESH
        if row is None and fresh:
            url = reverse("coach_minutes_write", args=[session.ref])
            text = _(
                "While all of you remember it: each side then approves them, or says what it sees otherwise."
            )
            return NextStep(
                _("Write the minutes of the three-way meeting"), text, url, _("Write them"), urgent=True
            )
        if row is not None and row.state == MinutesState.DRAFT:
            url = reverse("coach_minutes", args=[row.ref])
            title = _("The minutes of the three-way meeting are to be proposed")
            return NextStep(title, "", url, _("Read them again"), urgent=fresh)
        if row is not None and row.pk in reworded:
            url = reverse("coach_minutes", args=[row.ref])
            text = _("Bring the wordings together in a text that all can approve, and propose it.")
            return NextStep(
                _("A side words the minutes otherwise"), text, url, _("Read what is said"), urgent=True
            )
    return None


def _step_of_side(viewer: Viewer, mission: Mission, copies: list[AnyCopy]) -> NextStep | None:
    """For whoever may answer, while nothing was answered to the text last proposed."""
    waiting = [row for row in copies if _waits(row)]
    if not waiting or (viewer.portal == Portal.ORGANISATION and not speaker_seat(viewer, mission)):
        return None
    url = reverse(DOORS[viewer.portal].minutes, args=[waiting[0].minutes.ref])
    text = _(
        "Approve them, word them otherwise, or say what you see differently: the coach alone reads your answer until all agree."
    )
    return NextStep(
        _("Minutes of a three-way meeting await your answer"), text, url, _("Read them"), urgent=True
    )


def _waits(row: AnyCopy) -> bool:
    return row.answer == Answer.NONE and row.minutes.state == MinutesState.PROPOSED


def minutes_part(viewer: Viewer, session: CoachingSession) -> Part | None:
    """On the page of a three-way meeting that was held; an organisation has no such page."""
    if not has_minutes(session):
        return None
    if viewer.portal == Portal.COACH:
        row = minutes_of(viewer, session)
        return Part("minutes/includes/part_coach.html", {"session": session, "minutes": row})
    if viewer.portal != Portal.COACHEE:
        return None
    mine = [row for row in copies_of(viewer, session.mission) if row.minutes.session_id == session.pk]
    return Part("minutes/includes/part_coachee.html", {"copy": mine[0]}) if mine else None

"""Where a mission is, and what comes next: the same answers for every portal's page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from coaching.kernel.gates import GateState
from coaching.kernel.templatetags.dates import date
from coaching.kernel.transitions import gate_states
from coaching.kernel.viewer import Portal, Viewer

from ..enums import MissionKind, RequestLevel, SeatRole
from ..enums import MissionState as S
from ..gates import Asked, Facts
from ..models import Mission, Seat
from ..requests_access import RequestView
from ..transitions import MISSION

PATH = (S.ENQUIRY, S.CONTRACTING, S.ACTIVE, S.CLOSED)


@dataclass(frozen=True, slots=True)
class Step:
    label: Any
    state: str  # done, current, next


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is next on a mission, and who must act: the viewer, through one button, or somebody awaited."""

    title: Any
    text: Any = ""
    url: str = ""
    label: Any = ""
    post: bool = False  # the act is a POST of its own, not a page
    waiting: Any = ""
    yields: bool = False  # good to know, but anything that another room has to do comes first
    urgent: bool = False  # somebody waits for it now: it comes before what is planned for a later day


@dataclass(frozen=True, slots=True)
class Room:
    """A section that a room above adds to the page of a mission: its contract, its sessions; and what comes next there."""

    template: str
    context: dict
    step: NextStep | None = None
    first: bool = False  # before all others: how a mission ended is what one comes to read


# What the rooms before have read of the mission, by name: those after need not ask again. BESIDE is there where the page
# is shown to a coachee of a team as the organisation sees it: their seat, and a room leaves out what is a colleague's.
BESIDE = "beside"
SHOWN_TO_COACHEE = "shown_to_coachee"  # in their « Qui voit quoi », of a team or not
TABLE = "table"
Known = dict[str, Any]
RoomSource = Callable[[Viewer, Mission, Known], Room | None]
_rooms: list[RoomSource] = []


def register_room(source: RoomSource) -> None:
    """Called from ``AppConfig.ready()`` by a room whose part of a mission is shown on its page; None where it has none for the viewer."""
    if source not in _rooms:
        _rooms.append(source)


def rooms_of(
    viewer: Viewer, mission: Mission, beside: Seat | None = None, *, table: list[Seat] | None = None
) -> list[Room]:
    """What each room adds to the page; ``table`` is who sits there, where the page has read it already."""
    known: Known = {} if table is None else {TABLE: table}
    if beside is not None:
        known[SHOWN_TO_COACHEE] = True
    if beside is not None and mission.kind == MissionKind.TEAM:
        known[BESIDE] = beside
    found = (source(viewer, mission, known) for source in _rooms)
    return sorted((room for room in found if room is not None), key=lambda room: not room.first)


def stage_bar(mission: Mission) -> list[Step]:
    """The stages of a mission's life; a refusal or a stop takes the place of what it ended."""
    state = S.ACTIVE if mission.state == S.PAUSED else mission.state
    path = list(PATH)
    if state in (S.REFUSED, S.STOPPED):
        begun = 1 + (mission.opened_at is not None) + (mission.activated_at is not None)
        path = [*path[:begun], S(state)]
    here = path.index(state)
    return [
        Step(S(stage).label, "done" if index < here else "current" if index == here else "next")
        for index, stage in enumerate(path)
    ]


def opening_gates(mission: Mission, asked: list[RequestView], declared: bool):
    """The gates on the way to the contract, while the mission is an enquiry; judged on what the page has just read."""
    if mission.state != S.ENQUIRY:
        return []
    mission.gate_facts = Facts(
        [Asked(v.level, v.version is not None, v.confirmed, v.validation is not None) for v in asked],
        declared,
    )
    return gate_states(MISSION["open_contracting"], mission)


def next_step(
    viewer: Viewer,
    mission: Mission,
    asked: list[RequestView],
    rooms: list[Room],
    gates=(),
    table=(),
    pauses=(),
    paused_since=(),
) -> NextStep | None:
    """The one thing to do now, from what the viewer has just been shown of the mission; None when it is over."""
    if viewer.portal == Portal.COACH and mission.state == S.ENQUIRY:
        return _of_coach(mission, list(gates), asked, list(table))
    if mission.state in (S.ENQUIRY, S.CONTRACTING):
        own = _own_request(viewer, mission, asked)
        if own:
            return own
    steps = [room.step for room in rooms if room.step]
    paused = _paused(viewer, mission, list(pauses)) or _told(viewer, mission, list(paused_since))
    if paused and (viewer.portal == Portal.COACHEE or all(step.yields for step in steps)):
        return paused
    return _first(steps)


def _first(steps: list[NextStep]) -> NextStep | None:
    """Of what the rooms say is next: what somebody waits for, else what is to be done, else what is good to know."""
    ranked = sorted(steps, key=lambda step: (not step.urgent, step.yields))  # stable: the order of the rooms
    return ranked[0] if ranked else None


# Each gate as something to do; a gate of another room says it in its own words.
TO_DO = {
    "missions.validation": (_("Validate the coachee’s request"), _("Read and validate")),
    "missions.context": (_("Fill in the organisation’s context sheet"), _("Open the context sheet")),
    "missions.conflict": (_("Declare on conflicts of interest"), _("Make my declaration")),
}


def _of_coach(mission: Mission, gates: list[GateState], asked: list[RequestView], table: list) -> NextStep:
    open_page = reverse("coach_open_contracting", args=[mission.ref])
    closed = [state for state in gates if not state.held]
    if not closed:
        text = _("Every condition of the charter is met.")
        return NextStep(_("Open the contract"), text, open_page, _("Open the contract"))
    first = closed[0]
    if first.gate.name == "missions.requests":
        return _requests_first(mission, first, asked, table)
    title, label = TO_DO.get(first.gate.name, (first.result.message, _("Do it now")))
    text = first.result.message if first.gate.name in TO_DO else ""
    return NextStep(title, text, _place(mission, first, asked), label)


def _place(mission: Mission, first: GateState, asked: list[RequestView]) -> str:
    """Where the gate is mended: the very page of the request that awaits its validation, where there is one."""
    if first.gate.name == "missions.validation":
        for view in asked:
            if view.level == RequestLevel.COACHEE and view.confirmed and not view.validation:
                return reverse("coach_request_validate", args=[mission.ref, view.request.ref])
    return first.result.place


def _requests_first(mission: Mission, first: GateState, asked: list[RequestView], table: list) -> NextStep:
    """The requests are not there yet: those who word them are awaited, or a seat is still to be given."""
    names = get_text_list([str(name) for name in awaited_names(asked, table)], _("and"))
    if not names:
        seat = reverse("coach_seat_new", args=[mission.ref])
        return NextStep(_("Give a seat to each party"), first.result.message, seat, _("Give a seat"))
    text = _("Each words their own request, in their own words; you may take one down in a meeting.")
    return NextStep(first.result.message, text, waiting=names)


def awaited_names(asked: list[RequestView], table: list) -> list[str]:
    """Who has not worded or confirmed the request that is theirs."""
    open_seats = {view.seat.pk for view in asked if view.seat and not view.confirmed}
    organisation = any(view.seat is None and not view.confirmed for view in asked)
    return [
        seat.person.name
        for seat in table
        if seat.pk in open_seats or (organisation and seat.role == SeatRole.SPONSOR)
    ]


def _paused(viewer: Viewer, mission: Mission, pauses: list) -> NextStep | None:
    """A coaching that pauses: whoever has not said so yet may say that they are ready to go on. In a team, the coach's other work goes on."""
    if (
        not pauses
        or viewer.portal not in PACE
        or (viewer.portal == Portal.COACH and mission.state != S.PAUSED)
    ):
        return None
    page, title, other = PACE[viewer.portal]
    pause, url = pauses[0], reverse(page, args=[mission.ref])
    mine, theirs = pause.coach_ready_at, pause.coachee_ready_at
    if viewer.portal == Portal.COACHEE:
        mine, theirs = theirs, mine
    if mine:
        name = pause.seat.person.name if viewer.portal == Portal.COACH else mission.coach.name
        return NextStep(title, _("You are ready to go on; it does once both are."), waiting=name)
    text = other if theirs else _("It goes on once both of you are ready, and not before.")
    return NextStep(title, text, url, _("See the pause"))


def _told(viewer: Viewer, mission: Mission, since: list) -> NextStep | None:
    """To the organisation a pause is a fact with its date, and nothing it could do anything about; a team goes on meanwhile."""
    if viewer.portal != Portal.ORGANISATION or mission.state != S.PAUSED or not since:
        return None
    text = _("Since %(day)s. Nothing is asked of you meanwhile.")
    return NextStep(_("The coaching pauses"), text % {"day": date(timezone.localtime(since[0]), "j F Y")})


PACE = {
    Portal.COACH: ("coach_pace", _("The coaching pauses"), _("The coachee is ready to go on. Are you?")),
    Portal.COACHEE: (
        "coachee_pace",
        _("Your coaching pauses"),
        _("Your coach is ready to go on. You need not be: take the time that is right for you."),
    ),
}
WORDS = {
    Portal.COACHEE: (
        RequestLevel.COACHEE,
        "coachee_request",
        _("Word your own request"),
        _(
            "What do you want from this coaching, in your own words? Your coach reads it; your organisation does not."
        ),
        _("Word my request"),
    ),
    Portal.ORGANISATION: (
        RequestLevel.ORGANISATION,
        "organisation_request",
        _("Word the organisation’s request"),
        _("What does the organisation expect from this coaching? The coach and the coachee read it."),
        _("Word our request"),
    ),
}


def _own_request(viewer: Viewer, mission: Mission, asked: list[RequestView]) -> NextStep | None:
    """The request of the viewer's own side: to word, to confirm, or with the coach."""
    if viewer.portal not in WORDS:
        return None
    level, page, title, text, label = WORDS[viewer.portal]
    own = next((view for view in asked if view.level == level), None)
    if own is None:
        return None
    url = reverse(page, args=[mission.ref])
    if own.version is None:
        return NextStep(title, text, url, label)
    if not own.confirmed:
        confirm = _("The coach took down what was said in a meeting. It counts once it is confirmed.")
        return NextStep(_("Confirm the request taken down in a meeting"), confirm, url, _("Read and confirm"))
    if mission.state == S.ENQUIRY:
        return NextStep(_("Your request is recorded"), waiting=mission.coach.name)
    return None

"""How a mission ended, on its page, for each portal: what each was told, their letters, who has read theirs; and the way to end it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.judgement_access import EndingView, endings_of
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import ENDED
from coaching.missions.web.steps import BESIDE, SHOWN_TO_COACHEE, Known, NextStep, Room

from ..access import letters_of
from ..models import PartyLetter
from .shown import CONTENT, HEADINGS

PORTALS = (Portal.COACH, Portal.COACHEE, Portal.ORGANISATION)
LETTER_PAGES = {Portal.COACHEE: "coachee_party_letter", Portal.ORGANISATION: "organisation_party_letter"}
MODEL = {"refusal": "Refusal"}
ADDRESSED = ("told_organisation", "told_coach")  # to or by the organisation alone: not for a coachee to read


def closings_room(viewer: Viewer, mission: Mission, known: Known) -> Room | None:
    """None where nothing ended and nothing can: while it goes on, the way to its end, which asks nothing."""
    if viewer.portal not in PORTALS:
        return None
    kept_back = bool(known.get(SHOWN_TO_COACHEE))
    endings = _concerning(endings_of(viewer, mission), known.get(BESIDE))
    over = mission.state in ENDED
    if not endings and over and mission.state != MissionState.CLOSED:
        return None  # a consumer has withdrawn: the room of contracts tells it
    letters = _about(endings, letters_of(viewer, mission)) if endings else []
    step = _step(viewer, letters) or _look(viewer, mission)
    context = {
        "mission": mission,
        "endings": [_shown(viewer, one, kept_back) for one in endings],
        "letters": letters,
        "over": over,
        "may_close": mission.state in (MissionState.ACTIVE, MissionState.PAUSED),
        "begun": mission.activated_at is not None,
        "asked": over or bool(endings),
        "prepared": getattr(mission, "mark_closing", None) is not None,
        "preview": kept_back,
        "seen_as": f"{CONTENT}:{letters[0].seat.role}" if letters else "",
    }
    return Room(f"closings/includes/room_{viewer.portal.value}.html", context, step, first=over)


def _concerning(endings: list[EndingView], beside: Seat | None) -> list[EndingView]:
    """Shown to a coachee of a team as the organisation sees it: no colleague's."""
    return [one for one in endings if beside is None or one.seat is None or one.seat.pk == beside.pk]


def _about(endings: list[EndingView], letters: list[PartyLetter]) -> list[PartyLetter]:
    """Letters of the endings that are shown, and of no other."""
    there = {one.row.pk for one in endings}
    return [one for one in letters if one.refusal_id or one.termination_id in there]


def _shown(viewer: Viewer, one: EndingView, kept_back: bool) -> dict:
    """An ending with its words, each under its heading and beside its own chip."""
    model = MODEL.get(one.kind, "Termination")
    words = [
        (HEADINGS[column], text, f"missions.{model}.{column}")
        for column, text in one.words
        if not (kept_back and column in ADDRESSED)
    ]
    return {
        "view": one,
        "words": words,
        "held_back": kept_back and any(c in ADDRESSED for c, _t in one.words),
    }


def _look(viewer: Viewer, mission: Mission) -> NextStep | None:
    """A coachee was asked to look at their objectives, and has some left: read with the mission's own row."""
    if viewer.portal != Portal.COACHEE or getattr(mission, "mark_look", None) is None:
        return None
    text = _("Before it closes: where you saw each of them, what was used for it, what you make of it.")
    page = reverse("coachee_look", args=[mission.ref])
    return NextStep(
        _("Your coaching comes to its end: look at your objectives"), text, page, _("Look at them")
    )


def _step(viewer: Viewer, letters: list[PartyLetter]) -> NextStep | None:
    """A party's own letter that they have not said they read."""
    page = LETTER_PAGES.get(viewer.portal)
    unread = next((one for one in letters if one.acknowledged is None), None)
    if page is None or unread is None:
        return None
    url = reverse(page, args=[unread.ref])
    text = _("It is addressed to you alone. Say there that you have read it: one click.")
    return NextStep(_("A letter about the end of the coaching"), text, url, _("Read the letter"))

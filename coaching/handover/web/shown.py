"""A hand-over as coach and coachee are shown it: one page, and of each item whether the coachee agreed to it."""

from coaching.accounts.access import coaches_here
from coaching.consents.enums import HandOverItem
from coaching.kernel.viewer import Portal, Viewer

from ..access import agreed_page, proposed_page
from ..enums import OFFERED, HandOverState
from ..models import HandOver


def shown(viewer: Viewer, handover: HandOver) -> dict:
    """For whoever has just been shown the hand-over. What was struck out is said to the two who know it."""
    page = _page(viewer, handover)
    agreed = set(handover.agreed)
    struck = [item for item in handover.items if item not in agreed] if handover.agreed_at else []
    return {
        "handover": handover,
        "mission": handover.seat.mission,
        "page": page,
        "items": [HandOverItem(item).label for item in handover.agreed],
        "struck": [HandOverItem(item).label for item in struck],
        "offered": handover.state in OFFERED,
        "left": handover.state in _OPEN
        and not coaches_here(handover.to_id, handover.seat.mission.practice_id),
    }


_OPEN = (HandOverState.PROPOSED, HandOverState.AGREED)


def _page(viewer: Viewer, handover: HandOver):
    """To the coachee what they agreed to, as the colleague has it; before that, and to the coach, what was proposed."""
    if viewer.portal == Portal.COACHEE and handover.state in OFFERED:
        return agreed_page(viewer, handover)
    return proposed_page(viewer, handover)

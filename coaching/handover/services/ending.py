"""What every end of a hand-over has in common: the consent ends first, the text sealed to the colleague is erased.

The consent is always held before the hand-over itself: two who end it at once wait for one another in that order.
"""

from coaching.consents.enums import Ending
from coaching.consents.models import Consent
from coaching.consents.services.consents import settle
from coaching.kernel.viewer import Actor, Viewer
from coaching.vault.enums import Audience
from coaching.vault.services import destroy

from ..models import HandOver


def end_consent(by: Viewer | Actor, handover: HandOver, ending: Ending) -> bool:
    """The consent to this hand-over ends by what is done now; False where there is none alive."""
    rows = Consent.unscoped.filter(seat=handover.seat, to_user=handover.to, ended_at=None)
    consent = rows.select_related("seat__mission").first()
    return consent is not None and settle(by, consent, ending)


def compartment_of(handover: HandOver) -> dict:
    """Between the coachee and the colleague, about this hand-over alone."""
    return {
        "mission_ref": handover.seat.mission.ref,
        "audience": Audience.COACHEE_AND_COLLEAGUE,
        "about": handover.ref,
    }


def let_go(by: Viewer | Actor, handover: HandOver) -> None:
    """Erase for good what the coachee had agreed to: nobody took it up."""
    user_id = handover.seat.person.user_id
    if handover.agreed_ref and user_id is not None:
        destroy(member_id=user_id, by=by.user_ref, **compartment_of(handover))

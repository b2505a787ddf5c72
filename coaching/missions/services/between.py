"""What coach and coachee share and nobody else reads: sealed to the two, in the one compartment they have."""

from coaching.kernel.viewer import Viewer
from coaching.vault.enums import Audience
from coaching.vault.services import seal

from ..models import Seat


def seal_for_both(viewer: Viewer, seat: Seat, text: str, *, place: str, row: str) -> str:
    """Seal a text to the coach of a mission and one of its coachees, and return its reference.

    Who may: either of the two, with their key open (:class:`coaching.vault.errors.Locked` otherwise), whichever of them
    writes; a coachee without an account receives the key once they have one. Raises as ``vault.services.seal`` does.
    """
    mission = seat.mission
    return seal(
        viewer,
        text,
        place=place,
        row=row,
        mission_ref=mission.ref,
        audience=Audience.COACH_AND_COACHEE,
        about=seat.ref,
        members={mission.coach_id, seat.person.user_id} - {None},
    )

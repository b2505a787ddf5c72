"""What people ask of their data: a correction that waits, one that was answered, an erasure; and a mission kept in a dispute."""

from coaching.clients.models import Person
from coaching.kernel.viewer import Portal
from coaching.personal.access import erasures_for, kept_of
from coaching.personal.models import Correction, Hold
from coaching.personal.services import asking, keeping

from .cast import ADMIN, COACH, COACHEE, SPONSOR, Player, as_coach, as_viewer, demo_practice
from .missions import mission_of
from .stories import REFUSED

WHY_NOT = (
    "Le contrat signé porte cette fonction, et un contrat ne se change que par un avenant. Dites-moi si vous en souhaitez un : "
    "je corrigerai la fiche en même temps."
)
DISPUTE = (
    "Une réclamation écrite a été adressée au cabinet au sujet de cette demande ; elle est en cours d’examen."
)


def build() -> None:
    keeping.set_months(as_viewer(ADMIN, Portal.PRACTICE), demo_practice(), {"notes": 18})
    _corrections()
    _erasure()
    mission = mission_of(REFUSED)
    if mission is not None and not Hold.unscoped.filter(mission=mission).exists():
        keeping.place_hold(as_coach(REFUSED.coach), mission, DISPUTE)


def _kept(player: Player, portal: Portal) -> Person | None:
    """The row that the practice's first coach keeps of a player, once they sit at a table."""
    rows = kept_of(as_viewer(player, portal))
    coach = as_coach(COACH)
    return next((row for row in rows if row.keeper_id == coach.user_id), None)


def _corrections() -> None:
    person = _kept(COACHEE, Portal.COACHEE)
    if person is None or Correction.unscoped.filter(person=person).exists():
        return
    me = as_viewer(COACHEE, Portal.COACHEE)
    first = asking.ask_correction(me, person, about="job_title", wanted="directrice générale adjointe")
    asking.decline_correction(as_coach(COACH), first, WHY_NOT)
    asking.ask_correction(me, person, about="phone", wanted="+33355000188")


def _erasure() -> None:
    """The sponsor asks, while missions are under way: what the law keeps is said item by item."""
    me, person = as_viewer(SPONSOR, Portal.ORGANISATION), _kept(SPONSOR, Portal.ORGANISATION)
    if person is not None and not erasures_for(me).exists():
        asking.ask_erasure(me, person)

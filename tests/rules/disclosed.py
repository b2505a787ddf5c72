"""The world of the rules, further on: what the law obliged the coach to tell of a coachee, and its correction."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from coaching.disclosures.models import Disclosure
from coaching.disclosures.services import record
from coaching.kernel.viewer import Portal
from coaching.missions.access import missions_for
from coaching.missions.models import Mission, Seat
from tests.world import World

BOTH = ("coach", "coachee")


@dataclass
class Disclosed:
    mission: Mission  # the latest of the coachee's, which « Qui voit quoi » shows first
    first: Disclosure  # corrected since
    last: Disclosure  # to correct


def extend(w: World) -> Disclosed:
    mission = missions_for(w.viewer("coachee", Portal.COACHEE)).first()
    first = _record(w, mission, "court")
    return Disclosed(mission, first, _record(w, mission, "other", corrects=first))


def _record(w: World, mission: Mission, basis: str, **more) -> Disclosure:
    rows = Seat.unscoped.select_related("person").filter(person__user=w.users["coachee"], role="coachee")
    seat = rows.get(mission=mission)
    said = {
        name: w.plant(f"disclosures.Disclosure.{name}_ref", *BOTH)
        for name in ("article", "recipient", "told")
    }
    told_on = timezone.localdate() - timedelta(days=2)
    return record(w.coach, mission, seat, basis=basis, told_on=told_on, **said, **more)

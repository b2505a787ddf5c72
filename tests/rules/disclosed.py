"""The world of the rules, further on: what the law obliged the coach to tell of a coachee, and its correction."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from coaching.disclosures.models import Disclosure
from coaching.disclosures.services import record
from coaching.missions.models import Seat
from tests.world import World

BOTH = ("coach", "coachee")


@dataclass
class Disclosed:
    first: Disclosure  # corrected since
    last: Disclosure  # to correct


def extend(w: World) -> Disclosed:
    first = _record(w, "court")
    return Disclosed(first, _record(w, "other", corrects=first))


def _record(w: World, basis: str, **more) -> Disclosure:
    seat = Seat.unscoped.select_related("person").get(mission=w.mission, person=w.people["coachee"])
    said = {
        name: w.plant(f"disclosures.Disclosure.{name}_ref", *BOTH)
        for name in ("article", "recipient", "told")
    }
    told_on = timezone.localdate() - timedelta(days=2)
    return record(w.coach, w.mission, seat, basis=basis, told_on=told_on, **said, **more)

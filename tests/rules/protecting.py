"""The world of the rules, further on: what a coachee confides, a pause, other help than coaching."""

from dataclasses import dataclass

from django.utils import timezone

from coaching.kernel.viewer import Portal
from coaching.missions.models import Referral, Seat
from coaching.missions.services import pace, referrals
from coaching.recourse.models import RecoursePerson, Signal
from coaching.recourse.services import confiding
from tests.world import World

BOTH = ("coach", "coachee")


@dataclass
class Protected:
    person: RecoursePerson
    signal: Signal
    referral: Referral  # to answer, on the main mission
    paused: Seat  # in the team


def extend(w: World) -> Protected:
    me, other = w.viewer("coachee", Portal.COACHEE), w.viewer("recourse", Portal.RECOURSE)
    signal = confiding.send(me, w.mission, w.plant("recourse.Message.sealed_ref", "coachee", "recourse"))
    confiding.write(other, signal, w.plant("recourse.Message.sealed_ref", "coachee", "recourse"))
    signal = confiding.acknowledge(other, signal)
    referral, answered = _refer(w), _refer(w)
    referrals.answer(me, w.mission, answered, w.plant("missions.Referral.answer_ref", *BOTH))
    seat = Seat.unscoped.get(mission=w.leaning.mission, person=w.people["coachee"])
    pace.pause(w.coach, w.leaning.mission, seat, reason=w.plant("missions.Pause.reason", *BOTH))
    return Protected(RecoursePerson.unscoped.get(practice=w.practice), signal, referral, seat)


def _refer(w: World) -> Referral:
    return referrals.refer(
        w.coach,
        w.mission,
        Seat.unscoped.select_related("person").get(mission=w.mission, person=w.people["coachee"]),
        noticed=w.plant("missions.Referral.noticed_ref", "coach"),
        told_on=timezone.localdate(),
        ways=w.plant("missions.Referral.ways_ref", *BOTH),
        to_supervision=True,
    )

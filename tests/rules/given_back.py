"""The world of the rules, further on: restitutions in every state, from draft to withdrawn."""

from dataclasses import dataclass

from coaching.consents.services import consents
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Seat
from coaching.restitutions.composing import Said
from coaching.restitutions.models import ReleasedRestitution, Restitution
from coaching.restitutions.services import approving, drafting, releasing
from tests.restitutions.helpers import approve, fresh
from tests.sessions.helpers import coachee
from tests.world import World

TEXT, CONTENT = "restitutions.RestitutionText.sealed_ref", "restitutions.ReleasedRestitution.content"
BOTH = ("coach", "coachee")


@dataclass
class GivenBack:
    draft: Restitution
    proposed: Restitution
    approved: Restitution
    read: ReleasedRestitution  # opened by the sponsor
    unread: ReleasedRestitution


def extend(w: World) -> GivenBack:
    mission = Mission.unscoped.select_related("practice", "coach").get(pk=w.signed.sealed.mission_id)
    consents.give(coachee(w), mission, "sponsor", ["attendance", "support"])
    consents.give(coachee(w), mission, "manager", ["attendance", "free_text"])
    read = _released(w, mission, *BOTH, "sponsor")
    releasing.open_released(w.viewer("sponsor", Portal.ORGANISATION), read)
    _withdrawn(w, mission)
    _never_gone(w, mission)
    unread = _released(w, mission, *BOTH)
    row = _proposed(w, mission, *BOTH)
    approving.ask(coachee(w), row, w.plant("restitutions.Restitution.asked_ref", *BOTH))
    proposed = fresh(drafting.propose(w.coach, fresh(row)))
    draft = _worded(w, mission, "manager", "free_text", "coach")
    return GivenBack(draft, proposed, _approved(w), read, unread)


def _released(w: World, mission: Mission, *readers: str) -> ReleasedRestitution:
    return w.release(approve(w, _proposed(w, mission, *readers, path=CONTENT)))


def _withdrawn(w: World, mission: Mission) -> None:
    """Before anybody had opened it: its addressee never comes across it."""
    approving.withdraw(coachee(w), fresh(_released(w, mission, *BOTH).restitution))


def _never_gone(w: World, mission: Mission) -> None:
    """One that the coachee refused, one that the coach set aside."""
    approving.refuse(coachee(w), _proposed(w, mission, *BOTH))
    drafting.drop(w.coach, _worded(w, mission, "sponsor", "support", "coach"))


def _proposed(w: World, mission: Mission, *readers: str, path: str = TEXT) -> Restitution:
    return fresh(drafting.propose(w.coach, _worded(w, mission, "sponsor", "support", *readers, path=path)))


def _worded(w, mission, to, item, *readers, path=TEXT) -> Restitution:
    seat = Seat.unscoped.select_related("person", "mission").get(mission=mission, person=w.people["coachee"])
    row = drafting.begin(w.coach, seat, to)
    said = {"attendance": Said(there=True), item: Said(there=True, words=w.plant(path, *readers))}
    drafting.word(w.coach, row, said, based_on=1)
    return fresh(row)


def _approved(w: World) -> Restitution:
    """In the team, where the coachee's coaching pauses."""
    mission = Mission.unscoped.select_related("practice", "coach").get(pk=w.leaning.mission.pk)
    consents.give(coachee(w), mission, "sponsor", ["attendance", "support"])
    return approve(w, _proposed(w, mission, *BOTH))

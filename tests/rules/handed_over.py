"""The world of the rules, further on: a hand-over with the coachee, one offered to the colleague, one they have taken up."""

from dataclasses import dataclass

from coaching.accounts.models import Membership
from coaching.handover.access import get_offer
from coaching.handover.models import HandOver
from coaching.handover.services import answering, proposing, taking
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.missions.services import life, objectives, requests, seats
from tests.handover.helpers import colleague, fresh, whole_seat
from tests.sessions.helpers import coachee
from tests.world import World

PROPOSED, AGREED = "handover.HandOver.proposed_ref", "handover.HandOver.agreed_ref"
BOTH = ("coach", "coachee")
READ = (*BOTH, "colleague")
TABLE = (*READ, "sponsor")


@dataclass
class HandedOver:
    proposed: HandOver
    offered: HandOver
    taken: HandOver
    mission: Mission  # the colleague's, which began with it


def extend(w: World) -> HandedOver:
    live = Mission.unscoped.get(pk=w.signed.sealed.mission_id)
    proposed = _propose(w, live, {"sessions", "letter"}, w.plant(PROPOSED, *BOTH))
    # The colleague’s first: the coachee’s latest mission is still one of the coach’s.
    whole = {"organisation_request", "own_request", "agreed_objectives", "letter"}
    taken = _propose(w, _enquiry(w), whole, w.plant(AGREED, *READ))
    answering.agree(coachee(w), taken, whole)
    mission = taking.take_up(colleague(w), get_offer(colleague(w), taken.ref))
    offered = _propose(
        w, _enquiry(w), {"organisation_request", "own_request", "letter"}, w.plant(PROPOSED, *BOTH)
    )
    offered = fresh(answering.agree(coachee(w), offered, ["organisation_request", "own_request"]))
    _known(w)
    return HandedOver(proposed, offered, fresh(taken), mission)


def _propose(w: World, mission: Mission, items: set[str], letter: str) -> HandOver:
    to = Membership.unscoped.get(user=w.users["colleague"]).ref
    return fresh(proposing.propose(w.coach, whole_seat(mission), to, items, letter))


def _enquiry(w: World) -> Mission:
    """With an objective of the coachee's own, which is never proposed."""
    mission = life.begin(
        w.coach, title=w.plant("missions.Mission.title", *TABLE), organisation=w.organisation
    )
    seat = seats.add_seat(w.coach, mission, w.people["coachee"], "coachee")
    seats.add_seat(w.coach, mission, w.people["sponsor"], "sponsor")
    asked = w.plant("missions.RequestVersion.text", *TABLE)
    requests.write_organisation_request(w.viewer("sponsor", Portal.ORGANISATION), mission, asked, based_on=0)
    said = w.plant("vault.SealedText.ciphertext", *READ)
    requests.write_coachee_request(coachee(w), mission, seat, said, based_on=0)
    aims = {
        "common": w.plant("missions.Objective.title", *TABLE),
        "coachee": w.plant("missions.Objective.title", *BOTH),
    }
    for tag, title in aims.items():
        whose = {"seat": seat} if tag == "coachee" else {}
        objectives.save_objective(w.coach, mission, None, {"tag": tag, "title": title}, **whose)
    return mission


def _known(w: World) -> None:
    """Whom and which organisation the colleague knows now; and who knows the colleague."""
    house = [getattr(w.organisation, name) for name in ("name", "legal_form", "siret", "address")]
    people = [w.people[persona] for persona in ("coachee", "sponsor")]
    said = [word for row in people for word in (row.name, row.job_title, row.email.partition("@")[0])]
    _widen(w, [*house, *said], "colleague")
    _widen(w, [w.users["colleague"].name], "coach", "coachee", "sponsor")


def _widen(w: World, words: list[str], *personas: str) -> None:
    for word in words:
        if word.casefold() in w.canaries:  # in a world told for the eye there is none
            path, known = w.canaries[word.casefold()]
            w.canaries[word.casefold()] = (path, known | set(personas))

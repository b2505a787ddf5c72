"""Hand-overs: one that a coachee has agreed to, offered to a colleague; another that its coachee still reads."""

from coaching.accounts.access import colleagues_of
from coaching.handover.composing import material
from coaching.handover.models import HandOver
from coaching.handover.services import answering, proposing
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_coachee_seat, own_coachee_seat
from coaching.missions.models import Mission

from .cast import Player, as_coach, as_viewer
from .missions import mission_of
from .stories import CONSUMER, WAITING, Story

LETTER = (
    "Je pars six mois et je préfère qu’elle n’attende pas. Le plus utile jusqu’ici : qu’elle choisisse elle-même "
    "ce dont on parle. Tu verras, elle arrive en avance."
)


def build() -> None:
    offered = _propose(WAITING, ["organisation_request", "own_request", "agreed_objectives", "letter"])
    if offered is not None:
        me = as_viewer(_coachee(WAITING), Portal.COACHEE)
        answering.agree(me, offered, [item for item in offered.items if item != "agreed_objectives"])
    _propose(CONSUMER, ["own_request", "sessions", "letter"])


def _propose(story: Story, items: list[str]) -> HandOver | None:
    coach, mission = as_coach(story.coach), mission_of(story)
    if mission is None or HandOver.unscoped.filter(seat__mission=mission).exists():
        return None
    seat = get_coachee_seat(coach, mission, _seat_ref(story, mission))
    seat.mission = mission
    to = colleagues_of(coach).first()
    there = [item for item in items if item in {*material(coach, seat), "letter"}]
    return proposing.propose(coach, seat, to.ref, there, LETTER)


def _seat_ref(story: Story, mission: Mission) -> str:
    return own_coachee_seat(as_viewer(_coachee(story), Portal.COACHEE), mission).ref


def _coachee(story: Story) -> Player:
    return story.coachees[0].player

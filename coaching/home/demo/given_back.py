"""What coachees of the demo let be given back, and what is: one restitution read by its addressee, the next with the coachee."""

from coaching.consents.services import consents
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import own_coachee_seat
from coaching.missions.models import Mission, Seat
from coaching.restitutions.access import latest_of, restitutions_of, text_now
from coaching.restitutions.composing import Said
from coaching.restitutions.models import Restitution
from coaching.restitutions.services import approving, drafting, releasing

from .cast import DANIEL, GRACE, as_coach, as_viewer
from .missions import mission_of
from .stories import ENGLISH

ITEMS = ["attendance", "common_objectives", "support", "next_steps"]
FIRST = {
    "common_objectives": "Daniel leaves most reviews to the team. Fridays are the hardest day, and the most telling one.",
    "support": "A *named* deputy for incidents would let him be away for a day without being called.",
    "next_steps": "The half-way meeting with Grace, then four sessions.",
}
NEXT = {"support": "A deputy has been named. The team would need to hear it from the management as well."}


def build() -> None:
    mission, coach = mission_of(ENGLISH), as_coach(ENGLISH.coach)
    if mission.activated_at is None or restitutions_of(coach, mission).exists():
        return
    me = as_viewer(DANIEL, Portal.COACHEE)
    consents.give(me, mission, "sponsor", ITEMS)
    seat = own_coachee_seat(me, mission)
    _release(coach, me, mission, _propose(coach, seat, FIRST, facts=True))
    _propose(coach, seat, NEXT)


def _propose(coach: Viewer, seat: Seat, words: dict[str, str], *, facts: bool = False) -> Restitution:
    row = drafting.begin(coach, seat, "sponsor")
    said = {item: Said(there=facts or item == "attendance", words=words.get(item, "")) for item in ITEMS}
    drafting.word(coach, row, said, based_on=row.number)
    return drafting.propose(coach, _again(coach, row))


def _release(coach: Viewer, me: Viewer, mission: Mission, row: Restitution) -> None:
    text = text_now(me, row).text
    approving.approve(me, _again(coach, row), number=text.number, sha256=text.sha256)
    releasing.release(coach, _again(coach, row))
    sponsor = as_viewer(GRACE, Portal.ORGANISATION)
    releasing.open_released(sponsor, latest_of(sponsor, mission, 1)[0])


def _again(coach: Viewer, row: Restitution) -> Restitution:
    return restitutions_of(coach, row.seat.mission).get(pk=row.pk)

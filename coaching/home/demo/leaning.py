"""What leans on the contracts that stand: an amendment signed by all, and a team whose coachees join one by one."""

from coaching.missions.models import Mission
from contracts.enums import ContractState
from contracts.models import Contract
from contracts.services import amending, sharing

from .cast import as_coach
from .missions import mission_of
from .signatures import sign
from .stories import STORIES, Story


def build() -> None:
    for story in STORIES:
        mission = mission_of(story)
        if story.amendment:
            _amend(story, mission)
        if story.adhesions:
            _join(story, mission)


def _rows(mission: Mission):
    return Contract.unscoped.filter(mission=mission).select_related("mission__practice", "mission__coach")


def _amend(story: Story, mission: Mission) -> None:
    """Outside any transaction: documents are made by another process."""
    coach, base = as_coach(story.coach), _rows(mission).get(base=None)
    row = _rows(mission).filter(base=base).first() or amending.amend(coach, base)
    if row.state == ContractState.DRAFT:
        changes = dict(story.amendment)
        amending.save_purpose(coach, row, changes.pop("purpose"))
        amending.change_terms(coach, row, changes)
        row.refresh_from_db()
        sharing.share(coach, row)
        row.refresh_from_db()
    sign(coach, row)


def _join(story: Story, mission: Mission) -> None:
    coach = as_coach(story.coach)
    mission.refresh_from_db()
    amending.adhere(coach, mission)
    rows = _rows(mission).filter(seat__isnull=False).order_by("seat_id")
    for row, state in zip(rows, story.adhesions, strict=False):
        if state != ContractState.DRAFT and row.state == ContractState.DRAFT:
            sharing.share(coach, row)
            row.refresh_from_db()
        if state != ContractState.DRAFT:
            sign(coach, row, by_all=state == ContractState.SEALED)

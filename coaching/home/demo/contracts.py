"""The contracts of the missions that have come so far: drafted, sent, read, sent again."""

from coaching.kernel.acts import act
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission
from contracts.access import clauses_of, terms_of
from contracts.enums import ENDED, ContractState, Section
from contracts.models import Contract, ContractVersion
from contracts.services import drafting, review, sharing

from .cast import Player, as_coach, as_viewer
from .missions import mission_of
from .stories import STORIES, Story


def build() -> None:
    for story in STORIES:
        if story.terms:
            mission = mission_of(story)
            contract = _alive(mission) or _draft(story, mission)
            _send(story, contract)


def _alive(mission: Mission) -> Contract | None:
    return Contract.unscoped.filter(mission=mission, base=None).exclude(state__in=ENDED).first()


@act
def _draft(story: Story, mission: Mission) -> Contract:
    coach = as_coach(story.coach)
    contract = drafting.draft(coach, mission)
    drafting.save_terms(coach, contract, terms_of(coach, contract), story.terms)
    contract.refresh_from_db()
    return contract


def _send(story: Story, contract: Contract) -> None:
    """Outside any transaction: the document is made by another process."""
    while ContractVersion.unscoped.filter(contract=contract).count() < story.versions:
        coach = as_coach(story.coach)
        if contract.state == ContractState.REVIEW:
            sharing.revise(coach, contract)
            _reword(story, contract)
        contract.refresh_from_db()
        version = sharing.share(coach, contract)
        _read(story, version)
        _discuss(story, version)
        contract.refresh_from_db()


def _reword(story: Story, contract: Contract) -> None:
    coach = as_coach(story.coach)
    clause = clauses_of(coach, contract).get(section=Section.CONDITIONS)
    drafting.save_clause(coach, contract, clause, title=clause.title, body=f"{clause.body}\n{story.reworded}")


def _read(story: Story, version: ContractVersion) -> None:
    if story.sponsor:
        sharing.acknowledge_reading(as_viewer(story.sponsor, Portal.ORGANISATION), version)


@act
def _discuss(story: Story, version: ContractVersion) -> None:
    """What was said of this version, and answered; then with whom the last one is fine."""
    for remark in story.remarks:
        if remark.version == version.number:
            said = {"section": remark.section, "kind": remark.kind, "audience": remark.audience}
            viewer = _at_table(story, remark.player)
            sharing.acknowledge_reading(viewer, version)
            row = review.comment(viewer, version, text=remark.text, **said)
            if remark.outcome:
                review.answer(as_coach(story.coach), row, outcome=remark.outcome, text=remark.answer)
    if version.number == story.versions:
        for player in story.fine:
            review.say_fine(_at_table(story, player), version)


def _at_table(story: Story, player: Player) -> Viewer:
    coachee = any(one.player == player for one in story.coachees)
    return as_viewer(player, Portal.COACHEE if coachee else Portal.ORGANISATION)

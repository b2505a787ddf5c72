"""Signatures: a contract half signed, others signed by all and sealed, by the very acts of people and worker."""

import re

from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from contracts.consent import consent
from contracts.consumers.access import consumer_of, hand_of_signer, lacks_receipt
from contracts.consumers.services import informing
from contracts.enums import ContractState
from contracts.models import Contract, Signatory, SigningRound
from contracts.services import codes, rounds, sealing, signing
from contracts.signing_access import RELATED, Signer, signature_of

from .cast import as_coach
from .missions import mission_of
from .stories import STORIES, Story

BROWSER = "a browser of the demo"
SIX = re.compile(r"\b(\d{6})\b")


def build() -> None:
    for story in STORIES:
        if story.signing:
            _sign(story, mission_of(story))


def _sign(story: Story, mission: Mission) -> None:
    contracts = Contract.unscoped.select_related("mission__practice", "mission__coach")
    sign(as_coach(story.coach), contracts.get(mission=mission, base=None), by_all=story.signing == "sealed")


def sign(coach: Viewer, contract: Contract, *, by_all: bool = True) -> None:
    """Outside any transaction: documents are read and made, codes are counted one by one."""
    if contract.state == ContractState.REVIEW:
        rounds.open_round(coach, contract, order="coach_first")
    contract.refresh_from_db()
    if contract.state == ContractState.SIGNING:
        signing_round = SigningRound.unscoped.get(contract=contract, closed_at=None)
        rows = Signatory.unscoped.filter(round=signing_round).select_related(*RELATED, "user")
        for row in rows if by_all else rows[:1]:
            _give(Signer(row, row.user))
    contract.refresh_from_db()
    if contract.state == ContractState.SIGNED:
        sealing.seal(contract)


def _give(signer: Signer) -> None:
    if signature_of(signer):
        return
    row = signer.signatory
    if lacks_receipt(signer):
        shown = consumer_of(signer.contract).information
        informing.receive(hand_of_signer(signer), signer.contract, shown.ref)
    signing.display(signer)
    codes.ask(signer, BROWSER)
    letter = Letter.unscoped.filter(kind="contracts/code", to=row.email).order_by("-pk").first()
    said = signing.Given(
        typed_name=row.name,
        consent_sha256=consent(row.language).sha256,
        code=SIX.search(open_letter(letter).text).group(1),
        browser=BROWSER,
        ip="192.0.2.10",
        user_agent="demo",
    )
    signing.sign(signer, said)

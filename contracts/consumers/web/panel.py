"""A consumer's rights beside the contract they read: on its page in the portal, and on the page of a signing link."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from coaching.kernel.viewer import Portal, Viewer

from ...models import Contract
from ...signing_access import Signer
from ..access import Consumer, Hand, consumer_of, hand_of, hand_of_signer
from ..models import EarlyStart, InformationReceipt
from ..services.early_start import may_ask
from . import acts
from .frames import of_link, of_portal


@dataclass(frozen=True, slots=True)
class Panel:
    """Where this consumer stands, and the pages of their acts."""

    consumer: Consumer
    receipt: InformationReceipt | None
    early_start: EarlyStart | None
    may_ask: bool
    frame: acts.Frame
    labels: dict[str, Any]

    @property
    def to_receive(self) -> bool:
        """The information comes before the signature."""
        return self.receipt is None


def _panel(found: Consumer, hand: Hand, frame: acts.Frame) -> Panel:
    early = found.early_start_of(hand.seat)
    return Panel(
        found, found.receipt_of(hand.seat), early, early is None and may_ask(found), frame, acts.labels()
    )


def panel_for(viewer: Viewer, contract: Contract) -> Panel | None:
    """For the coachee in their portal; None for everybody else, and where no consumer pays."""
    if viewer.portal != Portal.COACHEE:
        return None
    found = consumer_of(contract)
    return _panel(found, hand_of(viewer, contract.mission), of_portal(found)) if found else None


def panel_of(signer: Signer) -> Panel | None:
    """For the coachee who came by their signing link; None for the other signatories."""
    if signer.signatory.role != "coachee":
        return None
    found = consumer_of(signer.contract)
    if found is None:
        return None
    return _panel(found, hand_of_signer(signer), of_link(reverse("signing")))

"""The world of the rules, where a coachee pays as a consumer: a contract in its fourteen days, one withdrawn from."""

from dataclasses import dataclass

from contracts.consumers.models import Withdrawal
from contracts.consumers.services import early_start, withdrawing
from contracts.models import Contract
from tests.consumers.helpers import hand, signed
from tests.world import World

BOTH = ("coach", "coachee")


@dataclass
class Consumers:
    """Both are the coachee's; nobody but their coach sits beside them."""

    running: Contract
    withdrawn: Contract
    withdrawal: Withdrawal


def extend(w: World) -> Consumers:
    running = signed(w, rendered=w.rendered, title=w.plant("missions.Mission.title", *BOTH))
    withdrawn = signed(w, rendered=w.rendered, title=w.plant("missions.Mission.title", *BOTH))
    early_start.ask(hand(w, withdrawn), withdrawn)
    said = {
        "name": w.plant("contracts.Withdrawal.name", *BOTH),
        "email": f"{w.plant('contracts.Withdrawal.email', *BOTH)}@canary.test",
    }
    row = withdrawing.withdraw(hand(w, withdrawn), withdrawn, **said, language="fr")
    return Consumers(running, withdrawn, row)

"""The life of a contract, as a table. Signing and sealing add their arrows here."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.gates import Gate
from coaching.kernel.transitions import Machine, Transition

from .enums import ContractState as S

COACH = frozenset({"coach"})

REQUESTS = Gate(
    "contracts.requests", "demande-formulee", _("Both requests are recorded in their authors’ words")
)
VALIDATION = Gate(
    "contracts.validation", "demande-formulee", _("The coach has validated the coachee’s request")
)
ELEMENTS = Gate(
    "contracts.elements", "contrat", _("The five elements of a contract are there, and nothing is promised")
)
QUALIFICATION = Gate(
    "development.qualification", "formation-transparence", _("At least one qualification is on file")
)
BALANCE = Gate("contracts.balance", "equilibre", _("One objective is common, or its absence is explained"))

CONTRACT = Machine(
    "contract",
    (
        Transition(
            name="share",
            label=_("Send for review"),
            sources=frozenset({S.DRAFT}),
            target=S.REVIEW,
            roles=COACH,
            gates=(REQUESTS, VALIDATION, ELEMENTS, QUALIFICATION, BALANCE),
            stamps="shared_at",
            consequence=_(
                "Every party receives a letter and reads the contract, as page and as PDF, in their portal."
            ),
        ),
        Transition(
            name="revise",
            label=_("Take back to draft"),
            sources=frozenset({S.REVIEW}),
            target=S.DRAFT,
            roles=COACH,
            consequence=_(
                "You edit again; the parties keep the version they have until you send the next one."
            ),
        ),
        Transition(
            name="withdraw",
            label=_("Withdraw this contract"),
            sources=frozenset({S.DRAFT, S.REVIEW}),
            target=S.WITHDRAWN,
            roles=COACH,
            needs_reason=True,
            stamps="withdrawn_at",
            destructive=True,
            consequence=_("The draft is set aside for good; another one can be made from the mission."),
        ),
    ),
)

"""The life of a contract, as a table: from the draft to the contract that stands."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.gates import Gate
from coaching.kernel.transitions import Machine, Transition

from .enums import ContractState as S
from .enums import Instrument

COACH = frozenset({"coach"})
SYSTEM = frozenset({"system"})
SIGNATORY = frozenset({"signatory"})  # one who is to sign the round that is open, the coach apart

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
ANSWERED = Gate(
    "contracts.answered", "contrat", _("Every request for a change is answered"), overridable=True
)
INFORMATION = Gate(
    "contracts.information",
    "contrat",
    _("Where a consumer pays, the information due before signing is complete"),
)

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
            sources=frozenset({S.REVIEW, S.SIGNING}),
            target=S.DRAFT,
            roles=COACH,
            consequence=_(
                "You edit again; the parties keep the version they have until you send the next one. "
                "Signatures already given to it fall."
            ),
        ),
        Transition(
            name="send_for_signature",
            label=_("Send for signature"),
            sources=frozenset({S.REVIEW}),
            target=S.SIGNING,
            roles=COACH,
            gates=(REQUESTS, VALIDATION, ELEMENTS, QUALIFICATION, BALANCE, ANSWERED, INFORMATION),
            stamps="sent_at",
            consequence=_(
                "Each signatory receives a link of their own and signs this very document. Once all have signed it is "
                "sealed, and nobody can change it any more."
            ),
        ),
        Transition(
            name="complete",
            label=_("Signed by all"),
            sources=frozenset({S.SIGNING}),
            target=S.SIGNED,
            roles=SYSTEM,
            stamps="signed_at",
            consequence=_("The last signature is in: the document is being sealed."),
        ),
        Transition(
            name="seal",
            label=_("Sealed"),
            sources=frozenset({S.SIGNED}),
            target=S.SEALED,
            roles=SYSTEM,
            stamps="sealed_at",
            consequence=_("The contract stands, the mission is active, and each party has their copy."),
        ),
        Transition(
            name="decline",
            label=_("Decline to sign"),
            sources=frozenset({S.SIGNING}),
            target=S.DECLINED,
            roles=SIGNATORY,
            needs_reason=True,
            stamps="declined_at",
            destructive=True,
            consequence=_(
                "This contract ends here for everybody, and signatures already given to it fall. The coach reads your "
                "reason; the others learn only that it was declined."
            ),
        ),
        Transition(
            name="expire",
            label=_("Expired"),
            sources=frozenset({S.SIGNING}),
            target=S.REVIEW,
            roles=SYSTEM,
            consequence=_(
                "The time to sign is over: the contract is in review again, signatures given fall."
            ),
        ),
        Transition(
            name="withdraw",
            label=_("Withdraw this contract"),
            sources=frozenset({S.DRAFT, S.REVIEW, S.SIGNING}),
            target=S.WITHDRAWN,
            roles=COACH | SYSTEM,  # the product, when the mission ends
            needs_reason=True,
            stamps="withdrawn_at",
            destructive=True,
            consequence=_(
                "The contract is set aside for good, with the signatures it has; another one can be made from the "
                "mission."
            ),
        ),
    ),
)

# The same life under names of its own: what happens to one coachee's document is told to no other coachee.
AMENDMENT = Machine("amendment", CONTRACT.transitions)
ADHESION = Machine("adhesion", CONTRACT.transitions)


def machine_of(contract) -> Machine:
    """The table a document lives by; it decides what its events are called, and so who is told of them."""
    if contract.seat_id:
        return ADHESION
    return AMENDMENT if contract.instrument == Instrument.AMENDMENT else CONTRACT

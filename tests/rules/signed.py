"""The world of the rules, further on: a contract out for signature, one declined, one sealed."""

from dataclasses import dataclass

from contracts.models import Contract, ContractVersion, Signatory, SigningRound
from contracts.services import rounds, signing
from tests.contracts.helpers import contracting
from tests.contracts.signing_helpers import out, sign_all, signer_of
from tests.world import World

SIDES = ("coach", "coachee", "sponsor")


@dataclass
class Signed:
    """``holder`` is a manager without an account: they have nothing but the link of their letter."""

    out: SigningRound
    holder: Signatory
    sealed: Contract
    version: ContractVersion  # of the sealed contract


def extend(w: World) -> Signed:
    message = w.plant("contracts.SigningRound.message", *SIDES)
    going = out(w, manager=True, rendered=w.rendered, message=message)
    for role in ("coach", "coachee", "sponsor", "manager"):
        signing.display(signer_of(going, role))
    _declined(w)
    sealed = _sealed(w)
    return Signed(
        out=going,
        holder=Signatory.unscoped.get(round=going, role="manager"),
        sealed=sealed,
        version=ContractVersion.unscoped.get(contract=sealed),
    )


def _open(w: World) -> SigningRound:
    _mission, contract = contracting(w)
    w.share(contract)
    contract.refresh_from_db()
    return rounds.open_round(w.coach, contract)


def _declined(w: World) -> None:
    reason = w.plant("contracts.Signatory.decline_reason", "coach", "sponsor")
    signing.decline(signer_of(_open(w), "sponsor"), reason)


def _sealed(w: World) -> Contract:
    contract = sign_all(_open(w))
    w.seal(contract)
    # The proof of signature carries the address of each signatory to all of them.
    for persona in SIDES:
        word = w.users[persona].email.partition("@")[0]
        if word in w.canaries:  # in a world told for the eye there is none
            path, readers = w.canaries[word]
            w.canaries[word] = (path, readers | set(SIDES))
    return Contract.unscoped.get(pk=contract.pk)

"""The other papers of the product, brought into being by the very acts that make them: what leans on a contract, a consumer's."""

from collections.abc import Iterator

from coaching.closings.models import PartyLetter
from coaching.documents.services import content_of
from contracts.consumers.models import Information, Withdrawal
from contracts.models import ContractVersion, SealedContract
from tests.rules import further
from tests.world import World


def papers(world: World) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each; made for real, not stood in for."""
    further.extend(world)
    told, left = Information.unscoped.first(), Withdrawal.unscoped.first()
    kept = {
        "amendment in review": world.leaning.amendment.document,
        "adhesion": world.leaning.adhesion_version.document,
        "sealed adhesion": SealedContract.unscoped.get(contract=world.leaning.adhesion).document,
        "sealed framework": SealedContract.unscoped.get(contract=world.leaning.frame).document,
        "consumer’s contract": ContractVersion.unscoped.get(contract=world.consumers.running).document,
        "information before a contract": told.document,
        "acknowledgement of a withdrawal": left.document,
        "restitution": world.given_back.read.document,
        "sheet": world.competence.shown.document,
        "attestation of supervision": world.supervised.attested.document,
        "year of supervision": world.supervised.year.document,
        "letter about an end": PartyLetter.unscoped.exclude(document=None).first().document,
    }
    for name, document in kept.items():
        yield name, content_of(document)

"""From the canonical JSON kept with a document back to its snapshot."""

import json
from datetime import date

from .snapshots import ContractSnapshot, FrozenCharter, FrozenClause, Signatory


def thaw(frozen: str) -> ContractSnapshot:
    """The snapshot a document was made from, by value."""
    said = json.loads(frozen)
    charter = said.pop("charter")
    charter["published_on"] = date.fromisoformat(charter["published_on"])
    return ContractSnapshot(
        **{
            **said,
            "issued_on": date.fromisoformat(said["issued_on"]),
            "clauses": tuple(FrozenClause(**clause) for clause in said["clauses"]),
            "signatories": tuple(Signatory(**one) for one in said["signatories"]),
            "charter": FrozenCharter(**charter),
        }
    )

"""From the canonical JSON kept with a document back to its snapshot."""

import json
from datetime import date
from decimal import Decimal

from .snapshots import ContractSnapshot, FrozenCharter, FrozenClause, FrozenScope, FrozenTerms, Signatory


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
            "terms": _terms(said.get("terms")),
            "scopes": tuple(
                FrozenScope(**{**one, "items": tuple(one["items"])}) for one in said.get("scopes", ())
            ),
        }
    )


def _terms(said: dict | None) -> FrozenTerms | None:
    if said is None:
        return None
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in ("starts_on", "ends_on")}
    fee = Decimal(said["fee_total"]) if said["fee_total"] is not None else None
    return FrozenTerms(**{**said, **days, "fee_total": fee, "media": tuple(said["media"])})

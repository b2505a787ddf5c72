"""How one event is tied to the one before it. Pure."""

import hashlib
import json
from datetime import UTC, datetime

GENESIS = "0" * 64


def link(
    *,
    chain: str,
    number: int,
    at: datetime,
    kind: str,
    actor: str,
    subject: str,
    mission: str,
    data: dict,
    previous: str,
) -> str:
    """The SHA-256 of everything an event says, the previous digest included."""
    said = [
        chain,
        number,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        kind,
        actor,
        subject,
        mission,
        data,
        previous,
    ]
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

"""What the last purges took, as the journal says it: classes, numbers, digests."""

from dataclasses import dataclass
from datetime import datetime

from coaching.journal.access import events_of_practice
from coaching.kernel.viewer import Viewer

from .enums import Kind

LATEST = 20


@dataclass(frozen=True, slots=True)
class Batch:
    at: datetime
    label: object
    count: int
    rows: int
    files: int
    digest: str


def batches(viewer: Viewer) -> list[Batch]:
    """For the administrator, newest first."""
    rows = events_of_practice(viewer).filter(kind="purge.batch")[:LATEST]
    return [
        Batch(
            row.at,
            Kind(row.data["class"]).label,
            *(row.data[name] for name in ("count", "rows", "files", "digest")),
        )
        for row in rows
    ]

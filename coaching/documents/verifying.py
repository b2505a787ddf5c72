"""Verifying a document somebody holds: two questions, asked apart and answered apart.

Are these bytes exactly those that were sealed here? The digest of the whole file decides, against the rooms' own tables
and the journal. Does the seal hold? A process of its own judges the PAdES signature against the certificates this
installation's practices have or had. The first alone notices everything; the second needs no table.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from django.conf import settings

from . import pool
from .lookups import SealedFile, find
from .seal import face_of, known_certificates

CPU_SECONDS = 10
WALL_SECONDS = 12
MEMORY = 768 << 20


class SealState(StrEnum):
    """What can be said of the seal of a file."""

    HOLDS = "holds"
    ALTERED = "altered"
    UNKNOWN = "unknown"  # sealed or signed by somebody who is not of this installation
    NONE = "none"
    NOT_A_PDF = "not_a_pdf"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    TOO_HEAVY = "too_heavy"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNAVAILABLE = "unavailable"


NOT_JUDGED = frozenset({SealState.NOT_A_PDF, SealState.UNREADABLE, SealState.ENCRYPTED, SealState.TOO_HEAVY,
                        SealState.EMPTY, SealState.TOO_LARGE, SealState.UNAVAILABLE})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """The seal of one file. Dates and names are those the seal itself says."""

    state: SealState
    subject: str = ""
    practice_ref: str = ""
    fingerprint: str = ""
    signed_at: datetime | None = None
    timestamped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """Both answers. ``known`` is the document these very bytes are, or None."""

    sha256: str
    seal: Judgement
    known: SealedFile | None

    @property
    def intact(self) -> bool:
        """Whether both answers are yes; anything less is not."""
        return self.known is not None and self.seal.state == SealState.HOLDS


def verify(content: bytes, user_id: int | None = None) -> Verification:
    """Both answers about these bytes, for this account or for a stranger. Reads only; raises nothing for bad files."""
    sha256 = hashlib.sha256(content).hexdigest()
    refused = _refused(content)
    if refused:
        return Verification(sha256, Judgement(refused), None)
    return Verification(sha256, judge_seal(content), find(sha256, user_id))


def _refused(content: bytes) -> SealState | None:
    """What need not be opened to be refused."""
    if not content:
        return SealState.EMPTY
    if len(content) > settings.LARGEST_UPLOAD:
        return SealState.TOO_LARGE
    if b"%PDF-" not in content[:1024]:
        return SealState.NOT_A_PDF
    return None


def judge_seal(content: bytes) -> Judgement:
    """Whether a seal of one of our practices covers the whole of this PDF and holds."""
    known = known_certificates()
    certificates = [one.certificate for one in known.values()]
    job = {
        "cpu": CPU_SECONDS,
        "seconds": WALL_SECONDS,
        "memory": MEMORY,
        "files": [{} for _file in (content, *certificates)],
    }
    said = _asked(job, [content, *certificates])
    if "error" in said:
        heavy = said["error"] not in ("not started", "gone")
        return Judgement(SealState.TOO_HEAVY if heavy else SealState.UNAVAILABLE)
    state = SealState(said["state"])
    if not said["certificate"]:
        return Judgement(state)
    owner = known[said["certificate"]]
    return Judgement(
        state,
        subject=face_of(x509.load_der_x509_certificate(owner.certificate)).subject,
        practice_ref=owner.practice_ref,
        fingerprint=said["certificate"],
        signed_at=_moment(said["signed_at"]),
        timestamped_at=_moment(said["timestamped_at"]),
    )


def _asked(job: dict, files: list[bytes]) -> dict:
    """The judge's answer; one that was gone when it was asked is asked for anew, once."""
    for _time in range(2):
        said, _nothing = pool.ask(job, files, kind=pool.JUDGE)
        if said.get("error") != "gone":
            break
    return said


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

"""An attestation and a yearly record by value: what their PDFs are made from. No name of any client is in them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class FrozenAttestation:
    reference: str
    language: str
    practice: str
    coach: str
    supervisor: str  # as they typed it
    held_on: date
    minutes: int
    form: str
    attested_at: datetime


@dataclass(frozen=True, slots=True)
class FrozenSupervision:
    held_on: date
    minutes: int
    form: str
    supervisor: str
    attested_on: date | None


@dataclass(frozen=True, slots=True)
class FrozenYear:
    language: str
    practice: str
    coach: str
    year: int
    made_on: date
    coached: int  # minutes of coaching held that year
    asked: int  # hours of coaching for one of supervision
    group_share: int
    points: int  # brought that year
    supervisions: tuple[FrozenSupervision, ...]

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.supervisions)

    @property
    def attested(self) -> int:
        return sum(one.minutes for one in self.supervisions if one.attested_on)

"""Lines of a log as the words that are sealed: many to one text, so that thousands open in one question."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date

from .enums import Source
from .reckoning import Line, fold

TOGETHER = 1000  # lines in one text


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it was imported, and where it stood in the file."""

    number: int
    client: str
    contact: str
    group: int
    starts_on: date
    ends_on: date
    paid: int
    pro_bono: int

    @property
    def same(self) -> tuple:
        """What makes two lines one: everything but the contact, whose spelling changes."""
        return (fold(self.client), self.group, self.starts_on, self.ends_on, self.paid, self.pro_bono)

    def line(self, ref: str, largest: int) -> Line:
        key = fold(self.client)
        return Line(
            source=Source.IMPORTED,
            client=self.client,
            contact=self.contact,
            group=self.group,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            paid=self.paid,
            pro_bono=self.pro_bono,
            whom=((key, self.group),),
            counted=self.group <= largest,
            ref=ref,
        )


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be kept: which cell, why, and what stood there."""

    number: int
    column: str
    fault: str
    value: str
    other: int = 0  # the line it repeats


def pack(entries: Iterable[Entry]) -> str:
    rows = [
        [one.number, one.client, one.contact, one.group, one.starts_on.isoformat(), one.ends_on.isoformat(), one.paid, one.pro_bono]
        for one in entries
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Iterator[Entry]:
    day = date.fromisoformat
    for number, client, contact, group, starts_on, ends_on, paid, pro_bono in json.loads(text):
        yield Entry(number, client, contact, group, day(starts_on), day(ends_on), paid, pro_bono)


def pack_wrong(wrong: Iterable[Wrong]) -> str:
    return json.dumps(
        [list(asdict(one).values()) for one in wrong], ensure_ascii=False, separators=(",", ":")
    )


def unpack_wrong(text: str) -> list[Wrong]:
    return [Wrong(*one) for one in json.loads(text)]


def in_parts(rows: list) -> Iterator[list]:
    for first in range(0, len(rows), TOGETHER):
        yield rows[first : first + TOGETHER]

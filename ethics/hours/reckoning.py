"""How hours are counted. Pure: lines in, figures out. In minutes throughout; sixty of them are an hour."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .credentials import Credential
from .enums import Source

HOUR = 60
RECENT_MONTHS = 18


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time spent on one day."""

    day: date
    paid: int
    pro_bono: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log: one client and mission, one group, or what a letter attests.

    ``whom`` says of whom it speaks, by a key that is the same in every line, with how many clients each stands for.
    Without ``stretches`` the hours lie evenly between the two days.
    """

    source: Source
    client: str
    contact: str
    group: int  # how many at once: 1 is an individual
    starts_on: date
    ends_on: date
    paid: int
    pro_bono: int
    whom: tuple[tuple[str, int], ...] = ()
    stretches: tuple[Stretch, ...] = ()
    counted: bool = True
    ref: str = ""  # of the letter, or of the import

    @property
    def individual(self) -> bool:
        return self.group <= 1

    @property
    def minutes(self) -> int:
        return self.paid + self.pro_bono

    @property
    def paid_hours(self) -> float:
        return hours(self.paid)

    @property
    def pro_bono_hours(self) -> float:
        return hours(self.pro_bono)


def hours(minutes: float) -> float:
    """Pro rata below the hour, to the hundredth."""
    return round(minutes / HOUR, 2)


def fold(name: str) -> str:
    """A name without accents, case and punctuation: the same client in two lines is one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return " ".join(letters.split())


@dataclass(frozen=True, slots=True)
class Totals:
    paid: int
    pro_bono: int
    clients: int
    recent: int  # minutes within the last eighteen months

    @property
    def minutes(self) -> int:
        return self.paid + self.pro_bono

    def of(self, figure: str) -> float:
        """What is held of one of the figures credentials ask for."""
        said = {"hours": hours(self.minutes), "paid": hours(self.paid), "recent": hours(self.recent)}
        return said.get(figure, self.clients)


def total(lines: Iterable[Line], today: date) -> Totals:
    """Everything that counts. A client who stands in several lines is one."""
    counted = [line for line in lines if line.counted]
    since = months_before(today, RECENT_MONTHS)
    return Totals(
        paid=sum(line.paid for line in counted),
        pro_bono=sum(line.pro_bono for line in counted),
        clients=clients_in(counted),
        recent=round(sum(_since(line, since) for line in counted)),
    )


def clients_in(lines: Iterable[Line]) -> int:
    most: dict[str, int] = defaultdict(int)
    for line in lines:
        for key, number in line.whom:
            most[key] = max(most[key], number)
    return sum(most.values())


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def _since(line: Line, since: date) -> float:
    if line.stretches:
        return sum(one.paid + one.pro_bono for one in line.stretches if one.day >= since)
    days = (line.ends_on - line.starts_on).days + 1
    inside = (line.ends_on - max(line.starts_on, since)).days + 1
    return line.minutes * max(inside, 0) / days


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    minutes: float

    @property
    def hours(self) -> float:
        return hours(self.minutes)


def by_month(lines: Iterable[Line], today: date, months: int = 12) -> tuple[Month, ...]:
    """The last months, this one among them, the earliest first."""
    firsts = [months_before(today.replace(day=1), months - 1 - turn) for turn in range(months)]
    found: dict[date, float] = dict.fromkeys(firsts, 0)
    for line in lines:
        if line.counted and line.ends_on >= firsts[0]:
            for first, minutes in _monthly(line, firsts):
                found[first] += minutes
    return tuple(Month(first, minutes) for first, minutes in found.items())


def _monthly(line: Line, firsts: list[date]) -> Iterator[tuple[date, float]]:
    if line.stretches:
        for one in line.stretches:
            if one.day >= firsts[0] and one.day.replace(day=1) <= firsts[-1]:
                yield one.day.replace(day=1), one.paid + one.pro_bono
        return
    days = (line.ends_on - line.starts_on).days + 1
    for first in firsts:
        last = months_before(first, -1) - timedelta(days=1)
        inside = (min(line.ends_on, last) - max(line.starts_on, first)).days + 1
        if inside > 0:
            yield first, line.minutes * inside / days


@dataclass(frozen=True, slots=True)
class Gauge:
    """How far one figure of a credential is."""

    figure: str
    held: float
    asked: int

    @property
    def reached(self) -> bool:
        return self.held >= self.asked

    @property
    def missing(self) -> float:
        return round(max(self.asked - self.held, 0), 2)


@dataclass(frozen=True, slots=True)
class Progress:
    credential: Credential
    gauges: tuple[Gauge, ...]

    @property
    def reached(self) -> bool:
        return all(gauge.reached for gauge in self.gauges)


def progress(totals: Totals, credentials: Iterable[Credential]) -> tuple[Progress, ...]:
    """Each credential with the figures it asks for; one it does not ask for is left out."""
    return tuple(Progress(one, tuple(_gauges(totals, one))) for one in credentials)


def _gauges(totals: Totals, credential: Credential) -> Iterator[Gauge]:
    for figure in ("hours", "paid", "clients", "recent"):
        asked = getattr(credential, figure)
        if asked:
            yield Gauge(figure, totals.of(figure), asked)

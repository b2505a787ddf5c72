"""Sessions held, as lines of the log: one for each client and mission, one for each group. Pure, but for what it is given.

Individual and team sessions count. An exploratory meeting comes before any contract, and in a three-way meeting the
sponsor is there: neither is time with the client alone (decision 0031).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from coaching.sessions.enums import SessionKind

from .enums import Source
from .reckoning import Line, Stretch, fold


@dataclass(frozen=True, slots=True)
class Attended:
    """One coachee in one session that was held."""

    session: int
    mission: int
    kind: str
    day: date
    minutes: int
    seat: int


@dataclass(frozen=True, slots=True)
class Named:
    """A coachee who lets themself be listed."""

    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class Attested:
    """What a letter says, and the missions it is applied to."""

    ref: str
    issuer: str
    contact: str
    starts_on: date
    ends_on: date
    paid: int
    pro_bono: int
    clients: int
    missions: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session with those who were in it."""

    session: int
    mission: int
    team: bool
    stretch: Stretch
    seats: tuple[int, ...]


@dataclass(slots=True)
class Left:
    """What of one mission stands in no line, for want of a consent or a letter; and groups too large to count."""

    mission: int
    minutes: int = 0
    too_large: int = 0
    seats: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Held:
    lines: tuple[Line, ...]
    left: tuple[Left, ...]


def lines_of(
    rows: Iterable[Attended],
    *,
    paid: Collection[int],
    named: Mapping[int, Named],
    letters: Iterable[Attested],
    largest: int,
) -> Held:
    """The lines of the clients who are listed, then those of the letters; and what is left out, by mission."""
    listed: dict[tuple, list[Meeting]] = defaultdict(list)
    unlisted: dict[int, list[Meeting]] = defaultdict(list)
    left: dict[int, Left] = {}
    for one in _meetings(rows, paid):
        if len(one.seats) > largest:
            left.setdefault(one.mission, Left(one.mission)).too_large += _minutes(one)
        elif any(seat in named for seat in one.seats):
            listed[one.mission, None if one.team else one.seats[0]].append(one)
        else:
            unlisted[one.mission].append(one)
    lines = [_line(meetings, named) for meetings in listed.values()]
    lines += [
        _attested(letter, unlisted) for letter in sorted(letters, key=lambda one: (one.starts_on, one.ref))
    ]
    for mission, meetings in unlisted.items():
        _leave(left.setdefault(mission, Left(mission)), meetings)
    return Held(tuple(sorted(lines, key=lambda line: (line.starts_on, line.client))), _worth_saying(left))


def _meetings(rows: Iterable[Attended], paid: Collection[int]) -> list[Meeting]:
    """Individual sessions one to one; in a session with several, whatever it is called, those who were there are a group."""
    there: dict[int, list[Attended]] = defaultdict(list)
    for row in rows:
        there[row.session].append(row)
    return [_meeting(those, those[0].mission in paid) for those in there.values()]


def _meeting(those: list[Attended], paid: bool) -> Meeting:
    first = those[0]
    time = Stretch(first.day, first.minutes if paid else 0, 0 if paid else first.minutes)
    team = first.kind == SessionKind.TEAM or len(those) > 1
    return Meeting(first.session, first.mission, team, time, tuple(sorted(one.seat for one in those)))


def _minutes(one: Meeting) -> int:
    return one.stretch.paid + one.stretch.pro_bono


def _line(meetings: list[Meeting], named: Mapping[int, Named]) -> Line:
    seats = sorted({seat for one in meetings for seat in one.seats if seat in named})
    who = [named[seat] for seat in seats]
    return Line(
        source=Source.HELD,
        client=", ".join(one.name for one in who),
        contact=", ".join(one.contact for one in who if one.contact),
        group=max(len(one.seats) for one in meetings),
        whom=tuple((fold(one.name), 1) for one in who),
        **_time(meetings),
    )


def _time(meetings: list[Meeting]) -> dict:
    times = sorted((one.stretch for one in meetings), key=lambda one: one.day)
    return {
        "starts_on": times[0].day,
        "ends_on": times[-1].day,
        "paid": sum(one.paid for one in times),
        "pro_bono": sum(one.pro_bono for one in times),
        "stretches": tuple(times),
    }


def _attested(letter: Attested, unlisted: dict[int, list[Meeting]]) -> Line:
    """What a letter makes count: without missions, all it attests; else the sessions of theirs it covers, and no more."""
    words = {
        "source": Source.LETTER,
        "client": letter.issuer,
        "contact": letter.contact,
        "ref": letter.ref,
        "group": 1,
    }
    if not letter.missions:
        return Line(
            **words,
            starts_on=letter.starts_on,
            ends_on=letter.ends_on,
            paid=letter.paid,
            pro_bono=letter.pro_bono,
            whom=((letter.ref, letter.clients),),
        )
    taken, seats = _take(letter, unlisted)
    if not taken:
        return Line(
            **words, starts_on=letter.starts_on, ends_on=letter.ends_on, paid=0, pro_bono=0, counted=False
        )
    number = min(letter.clients, len(seats))
    return Line(**words, whom=((letter.ref, number),), **_time(taken))


def _take(letter: Attested, unlisted: dict[int, list[Meeting]]) -> tuple[list[Meeting], set[int]]:
    """Take what the letter covers out of what is not listed, the earliest first, until it attests no more."""
    paid, pro_bono = letter.paid, letter.pro_bono
    taken, seats, rests = [], set(), defaultdict(list)
    covered = [one for mission in letter.missions for one in unlisted.pop(mission, ())]
    for one in sorted(covered, key=lambda one: (one.stretch.day, one.session)):
        inside = letter.starts_on <= one.stretch.day <= letter.ends_on
        part = _part(one.stretch, paid if inside else 0, pro_bono if inside else 0)
        if part.paid or part.pro_bono:
            paid, pro_bono = paid - part.paid, pro_bono - part.pro_bono
            taken.append(replace(one, stretch=part))
            seats.update(one.seats)
        rest = Stretch(one.stretch.day, one.stretch.paid - part.paid, one.stretch.pro_bono - part.pro_bono)
        if rest.paid or rest.pro_bono:
            rests[one.mission].append(replace(one, stretch=rest))
    unlisted.update(rests)
    return taken, seats


def _part(whole: Stretch, paid: int, pro_bono: int) -> Stretch:
    return Stretch(whole.day, min(whole.paid, paid), min(whole.pro_bono, pro_bono))


def _leave(left: Left, meetings: list[Meeting]) -> None:
    left.minutes += sum(_minutes(one) for one in meetings)
    left.seats.update(seat for one in meetings for seat in one.seats)


def _worth_saying(left: Mapping[int, Left]) -> tuple[Left, ...]:
    return tuple(one for one in left.values() if one.minutes or one.too_large)

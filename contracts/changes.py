"""What changed between two versions of a contract, from their frozen snapshots: clause by clause, then the rest. Pure."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from coaching.kernel.dates import long_date
from coaching.kernel.diff import Parts, compare, is_changed, longest_rising

from .readable import readable
from .snapshots import ContractSnapshot, FrozenClause, Signatory


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause that is new, gone, reworded, or elsewhere than before."""

    section: str
    anchor: str  # in the newer version; empty for a clause that is gone
    kind: str  # added, removed, changed
    title: Parts
    body: Parts
    number: int | None  # in the newer version
    was: int | None  # its number in the older one, where it has moved among the others
    layout: bool = False  # the same words, set otherwise: emphasis, lists


@dataclass(frozen=True, slots=True)
class FactChange:
    """Something of the contract that stands outside its clauses."""

    label: Any
    parts: Parts


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is not the same; what is not named here did not change."""

    older: int
    newer: int
    clauses: tuple[ClauseChange, ...]
    facts: tuple[FactChange, ...]
    unchanged: int  # clauses that are the same

    @property
    def any(self) -> bool:
        return bool(self.clauses or self.facts)


def changes(older: ContractSnapshot, newer: ContractSnapshot) -> Changes:
    """Compare two versions: every word of what the parties read, and nothing else of them.

    Conditions, fees and the scope of restitution are words of the clauses that quote them.
    """
    clauses = tuple(_clauses(older, newer))
    same = len(newer.clauses) - sum(one.kind != "removed" for one in clauses)
    return Changes(older.version, newer.version, clauses, tuple(_facts(older, newer)), same)


def _clauses(older: ContractSnapshot, newer: ContractSnapshot):
    before = {clause.section: (place, clause) for place, clause in enumerate(older.clauses, start=1)}
    after = {clause.section for clause in newer.clauses}
    moved = _moved([c.section for c in older.clauses], [c.section for c in newer.clauses])
    for number, clause in enumerate(newer.clauses, start=1):
        was, known = before.get(clause.section, (None, None))
        found = _clause(older, newer, known, clause, number, was if clause.section in moved else None)
        if found:
            yield found
    for clause in older.clauses:
        if clause.section not in after:
            title, body = compare(clause.title, ""), compare(_text(older, clause), "")
            yield ClauseChange(clause.section, "", "removed", title, body, None, None)


def _clause(
    older, newer, known: FrozenClause | None, clause: FrozenClause, number, was
) -> ClauseChange | None:
    anchor = f"clause-{number}"
    if known is None:
        title, body = compare("", clause.title), compare("", _text(newer, clause))
        return ClauseChange(clause.section, anchor, "added", title, body, number, None)
    title = compare(known.title, clause.title)
    body = compare(_text(older, known), _text(newer, clause))
    worded = is_changed(title) or is_changed(body)
    if not worded and known.whole == clause.whole and was is None:
        return None
    layout = not worded and known.whole != clause.whole
    return ClauseChange(clause.section, anchor, "changed", title, body, number, was, layout)


def _text(snapshot: ContractSnapshot, clause: FrozenClause) -> str:
    return readable(clause.whole, snapshot.language)


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Sections of both that are not in the same order: as few as possible."""
    places = {section: place for place, section in enumerate(old)}
    shared = [section for section in new if section in places]
    kept = longest_rising([places[section] for section in shared])
    return set(shared) - {shared[index] for index in kept}


def _facts(older: ContractSnapshot, newer: ContractSnapshot):
    pairs = (
        (_("Title"), older.title, newer.title),
        (_("For whom"), older.subtitle, newer.subtitle),
        (_("Practice"), older.practice, newer.practice),
        (_("Place"), older.place, newer.place),
        (_("Date of the version"), _day(older), _day(newer)),
        (_("Who signs"), _signatories(older.signatories), _signatories(newer.signatories)),
        (_("Version of the charter"), _charter(older), _charter(newer)),
        (_("Text of the charter"), older.charter.markdown, newer.charter.markdown),
    )
    for label, before, after in pairs:
        parts = compare(before, after)
        if is_changed(parts):
            yield FactChange(label, parts)


def _signatories(rows: tuple[Signatory, ...]) -> str:
    return "".join(f"{', '.join(filter(None, (s.name, s.role, s.organisation)))}\n" for s in rows)


def _day(snapshot: ContractSnapshot) -> str:
    return long_date(snapshot.issued_on, snapshot.language)


def _charter(snapshot: ContractSnapshot) -> str:
    charter = snapshot.charter
    published = long_date(charter.published_on, snapshot.language)
    return f"{charter.title}, {charter.number}, {published}, SHA-256 {charter.sha256}\n"

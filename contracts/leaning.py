"""The frame of a document that leans on a sealed contract: what it says before and after the clauses that are its own."""

from collections.abc import Mapping

from django.utils import timezone

from coaching.kernel.dates import long_date

from .access import purpose_of
from .enums import Instrument, Language, Part, Section
from .library import Form, forms
from .placeholders import FORM_PLACEHOLDERS, bullets, escape, find, paragraphs
from .snapshots import FrozenClause
from .standing import Deed, Standing, standing_of
from .values import Facts
from .wording import LEANING, Leaning


def parts_of(contract) -> dict[str, Form]:
    """The bundled forms of this kind of document, by their place."""
    return {one.section: one for one in forms(contract.instrument, Language(contract.language))}


def frame(viewer, facts: Facts, known: Mapping[str, str], clauses: tuple[FrozenClause, ...], fill):
    """The clauses with what the forms put round them; ``fill`` is how placeholders are filled, leniently or not."""
    contract = facts.contract
    standing = standing_of(viewer, contract.base)
    values = {**known, **form_values(viewer, facts, standing)}
    parts = parts_of(contract)
    subject, closing = (
        FrozenClause(part, parts[part].title, fill(parts[part].markdown, values, FORM_PLACEHOLDERS))
        for part in (Part.SUBJECT, Part.CLOSING)
    )
    if contract.instrument == Instrument.AMENDMENT:
        words = LEANING[contract.language]
        clauses = tuple(_instead(clause, standing, words) for clause in clauses)
    return (subject, *clauses, closing)


def form_values(viewer, facts: Facts, standing: Standing) -> dict[str, str]:
    """What the forms know beside what every clause knows, in the contract's language."""
    contract, words = facts.contract, LEANING[facts.contract.language]
    chain = bullets(_identity(deed, words) for deed in standing.deeds)
    coachee = contract.seat.person if contract.seat else None
    said = {
        "document.number": str(contract.number or ""),
        "base.reference": contract.base.ref,
        "base.chain": chain,
        "charter.standing": _charter(contract, standing, words),
        "coachee.named": ", ".join(filter(None, (coachee.name, coachee.job_title))) if coachee else "",
    }
    if contract.instrument == Instrument.AMENDMENT:
        said["amendment.purpose"] = paragraphs(purpose_of(viewer, contract).purpose)
    return {name: value for name, value in said.items() if value}


def lacking(facts: Facts, viewer) -> list[str]:
    """Names the forms ask for that nobody has given yet."""
    values = form_values(viewer, facts, standing_of(viewer, facts.contract.base))
    asked = [name for one in parts_of(facts.contract).values() for name in find(one.markdown)]
    own = [name for name in asked if name not in values and name in FORM_ONLY]
    return list(dict.fromkeys(own))


FORM_ONLY = frozenset({"amendment.purpose", "base.chain", "coachee.named"})


def _identity(deed: Deed, words: Leaning) -> str:
    """One document by its name, its reference, the day it was sealed and the fingerprint of its file."""
    name = words.deed[deed.contract.instrument].format(number=deed.number)
    day = long_date(timezone.localdate(deed.sealed_at), deed.snapshot.language)
    return words.identity.format(name=name, reference=deed.contract.ref, day=day, sha256=deed.sha256)


def _charter(contract, standing: Standing, words: Leaning) -> str:
    """The charter stays the one that is annexed, or the parties adopt another version of it."""
    held, now = standing.charter, contract.charter
    said = words.charter_kept if now.sha256 == held.sha256 else words.charter_adopted
    return escape(said.format(number=now.number, held=held.number, sha256=now.sha256))


def _instead(clause: FrozenClause, standing: Standing, words: Leaning) -> FrozenClause:
    """A clause of an amendment, named after the one it takes the place of."""
    held = standing.clause(clause.section)
    lead = words.replaces.format(number=held.number, title=held.clause.title)
    if held.amended:
        lead = words.replaces_amended.format(
            number=held.number, title=held.clause.title, amendment=held.deed.number
        )
    return FrozenClause(clause.section, clause.title, clause.markdown, f"*{escape(lead)}*")


def changeable(standing: Standing) -> list[Section]:
    """The sections an amendment may reword: those the contract has."""
    return [Section(one.section) for one in standing.clauses]

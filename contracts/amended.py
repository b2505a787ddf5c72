"""What an amendment starts from: the words that stand, in which the figures being changed are worked out again."""

from collections.abc import Container, Iterator, Mapping

from coaching.kernel.viewer import Viewer

from .access import clauses_of
from .models import ContractClause
from .placeholders import MissingValue, fill, find, unfill
from .standing import Standing, StandingClause
from .values import Facts, frozen_terms, values

LIVE_FAMILIES = ("terms.", "fees.")  # said once in the conditions and fees
LIVE = frozenset({"restitution.scope"})  # said by the coachee


def live(name: str) -> bool:
    """Whether a placeholder follows what is said anew, rather than what was signed."""
    return name in LIVE or name.startswith(LIVE_FAMILIES)


def source_of(viewer: Viewer, held: StandingClause) -> str:
    """The words of a clause as they stand, with placeholders where they quote conditions, fees or scope."""
    drafted = clauses_of(viewer, held.deed.contract).filter(section=held.section).first()
    return unfill(drafted.body, held.clause.markdown, live) if drafted else held.clause.markdown


def moved(
    viewer: Viewer, facts: Facts, standing: Standing, picked: Container[str]
) -> Iterator[StandingClause]:
    """Clauses left out of an amendment whose words would no longer be true with its conditions and fees."""
    if frozen_terms(facts.terms) == standing.terms:
        return
    known = values(facts)
    for held in standing.clauses:
        source = "" if held.section in picked else source_of(viewer, held)
        quotes = any(name.startswith(LIVE_FAMILIES) for name in find(source))
        if quotes and _with(source, known) != held.clause.markdown:
            yield held


def alters(clause: ContractClause, standing: Standing, known: Mapping[str, str]) -> bool:
    """Whether a clause of an amendment says anything other than what stands."""
    held = standing.clause(clause.section)
    return clause.title != held.clause.title or _with(clause.body, known) != held.clause.markdown


def _with(source: str, known: Mapping[str, str]) -> str:
    """Nothing while a value is not known: the check says which elsewhere."""
    try:
        return fill(source, known)
    except MissingValue:
        return ""

"""What stands: a sealed contract with its sealed amendments, in order, read as one text. Computed, never kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404

from coaching.kernel.diff import Parts, compare, is_changed
from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission

from .access import contract_of
from .enums import ContractState, Instrument, Section
from .evidence import Evidence, thaw_evidence
from .frozen import thaw
from .models import Contract, SealedContract
from .policy import SEALED_RULES
from .readable import readable
from .snapshots import ContractSnapshot, FrozenCharter, FrozenClause, FrozenScope, FrozenTerms


@dataclass(frozen=True, slots=True)
class Deed:
    """One sealed document: the contract itself, or an amendment to it."""

    contract: Contract
    sealed: SealedContract
    snapshot: ContractSnapshot
    evidence: Evidence

    @property
    def number(self) -> int | None:
        return self.contract.number

    @property
    def sealed_at(self) -> datetime:
        return self.sealed.sealed_at

    @property
    def sha256(self) -> str:
        return self.sealed.document.sha256


@dataclass(frozen=True, slots=True)
class StandingClause:
    """A clause as it now stands, with the deed its words come from and those it had before."""

    number: int  # in the contract; an amendment changes no number
    clause: FrozenClause
    deed: Deed
    was: FrozenClause | None = None
    was_deed: Deed | None = None

    @property
    def section(self) -> str:
        return self.clause.section

    @property
    def anchor(self) -> str:
        return f"clause-{self.number}"

    @property
    def amended(self) -> bool:
        return self.was is not None

    def title_parts(self) -> Parts:
        return compare(self.was.title, self.clause.title)

    def title_changed(self) -> bool:
        return is_changed(self.title_parts())

    def body_parts(self) -> Parts:
        """Word by word, from the wording before to this one."""
        language = self.deed.snapshot.language
        return compare(readable(self.was.markdown, language), readable(self.clause.markdown, language))


@dataclass(frozen=True, slots=True)
class Standing:
    """The contract as it now stands."""

    base: Contract
    deeds: tuple[Deed, ...]  # the contract, then its amendments
    clauses: tuple[StandingClause, ...]

    @property
    def last(self) -> Deed:
        return self.deeds[-1]

    @property
    def amended(self) -> bool:
        return len(self.deeds) > 1

    @property
    def charter(self) -> FrozenCharter:
        return self.last.snapshot.charter

    @property
    def terms(self) -> FrozenTerms | None:
        return self.last.snapshot.terms

    @property
    def scopes(self) -> tuple[FrozenScope, ...]:
        return self.last.snapshot.scopes

    @property
    def language(self) -> str:
        return self.last.snapshot.language

    def clause(self, section: str) -> StandingClause | None:
        return next((one for one in self.clauses if one.section == section), None)


def deeds_of(viewer: Viewer, base: Contract) -> tuple[Deed, ...]:
    """A contract and its amendments, those that are sealed and that the viewer may read, in order."""
    rows = SealedContract.objects.visible_to(viewer, SEALED_RULES)
    amends = Q(contract__base=base, contract__instrument=Instrument.AMENDMENT)
    rows = rows.filter(Q(contract=base) | amends, contract__state=ContractState.SEALED)
    rows = rows.select_related("contract__charter", "document", "version__document")
    deeds = [
        Deed(row.contract, row, thaw(row.version.document.snapshot), thaw_evidence(row.evidence))
        for row in rows
    ]
    return tuple(sorted(deeds, key=lambda deed: deed.number or 0))


def standing_of(viewer: Viewer, base: Contract) -> Standing:
    """A contract as it now stands, for whoever may read it; 404 while it is not sealed, and for an amendment."""
    deeds = deeds_of(viewer, base) if base.instrument != Instrument.AMENDMENT else ()
    if not deeds:
        raise Http404
    return consolidate(base, deeds)


def consolidate(base: Contract, deeds: tuple[Deed, ...]) -> Standing:
    """The clauses of the first deed, each in the words of the last one that rewords it. Pure."""
    first, *amendments = deeds
    clauses = [
        StandingClause(number, clause, first)
        for number, clause in enumerate(first.snapshot.clauses, start=1)
        if clause.section in Section.values
    ]
    for deed in amendments:
        new = {clause.section: clause for clause in deed.snapshot.clauses}
        clauses = [
            StandingClause(one.number, new[one.section], deed, one.clause, one.deed)
            if one.section in new
            else one
            for one in clauses
        ]
    return Standing(base, deeds, tuple(clauses))


def standing_terms(viewer: Viewer, mission: Mission) -> FrozenTerms | None:
    """Conditions and fees that hold now, after every amendment; None before the contract is sealed."""
    base = contract_of(viewer, mission)
    deeds = deeds_of(viewer, base) if base else ()
    return deeds[-1].snapshot.terms if deeds else None

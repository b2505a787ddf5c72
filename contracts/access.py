"""Reading contracts: the draft for its coach, what was sent for the parties, the bare facts for the administrator."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from coaching.documents.models import Document
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Viewer
from coaching.missions.access import MissionLine, SeatLine, line_fields, missions_for, seat_lines, seats_of
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission, Seat

from .enums import ContractState
from .models import Clause, Contract, ContractClause, ContractVersion, Reading, RestitutionScope, Terms
from .policy import CLAUSE_RULES, CONTRACT_RULES, DRAFT_RULES, SCOPE_RULES, VERSION_RULES


def contracts_for(viewer: Viewer) -> QuerySet[Contract]:
    rows = Contract.objects.visible_to(viewer, CONTRACT_RULES)
    return rows.select_related("mission", "mission__organisation", "mission__coach", "charter")


def get_contract(viewer: Viewer, ref: str) -> Contract:
    return get_visible(contracts_for(viewer), ref)


def contract_of(viewer: Viewer, mission: Mission) -> Contract | None:
    """The contract of a mission that is alive: in draft, in review, or later."""
    return contracts_for(viewer).filter(mission=mission).exclude(state=ContractState.WITHDRAWN).first()


def terms_of(viewer: Viewer, contract: Contract) -> Terms:
    """Conditions and fees as they stand in the draft, for its coach."""
    return Terms.objects.visible_to(viewer, DRAFT_RULES).get(contract=contract)


def clauses_of(viewer: Viewer, contract: Contract) -> QuerySet[ContractClause]:
    """Clauses as they stand in the draft, for its coach."""
    return (
        ContractClause.objects.visible_to(viewer, DRAFT_RULES).filter(contract=contract).order_by("position")
    )


def get_clause(viewer: Viewer, contract: Contract, ref: str) -> ContractClause:
    return get_visible(clauses_of(viewer, contract), ref)


@dataclass(frozen=True, slots=True)
class LastVersion:
    """What a mission's page says of the version last sent, read beside the contract itself."""

    ref: str
    number: int
    created_at: datetime
    read_at: datetime | None


def contract_with_last_version(
    viewer: Viewer, mission: Mission
) -> tuple[Contract | None, LastVersion | None]:
    """The contract that is alive, and the version last sent of it with when this viewer said they had read it.

    The versions are read through the contract that the viewer may see: behind the portals that have a rule for
    versions it is the same rule, at a third of the cost.
    """
    version = ContractVersion.unscoped.filter(contract=OuterRef("pk")).order_by("-number")
    reading = Reading.unscoped.filter(version__contract=OuterRef("pk"), user_id=viewer.user_id)
    reading = reading.filter(version__number=OuterRef("last_number"))
    rows = contracts_for(viewer).filter(mission=mission).exclude(state=ContractState.WITHDRAWN)
    contract = rows.annotate(
        last_ref=Subquery(version.values("ref")[:1]),
        last_number=Subquery(version.values("number")[:1]),
        last_at=Subquery(version.values("created_at")[:1]),
        last_read_at=Subquery(reading.values("at")[:1]),
    ).first()
    if contract is None or contract.last_ref is None or viewer.portal not in VERSION_RULES:
        return contract, None
    return contract, LastVersion(
        contract.last_ref, contract.last_number, contract.last_at, contract.last_read_at
    )


def versions_of(viewer: Viewer, contract: Contract) -> QuerySet[ContractVersion]:
    """What has been sent to the parties, newest first."""
    rows = ContractVersion.objects.visible_to(viewer, VERSION_RULES).filter(contract=contract)
    return rows.select_related("document", "contract", "contract__mission")


def versions_for(viewer: Viewer) -> QuerySet[ContractVersion]:
    """The versions of every contract the viewer is a party to, newest first."""
    rows = ContractVersion.objects.visible_to(viewer, VERSION_RULES)
    return rows.select_related("document", "contract", "contract__mission").order_by("-id")


def get_version(viewer: Viewer, ref: str) -> ContractVersion:
    return get_visible(versions_for(viewer), ref)


def document_of(version: ContractVersion) -> Document:
    """The document behind a version the caller has been shown."""
    return version.document


def read_at(viewer: Viewer, version: ContractVersion):
    """When this viewer first opened this version, or None."""
    row = Reading.unscoped.filter(version=version, user_id=viewer.user_id).first()
    return row.at if row else None


def readings_of(viewer: Viewer, version: ContractVersion) -> dict[int, object]:
    """User id → when they first opened the version, for the coach who waits for them."""
    if not versions_for(viewer).filter(pk=version.pk).exists():
        return {}
    return dict(Reading.unscoped.filter(version=version).values_list("user_id", "at"))


def unread_by(viewer: Viewer, mission: Mission, contract: Contract) -> list[str]:
    """Names of those at the table who have not said they have read the last version, for the coach who waits."""
    readers = Reading.unscoped.filter(version__contract=contract, version__number=OuterRef("last"))
    last = ContractVersion.unscoped.filter(contract=contract).order_by("-number").values("number")[:1]
    rows = seats_of(viewer, mission).annotate(last=Subquery(last))
    rows = rows.exclude(Exists(readers.filter(user_id=OuterRef("person__user_id"))))
    return [seat.person.name for seat in rows]


@dataclass(frozen=True, slots=True)
class Unread:
    """Somebody at the table who has not said they have read the version last sent."""

    seat: SeatLine
    version_ref: str
    sent_at: datetime


def contracts_unread(viewer: Viewer, mission: Mission | None = None, limit: int = 100) -> list[Unread]:
    """Of every contract in review, those who have not read the version last sent; in two queries."""
    rows = ContractVersion.unscoped.filter(contract__in=_in_review(viewer, mission)).order_by("number")
    columns = line_fields("contract__mission__")
    last = {
        line[0]: (MissionLine(*line), pk, ref, at)
        for pk, ref, at, *line in rows.values_list("pk", "ref", "created_at", *columns)[: limit * 10]
    }
    if not last:
        return []
    sent = [pk for _line, pk, _ref, _at in last.values()]
    read = Reading.unscoped.filter(
        version_id__in=sent,
        version__contract__mission=OuterRef("mission"),
        user_id=OuterRef("person__user_id"),
    )
    lines = {pk: found[0] for pk, found in last.items()}
    seats = seat_lines(viewer, lines, Q(person__user__isnull=False), ~Exists(read))[:limit]
    return [Unread(seat, *last[seat.mission.pk][2:]) for seat in seats]


def _in_review(viewer: Viewer, mission: Mission | None) -> QuerySet:
    rows = Contract.objects.visible_to(viewer, CONTRACT_RULES).filter(
        state=ContractState.REVIEW, mission__state=MissionState.CONTRACTING
    )
    return (rows.filter(mission=mission) if mission else rows).values("pk")


def library_for(viewer: Viewer) -> QuerySet[Clause]:
    """The practice's clauses, for its coaches and its administrator."""
    return Clause.objects.visible_to(viewer, CLAUSE_RULES)


def get_library_clause(viewer: Viewer, ref: str) -> Clause:
    return get_visible(library_for(viewer), ref)


def scopes_of(viewer: Viewer, mission: Mission) -> list[RestitutionScope]:
    """What the coachees of a mission have agreed to have given back, to whom."""
    rows = RestitutionScope.objects.visible_to(viewer, SCOPE_RULES).filter(
        mission=mission, seat__ended_at=None
    )
    return list(rows.select_related("seat", "seat__person"))


def scope_of(viewer: Viewer, seat: Seat, addressee: str) -> RestitutionScope | None:
    rows = RestitutionScope.objects.visible_to(viewer, SCOPE_RULES)
    return rows.filter(seat=seat, addressee=addressee).first()


def amounts_of(viewer: Viewer, contracts: list[Contract]) -> dict[int, tuple]:
    """Contract id → amount and currency, for those the viewer has just been shown (the administrator's list)."""
    seen = contracts_for(viewer).filter(pk__in=[contract.pk for contract in contracts]).values("pk")
    rows = Terms.unscoped.filter(contract__in=seen).values_list("contract_id", "fee_total", "currency")
    return {pk: (amount, currency) for pk, amount, currency in rows}


def drafts_to_finish(viewer: Viewer, limit: int) -> list[tuple[Mission, bool]]:
    """The coach's missions in contracting without a contract (True) or with one still a draft, oldest first."""
    alive = Contract.unscoped.filter(mission=OuterRef("pk")).exclude(state=ContractState.WITHDRAWN)
    rows = missions_for(viewer).filter(state=MissionState.CONTRACTING).order_by("pk")
    rows = rows.annotate(contract_state=Subquery(alive.values("state")[:1]))
    rows = rows.filter(Q(contract_state=None) | Q(contract_state=ContractState.DRAFT))
    return [(mission, mission.contract_state is None) for mission in rows[:limit]]

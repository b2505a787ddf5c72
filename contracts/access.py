"""Reading contracts: the draft for its coach, what was sent for the parties, the bare facts for the administrator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from coaching.documents.models import Document
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import missions_for
from coaching.missions.enums import MissionKind, MissionState, SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import OPEN_STATES
from coaching.missions.waiting_access import (
    MissionLine,
    awaitable_seats,
    awaited_lines,
    mission_line,
    mission_lines,
)

from .enums import ENDED, SENT, CommentKind, ContractKind, ContractState, Instrument
from .in_force import in_force
from .models import (
    Amendment,
    Clause,
    Comment,
    Contract,
    ContractClause,
    ContractVersion,
    Reading,
    RestitutionScope,
    Terms,
    Verdict,
)
from .policy import (
    CLAUSE_RULES,
    CONTRACT_RULES,
    DRAFT_RULES,
    SCOPE_RULES,
    SIGNED_ADHESION_RULES,
    VERSION_RULES,
)
from .progress import progress_annotations


def contracts_for(viewer: Viewer) -> QuerySet[Contract]:
    rows = Contract.objects.visible_to(viewer, CONTRACT_RULES)
    return rows.select_related(
        "mission", "mission__organisation", "mission__coach", "charter", "base", "seat", "seat__person"
    )


def get_contract(viewer: Viewer, ref: str) -> Contract:
    return get_visible(contracts_for(viewer), ref)


def contract_of(viewer: Viewer, mission: Mission) -> Contract | None:
    """The contract of a mission that is alive: in draft, in review, or later. Amendments and adhesions lean on it."""
    rows = contracts_for(viewer).filter(mission=mission, instrument=Instrument.CONTRACT)
    return rows.exclude(state__in=ENDED).first()


def adhesion_of(viewer: Viewer, seat: Seat) -> Contract | None:
    """One coachee's adhesion that is alive, for them and the coach."""
    rows = contracts_for(viewer).filter(seat=seat, instrument=Instrument.ADHESION)
    return rows.exclude(state__in=ENDED).first()


@dataclass(frozen=True, slots=True)
class SignedAdhesion:
    """All that an organisation is told of an adhesion: whose, and when it was signed."""

    name: str
    at: datetime


def adhesions_signed(viewer: Viewer, mission: Mission, seat: Seat | None = None) -> list[SignedAdhesion]:
    """For those of the organisation: who has joined the framework, and when. Whoever has not is not named.

    With ``seat`` that coachee's alone: shown beside the organisation, they learn nothing of a colleague's.
    """
    rows = _adhesions_signed(viewer, mission_id=mission.pk)
    return [SignedAdhesion(name, at) for name, at, pk in rows if seat is None or pk == seat.pk]


@prepared
def _adhesions_signed(viewer: Viewer, mission_id: int) -> QuerySet:
    rows = Contract.objects.visible_to(viewer, SIGNED_ADHESION_RULES)
    rows = rows.filter(mission_id=mission_id, seat__ended_at=None, instrument=Instrument.ADHESION)
    rows = rows.filter(state=ContractState.SEALED).order_by("signed_at", "pk")
    return rows.values_list("seat__person__name", "signed_at", "seat_id")


def contract_stands_for(seat: Seat) -> bool:
    """Whether a session may be held with this coachee (I5): their contract is sealed, in a team their own adhesion too."""
    return seat.pk in standing_among(seat.mission_id, [seat])


def standing_among(mission_id: int, seats: Iterable[Seat]) -> frozenset[int]:
    """Those of a mission's ``seats`` for whom the same is true, as their keys, in one query."""
    rows = Contract.unscoped.filter(mission_id=mission_id, state=ContractState.SEALED)
    found = list(rows.values_list("instrument", "kind", "seat_id"))
    kinds = [kind for instrument, kind, _seat in found if instrument == Instrument.CONTRACT]
    if not kinds:
        return frozenset()
    asked = frozenset(seat.pk for seat in seats)
    if ContractKind.FRAMEWORK not in kinds:
        return asked
    return asked & {seat for instrument, _kind, seat in found if instrument == Instrument.ADHESION}


def has_yet_to_join(seat: Seat) -> bool:
    """A coachee of a team who has not signed their adhesion: their request, objectives and scope are theirs to word."""
    if seat.mission.kind != MissionKind.TEAM or seat.role != SeatRole.COACHEE:
        return False
    return not Contract.unscoped.filter(seat=seat, instrument=Instrument.ADHESION, state__in=SENT).exists()


def purpose_of(viewer: Viewer, contract: Contract) -> Amendment:
    """Why an amendment is made, as its draft says it, for its coach."""
    return Amendment.objects.visible_to(viewer, DRAFT_RULES).get(contract=contract)


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
    fine_at: datetime | None  # when this viewer said it was fine with them
    asked: bool  # a request for change of theirs waits for its answer


@dataclass(frozen=True, slots=True)
class Paper:
    """A contract, an amendment or an adhesion, with what was last sent of it."""

    contract: Contract
    version: LastVersion | None


def papers_of(viewer: Viewer, mission: Mission) -> list[Paper]:
    """What of a mission's contract is alive, the contract first, then what leans on it, oldest first.

    The versions are read through the contract that the viewer may see: behind the portals that have a rule for
    versions it is the same rule, at a third of the cost.
    """
    rows = _alive(viewer, mission_id=mission.pk)
    for row in rows:
        row.mission = mission
    return [Paper(row, _last(viewer, row)) for row in rows]


def sessions_agreed(papers: list[Paper]) -> int | None:
    """The number of sessions in force, from the papers of a mission that a page has read."""
    deed = in_force(paper.contract for paper in papers)
    return deed.agreed_sessions if deed is not None else None


def _last(viewer: Viewer, contract: Contract) -> LastVersion | None:
    """When this viewer said they had read it goes with it."""
    if contract.last_ref is None or viewer.portal not in VERSION_RULES:
        return None
    return LastVersion(
        contract.last_ref,
        contract.last_number,
        contract.last_at,
        contract.last_read_at,
        contract.last_fine_at,
        contract.last_asked,
    )


@prepared
def _alive(viewer: Viewer, mission_id: int) -> QuerySet[Contract]:
    version = ContractVersion.unscoped.filter(contract=OuterRef("pk")).order_by("-number")
    reading = Reading.unscoped.filter(version__contract=OuterRef("pk"), user_id=viewer.user_id)
    reading = reading.filter(version__number=OuterRef("last_number"))
    verdict = Verdict.unscoped.filter(version__contract=OuterRef("pk"), user_id=viewer.user_id)
    verdict = verdict.filter(version__number=OuterRef("last_number"), withdrawn_at=None)
    asked = Comment.unscoped.filter(version__contract=OuterRef("pk"), author_id=viewer.user_id)
    asked = asked.filter(version__number=OuterRef("last_number"), kind=CommentKind.CHANGE)
    rows = Contract.objects.visible_to(viewer, CONTRACT_RULES).select_related("seat__person")
    rows = rows.filter(mission_id=mission_id).exclude(state__in=ENDED)
    rows = rows.annotate(
        last_ref=Subquery(version.values("ref")[:1]),
        last_number=Subquery(version.values("number")[:1]),
        last_at=Subquery(version.values("created_at")[:1]),
        last_read_at=Subquery(reading.values("at")[:1]),
        last_fine_at=Subquery(verdict.values("given_at")[:1]),
        last_asked=Exists(asked.filter(answered_at=None, withdrawn_at=None)),
        agreed_sessions=Subquery(Terms.unscoped.filter(contract=OuterRef("pk")).values("sessions_count")[:1]),
        **(progress_annotations() if viewer.portal == Portal.COACH else {}),
    )
    return rows.order_by("pk")


def versions_of(viewer: Viewer, contract: Contract) -> QuerySet[ContractVersion]:
    """What has been sent to the parties, newest first."""
    rows = ContractVersion.objects.visible_to(viewer, VERSION_RULES).filter(contract=contract)
    return rows.select_related("document", "contract", "contract__mission")


def versions_for(viewer: Viewer) -> QuerySet[ContractVersion]:
    """The versions of every contract the viewer is a party to, newest first."""
    rows = ContractVersion.objects.visible_to(viewer, VERSION_RULES)
    return rows.select_related(
        "document", "contract", "contract__mission", "contract__seat__person"
    ).order_by("-id")


def get_version(viewer: Viewer, ref: str) -> ContractVersion:
    return get_visible(versions_for(viewer), ref)


def document_of(version: ContractVersion) -> Document:
    """The document behind a version the caller has been shown."""
    return version.document


def read_at(viewer: Viewer, version: ContractVersion):
    """When this viewer first opened this version, or None."""
    row = Reading.unscoped.filter(version=version, user_id=viewer.user_id).first()
    return row.at if row else None


READING = "contracts.reading"


def contracts_unread(viewer: Viewer, **conditions) -> QuerySet:
    """Of every contract in review, those who have not read the version last sent; an adhesion awaits its coachee alone.

    As :func:`coaching.missions.waiting_access.awaited_lines`. For a coach those at the tables of their missions; for
    anybody else themselves.
    """
    sent = ContractVersion.unscoped.filter(
        Q(contract__seat=None) | Q(contract__seat=OuterRef("pk")),
        contract__mission=OuterRef("mission"),
        contract__state=ContractState.REVIEW,
    ).order_by("-pk")
    read = Reading.unscoped.filter(version_id=OuterRef("sent"), user_id=OuterRef("person__user_id"))
    rows = awaitable_seats(viewer).filter(
        mission__state__in=OPEN_STATES, person__user__isnull=False, **conditions
    )
    rows = rows.annotate(
        sent=Subquery(sent.values("pk")[:1]),
        sent_ref=Subquery(sent.values("ref")[:1]),
        sent_at=Subquery(sent.values("created_at")[:1]),
    )
    rows = rows.filter(sent__isnull=False).exclude(Exists(read))
    return awaited_lines(rows, kind=Value(READING), ref=F("sent_ref"), since=F("sent_at"))


def library_for(viewer: Viewer) -> QuerySet[Clause]:
    """The practice's clauses, for its coaches and its administrator."""
    return Clause.objects.visible_to(viewer, CLAUSE_RULES)


def get_library_clause(viewer: Viewer, ref: str) -> Clause:
    return get_visible(library_for(viewer), ref)


def scopes_of(viewer: Viewer, mission: Mission) -> list[RestitutionScope]:
    """What the coachees of a mission have agreed to have given back, to whom."""
    return _scopes(viewer, mission_id=mission.pk)


@prepared
def _scopes(viewer: Viewer, mission_id: int) -> QuerySet[RestitutionScope]:
    rows = RestitutionScope.objects.visible_to(viewer, SCOPE_RULES)
    rows = rows.filter(mission_id=mission_id, seat__ended_at=None)
    return rows.select_related("seat", "seat__person")


def scope_of(viewer: Viewer, seat: Seat, addressee: str) -> RestitutionScope | None:
    rows = RestitutionScope.objects.visible_to(viewer, SCOPE_RULES)
    return rows.filter(seat=seat, addressee=addressee).first()


def amounts_of(viewer: Viewer, contracts: list[Contract]) -> dict[int, tuple]:
    """Contract id → amount and currency, for those the viewer has just been shown (the administrator's list)."""
    seen = contracts_for(viewer).filter(pk__in=[contract.pk for contract in contracts]).values("pk")
    rows = Terms.unscoped.filter(contract__in=seen).values_list("contract_id", "fee_total", "currency")
    return {pk: (amount, currency) for pk, amount, currency in rows}


@dataclass(frozen=True, slots=True)
class ToDo:
    """What the contract of a mission asks of its coach now: to make it, to send it, to answer a comment on it."""

    mission: MissionLine
    to_draft: bool
    to_send: bool
    to_answer: bool


def contracts_to_do(viewer: Viewer, limit: int) -> list[ToDo]:
    """The coach's missions whose contract waits for them, oldest first; in one query."""
    rows = ((mission_line(row), *row[-2:]) for row in _to_do(viewer, limit))
    return [
        ToDo(line, state is None and not asked, state == ContractState.DRAFT, asked)
        for line, state, asked in rows
    ]


@prepared
def _to_do(viewer: Viewer, limit: int) -> QuerySet:
    alive = Contract.unscoped.filter(mission=OuterRef("pk"), instrument=Instrument.CONTRACT)
    alive = alive.exclude(state__in=ENDED)
    said = Comment.unscoped.filter(
        version__contract__mission=OuterRef("pk"), answered_at=None, withdrawn_at=None
    )
    said = said.filter(version__contract__state=ContractState.REVIEW)
    rows = missions_for(viewer).filter(state__in=OPEN_STATES).order_by("pk")
    rows = rows.annotate(contract_state=Subquery(alive.values("state")[:1]), asked=Exists(said))
    unmade = Q(state=MissionState.CONTRACTING, contract_state=None)
    unsent = Q(state=MissionState.CONTRACTING, contract_state=ContractState.DRAFT)
    rows = rows.filter(unmade | unsent | Q(asked=True))
    return mission_lines(rows, "contract_state", "asked")[:limit]

"""Making a draft from a mission and editing it."""

from collections.abc import Mapping

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act, one_act
from coaching.kernel.choices import in_order
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.markup import check as check_markup
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_coachee_seat, roles_at
from coaching.missions.enums import MissionKind, MissionState
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import OPEN_STATES, WRITABLE
from coaching.missions.services.life import record
from ethics.charter.access import current_version

from ..enums import Condition, ContractKind, ContractState, Instrument, Language, ScopeItem, Section
from ..models import Contract, ContractClause, RestitutionScope, Terms
from ..policy import worked_on
from ..scope_words import ADDRESSEES
from .library import refuse_unfit_placeholders, select

ORDER = {section: position for position, section in enumerate(Section.values)}


@act
def draft(viewer: Viewer, mission: Mission) -> Contract:
    """The coach makes the draft of a mission whose contracting is open. Records ``contract.draft``.

    The clauses are copied from the practice's library, the charter is the version in force. A second draft while one
    is alive is :class:`Stale`.
    """
    only_coach(viewer, mission)
    if mission.state != MissionState.CONTRACTING:
        raise NotAllowedNow(_("A contract is drafted once contracting is open, and before it is signed."))
    try:
        with one_act():
            contract = Contract.unscoped.create(
                mission=mission,
                kind=kind_of(mission),
                language=mission.language,
                charter=current_version(mission.practice_id),
            )
    except IntegrityError as twin:
        raise Stale(_("This mission already has a draft.")) from twin
    terms = Terms.unscoped.create(
        contract=contract, media=["on_site"], is_consumer=not mission.paid_by_organisation
    )
    _copy_clauses(contract, terms)
    record(
        viewer,
        mission,
        "contract.draft",
        contract.ref,
        {"kind": contract.kind, "language": contract.language},
    )
    return contract


def kind_of(mission: Mission) -> ContractKind:
    if not mission.paid_by_organisation:
        return ContractKind.INDIVIDUAL
    return ContractKind.FRAMEWORK if mission.kind == MissionKind.TEAM else ContractKind.TRIPARTITE


def conditions_of(contract: Contract, terms: Terms) -> set[Condition]:
    """What makes one text apply rather than another: who pays, and where it is concluded."""
    if contract.kind != ContractKind.INDIVIDUAL:
        return set()
    found = {Condition.CONSUMER if terms.is_consumer else Condition.PROFESSIONAL}
    return found | ({Condition.DISTANCE} if terms.at_distance else set())


def _copy_clauses(contract: Contract, terms: Terms) -> None:
    chosen = select(
        contract.mission.practice_id,
        ContractKind(contract.kind),
        Language(contract.language),
        conditions_of(contract, terms),
    )
    ContractClause.unscoped.bulk_create(
        ContractClause(
            contract=contract, section=c.section, position=ORDER[c.section], title=c.title, body=c.body
        )
        for c in sorted(chosen, key=lambda clause: ORDER[clause.section])
    )


@act
def save_clause(viewer: Viewer, contract: Contract, clause: ContractClause, *, title: str, body: str) -> None:
    """The coach rewords one clause of a draft. Records ``contract.clause``.

    Refused: unknown placeholders, a text too long or too deep, a contract that is no longer a draft.
    """
    touch(viewer, contract)
    refuse_unfit_placeholders(title, body)
    check_markup(body)
    if not body.strip():
        raise Invalid(_("A clause cannot be empty."), field="body")
    rows = ContractClause.unscoped.filter(pk=clause.pk, contract=contract)
    rows.update(title=title.strip(), body=body.strip() + "\n", edited_at=timezone.now())
    record(viewer, contract.mission, "contract.clause", contract.ref, {"section": clause.section})


@act
def save_terms(viewer: Viewer, contract: Contract, terms: Terms, values: Mapping) -> Terms:
    """The coach sets conditions and fees. Records ``contract.terms``.

    When who pays as what changes, the clauses that depend on it are chosen anew; those edited by hand stay, unless
    their section no longer has a place in the contract. An amendment has the clauses that were picked, and no others.
    """
    touch(viewer, contract)
    before = conditions_of(contract, terms)
    for name, value in values.items():
        setattr(terms, name, value)
    terms.full_clean()
    terms.save()
    if contract.instrument == Instrument.CONTRACT and conditions_of(contract, terms) != before:
        _choose_again(contract, terms)
    record(viewer, contract.mission, "contract.terms", contract.ref)
    return terms


def _choose_again(contract: Contract, terms: Terms) -> None:
    chosen = select(
        contract.mission.practice_id,
        ContractKind(contract.kind),
        Language(contract.language),
        conditions_of(contract, terms),
    )
    kept = ContractClause.unscoped.filter(
        contract=contract, edited_at__isnull=False, section__in=[c.section for c in chosen]
    )
    edited = set(kept.values_list("section", flat=True))
    ContractClause.unscoped.filter(contract=contract).exclude(section__in=edited).delete()
    ContractClause.unscoped.bulk_create(
        ContractClause(
            contract=contract, section=c.section, position=ORDER[c.section], title=c.title, body=c.body
        )
        for c in chosen
        if c.section not in edited
    )


def touch(viewer: Viewer, contract: Contract) -> None:
    """Take the draft for this edit: moves its revision, so that a document made meanwhile is noticed."""
    only_coach(viewer, contract.mission)
    if not worked_on(contract, contract.mission):
        raise NotAllowedNow(_("A contract is drafted once contracting is open, and before it is signed."))
    rows = Contract.unscoped.filter(pk=contract.pk, state=ContractState.DRAFT)
    if rows.update(revision=F("revision") + 1, edited_at=timezone.now()) != 1:
        raise NotAllowedNow(_("This contract is no longer a draft: take it back to draft first."))


def only_coach(viewer: Viewer, mission: Mission) -> None:
    if "coach" not in roles_at(viewer, mission):
        raise NotAllowedNow(_("Only the mission’s coach drafts its contract."))


@act
def set_scope(viewer: Viewer, mission: Mission, addressee: str, items: list[str]) -> RestitutionScope:
    """The coachee says what may be given back, to whom (article 15). Records ``scope.set``.

    Who may: the coachee, for themself alone, while the contract is prepared (in a team their adhesion), and again while
    an amendment to its restitution is drafted. A contract already in review goes on saying what its version says until
    the coach sends the next one.
    """
    seat: Seat = own_coachee_seat(viewer, mission)
    if not scope_is_open(mission, seat):
        raise NotAllowedNow(_("The scope stands in what was signed: it changes by an amendment to it."))
    if addressee not in ADDRESSEES:
        raise Invalid(_("Nothing is given back to this person."))
    kept = in_order(ScopeItem, items)
    scope = keep_scope(viewer, seat, addressee, kept)
    record(viewer, mission, "scope.set", scope.ref, {"addressee": addressee, "items": kept})
    return scope


def keep_scope(viewer: Viewer, seat: Seat, addressee: str, items: list[str]) -> RestitutionScope:
    """What a coachee has said last is what a draft prints, wherever they said it; an open draft is read again.

    For services that have made sure it is that coachee who says so, in their transaction; they record it.
    """
    mission = seat.mission
    scope, _made = RestitutionScope.unscoped.update_or_create(
        seat=seat,
        addressee=addressee,
        defaults={"mission": mission, "items": items, "agreed_by_id": viewer.user_id},
    )
    Contract.unscoped.filter(mission=mission, state=ContractState.DRAFT).update(revision=F("revision") + 1)
    return scope


def scope_is_open(mission: Mission, seat: Seat) -> bool:
    """Nothing that carries this coachee's choice is sealed, or an amendment to what carries it is being drafted."""
    own = seat if mission.kind == MissionKind.TEAM else None
    papers = Contract.unscoped.filter(mission=mission, seat=own)
    if papers.filter(state=ContractState.SEALED).exists():
        drafts = papers.filter(instrument=Instrument.AMENDMENT, state=ContractState.DRAFT)
        return ContractClause.unscoped.filter(contract__in=drafts, section=Section.RESTITUTION).exists()
    return mission.state in (OPEN_STATES if own else WRITABLE)

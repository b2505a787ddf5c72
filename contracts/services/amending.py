"""Drafting an amendment to a sealed contract, and the adhesions of a team: what leans on what was signed."""

from dataclasses import asdict

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Viewer
from coaching.missions.access import seats_of
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.services.life import record
from ethics.charter.access import current_version

from ..access import adhesion_of, contract_of, terms_of
from ..amended import moved, source_of
from ..enums import OVER, ContractKind, ContractState, Instrument, Language, Part
from ..library import forms
from ..models import Amendment, Contract, ContractClause, Terms
from ..policy import worked_on
from ..standing import Standing, standing_of
from ..values import gather
from .drafting import ORDER, only_coach, save_terms, touch

MAX_PURPOSE = 4000


@act
def amend(viewer: Viewer, base: Contract) -> Contract:
    """The coach begins an amendment to a sealed contract or adhesion (article 14). Records ``amendment.draft``.

    It starts from what stands: its conditions and fees, its charter, none of its clauses changed. A second one while one
    is under way is :class:`Stale`; :class:`NotAllowedNow` for what is not sealed, or once the mission is over.
    """
    only_coach(viewer, base.mission)
    if base.state != ContractState.SEALED or base.instrument == Instrument.AMENDMENT:
        raise NotAllowedNow(
            _("Only a contract that is sealed is amended; until then, it is changed in its draft.")
        )
    standing = standing_of(viewer, base)
    contract = _begin(
        viewer, base, standing, _("An amendment to this contract is already under way."),
        instrument=Instrument.AMENDMENT, number=len(standing.deeds), seat=base.seat,
        charter=standing.last.contract.charter,
    )  # fmt: skip
    Amendment.unscoped.create(contract=contract)
    said = {"base": base.ref, "number": contract.number}
    record(viewer, base.mission, "amendment.draft", contract.ref, said)
    return contract


def _begin(viewer, base: Contract, standing: Standing, twin, **values) -> Contract:
    contract = Contract(mission=base.mission, base=base, kind=base.kind, language=base.language, **values)
    if not worked_on(contract, base.mission):
        raise NotAllowedNow(_("This mission is over: nothing is signed for it any more."))
    try:
        with one_act():
            contract.save(force_insert=True)
    except IntegrityError as taken:
        raise Stale(twin) from taken
    terms = {**asdict(standing.terms), "media": list(standing.terms.media)}
    Terms.unscoped.create(contract=contract, **terms)
    return contract


@act
def save_purpose(viewer: Viewer, amendment: Contract, purpose: str) -> None:
    """Why the amendment is made, as the parties will read it. Records ``amendment.purpose``."""
    refuse_other(amendment)
    touch(viewer, amendment)
    if not purpose.strip():
        raise Invalid(_("Say why this amendment is made."), field="purpose")
    if len(purpose) > MAX_PURPOSE:
        raise Invalid(_("This text is too long."), field="purpose")
    Amendment.unscoped.filter(contract=amendment).update(purpose=purpose.strip())
    record(viewer, amendment.mission, "amendment.purpose", amendment.ref)


@act
def pick_clause(viewer: Viewer, amendment: Contract, section: str) -> ContractClause:
    """Take one clause of the contract into the amendment, in the words that stand. Records ``amendment.pick``.

    Picked already, it is given back as it is. :class:`Invalid` for a section the contract has not.
    """
    refuse_other(amendment)
    touch(viewer, amendment)
    there = ContractClause.unscoped.filter(contract=amendment, section=section).first()
    if there:
        return there
    held = standing_of(viewer, amendment.base).clause(section)
    if held is None:
        raise Invalid(_("This contract has no such clause."), field="section")
    row = ContractClause.unscoped.create(
        contract=amendment,
        section=section,
        position=ORDER[section],
        title=held.clause.title,
        body=source_of(viewer, held),
    )
    record(viewer, amendment.mission, "amendment.pick", amendment.ref, {"section": section})
    return row


@act
def leave_clause(viewer: Viewer, amendment: Contract, clause: ContractClause) -> None:
    """Take a clause out of the amendment again: it goes on standing as it is. Records ``amendment.leave``."""
    refuse_other(amendment)
    touch(viewer, amendment)
    ContractClause.unscoped.filter(pk=clause.pk, contract=amendment).delete()
    record(viewer, amendment.mission, "amendment.leave", amendment.ref, {"section": clause.section})


@act
def change_terms(viewer: Viewer, amendment: Contract, values) -> list[str]:
    """Other conditions or fees: the clauses that quote what changed are taken in, worked out anew. Gives their sections.

    Records ``contract.terms``, and ``amendment.pick`` for each.
    """
    refuse_other(amendment)
    terms = save_terms(viewer, amendment, terms_of(viewer, amendment), values)
    facts, standing = gather(viewer, amendment, terms), standing_of(viewer, amendment.base)
    picked = set(ContractClause.unscoped.filter(contract=amendment).values_list("section", flat=True))
    found = [held.section for held in moved(viewer, facts, standing, picked)]
    for section in found:
        pick_clause(viewer, amendment, section)
    return found


@act
def choose_charter(viewer: Viewer, amendment: Contract, *, adopt: bool) -> None:
    """The parties adopt the version of the charter now in force, or keep theirs. Records ``amendment.charter``."""
    refuse_other(amendment)
    touch(viewer, amendment)
    held = standing_of(viewer, amendment.base).last.contract.charter
    chosen = current_version(amendment.mission.practice_id) if adopt else held
    Contract.unscoped.filter(pk=amendment.pk).update(charter=chosen)
    record(viewer, amendment.mission, "amendment.charter", amendment.ref, {"number": chosen.number})


def refuse_other(contract: Contract) -> None:
    """Raise :class:`NotAllowedNow` for a contract or an adhesion: their clauses are there from the start."""
    if contract.instrument != Instrument.AMENDMENT:
        raise NotAllowedNow(_("Only an amendment is made of clauses picked one by one."))


@act
def adhere(viewer: Viewer, mission: Mission) -> list[Contract]:
    """The coach makes the adhesions that are missing, one for each coachee of a team. Records ``adhesion.draft`` for each.

    Once the framework is sealed. Those that are alive stay as they are; :class:`Stale` when somebody made one meanwhile.
    """
    only_coach(viewer, mission)
    base = contract_of(viewer, mission)
    if base is None or base.kind != ContractKind.FRAMEWORK or base.state != ContractState.SEALED:
        raise NotAllowedNow(_("Coachees join a framework contract once it is sealed."))
    standing = standing_of(viewer, base)
    seats = [seat for seat in seats_of(viewer, mission) if seat.role == SeatRole.COACHEE]
    return [_adhesion(viewer, standing, seat) for seat in seats if adhesion_of(viewer, seat) is None]


def _adhesion(viewer: Viewer, standing: Standing, seat: Seat) -> Contract:
    base = standing.base
    contract = _begin(
        viewer, base, standing, _("Somebody has just made this adhesion."),
        instrument=Instrument.ADHESION, seat=seat, charter=standing.last.contract.charter,
    )  # fmt: skip
    ContractClause.unscoped.bulk_create(
        ContractClause(
            contract=contract,
            section=one.section,
            position=ORDER[one.section],
            title=one.title,
            body=one.markdown,
        )
        for one in forms("adhesion", Language(base.language))
        if one.section not in Part.values
    )
    record(viewer, base.mission, "adhesion.draft", contract.ref, {"base": base.ref})
    return contract


def may_amend(base: Contract) -> bool:
    """Whether an amendment may be begun now: the contract stands, its mission goes on, and none is under way."""
    under_way = Contract.unscoped.filter(base=base, instrument=Instrument.AMENDMENT).exclude(state__in=OVER)
    stands = base.state == ContractState.SEALED and base.instrument != Instrument.AMENDMENT
    return (
        stands
        and worked_on(Contract(instrument=Instrument.AMENDMENT), base.mission)
        and not under_way.exists()
    )

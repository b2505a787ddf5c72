"""Freezing a draft and sending it to the parties: render outside, then flip everything in one transaction."""

import contextlib
from datetime import date
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from coaching.documents.canonical import canonical
from coaching.documents.rendering import Rendered, RenderFailed
from coaching.documents.services import content_of, store
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Stale
from coaching.kernel.transitions import perform
from coaching.kernel.viewer import Viewer
from coaching.missions.access import roles_at
from coaching.missions.enums import SeatRole
from coaching.missions.services.life import keep_overrides, record
from ethics.charter.texts import companion_of

from .. import letters
from ..access import clauses_of, terms_of, versions_of
from ..checking import errors, refuse_unready
from ..consumers.services import informing
from ..enums import Closing, ContractKind, Instrument, Section
from ..leaning import frame
from ..models import Contract, ContractVersion, Reading
from ..placeholders import PLACEHOLDERS, fill, find
from ..policy import worked_on
from ..rendering import contract_pdf
from ..snapshots import ContractSnapshot, FrozenCharter, FrozenClause, FrozenScope, Signatory
from ..standing import standing_of
from ..transitions import machine_of
from ..values import Facts, agreed_scope, frozen_terms, gather, signatories, values
from ..wording import LEANING
from . import rounds


def freeze(
    viewer: Viewer, contract: Contract, *, lenient: bool = False, today: date | None = None
) -> ContractSnapshot:
    """The contract as it stands, by value. ``lenient`` shows a gap for what is not known yet, for previews.

    ``today`` dates it otherwise than now: a document made across midnight is judged as of the day it was begun.

    Who may: the mission's coach. Raises :class:`contracts.placeholders.MissingValue` when not lenient.
    """
    facts = gather(viewer, contract, terms_of(viewer, contract), today)
    known, filled = dict(values(facts)), partial(_filled, lenient=lenient)
    clauses = tuple(
        FrozenClause(clause.section, clause.title, filled(clause.body, known))
        for clause in clauses_of(viewer, contract)
    )
    if contract.base_id:
        clauses = frame(viewer, facts, known, clauses, filled)
    with override(contract.language):
        return _snapshot(viewer, facts, clauses)


def _filled(body: str, values: dict, known=PLACEHOLDERS, *, lenient: bool) -> str:
    if lenient:
        values = {**{name: "……" for name in find(body) if name in known}, **values}
    return fill(body, values, known)


def _title(contract: Contract) -> str:
    if contract.base_id:
        return LEANING[contract.language].title[contract.instrument].format(number=contract.number)
    return {
        ContractKind.TRIPARTITE: _("Coaching contract"),
        ContractKind.FRAMEWORK: _("Team coaching contract"),
        ContractKind.INDIVIDUAL: _("Coaching contract"),
    }[contract.kind]


def _snapshot(viewer: Viewer, facts: Facts, clauses: tuple[FrozenClause, ...]) -> ContractSnapshot:
    charter = facts.contract.charter
    return ContractSnapshot(
        reference=facts.contract.ref,
        version=ContractVersion.unscoped.filter(contract=facts.contract).count() + 1,
        kind=facts.contract.kind,
        language=facts.contract.language,
        title=_title(facts.contract),
        subtitle=_subtitle(facts),
        practice=facts.practice.name,
        issued_on=facts.today,
        place=facts.practice.city,
        clauses=clauses,
        signatories=tuple(Signatory(name, role, org) for name, role, org in signatories(facts)),
        charter=FrozenCharter(
            title=charter.title,
            number=charter.number,
            published_on=timezone.localdate(charter.published_at),
            sha256=charter.sha256,
            markdown=charter.text,
            translation=companion_of(charter.sha256, facts.contract.language) or "",
        ),
        instrument=facts.contract.instrument,
        base=facts.contract.base.ref if facts.contract.base_id else "",
        terms=frozen_terms(facts.terms),
        scopes=_scopes(viewer, facts),
    )


def _scopes(viewer: Viewer, facts: Facts) -> tuple[FrozenScope, ...]:
    """What each coachee agrees to by signing: in a team it stands in their adhesion alone.

    To an addressee of whom they have not said anything, what the document prints: the count of sessions alone.
    An amendment that leaves the clause of restitution alone carries on what was signed, whatever was said since.
    """
    contract = facts.contract
    if contract.instrument == Instrument.AMENDMENT:
        picked = clauses_of(viewer, contract).filter(section=Section.RESTITUTION)
        if not picked.exists():
            return standing_of(viewer, contract.base).scopes
    if contract.kind == ContractKind.FRAMEWORK and contract.seat_id is None:
        return ()
    return tuple(
        FrozenScope(seat.ref, addressee, tuple(agreed_scope(facts, seat, addressee)))
        for seat in facts.seated(SeatRole.COACHEE)
        for addressee in facts.addressees
    )


def _subtitle(facts: Facts) -> str:
    """For whom; and the contract it leans on, where there is one."""
    contract = facts.contract
    if contract.base_id:
        return f"{LEANING[contract.language].of.format(reference=contract.base.ref)}, {_for_whom(facts)}"
    return _for_whom(facts)


def _for_whom(facts: Facts) -> str:
    names = [seat.person.name for seat in facts.seated("coachee")]
    who = names[0] if len(names) == 1 else _("a team of %(count)d people") % {"count": len(names)}
    if facts.mission.organisation:
        return _("%(who)s, at the request of %(organisation)s") % {
            "who": who,
            "organisation": facts.mission.organisation.name,
        }
    return who


def preview(viewer: Viewer, contract: Contract) -> Rendered:
    """The PDF of the draft as it stands, with its watermark; nothing is kept."""
    return contract_pdf(freeze(viewer, contract, lenient=True), draft=True)


def current_pdf(viewer: Viewer, contract: Contract) -> bytes | None:
    """The contract as its parties have it, or else as they would get it now; None while something is missing.

    Who may: the mission's coach. Nothing is kept and nobody is told.
    """
    version = versions_of(viewer, contract).first()
    if version is not None:
        return content_of(version.document)
    if errors(viewer, contract):
        return None
    return contract_pdf(freeze(viewer, contract)).pdf


def share(viewer: Viewer, contract: Contract) -> ContractVersion:
    """Freeze, render, keep and send for review (article 14). Records ``contract.share``.

    Who may: the mission's coach. The PDF is made first, outside any transaction; then, in one transaction, the draft is
    checked not to have moved, the version is written, the state changes and the letters are queued. Raises
    :class:`GateClosed`, :class:`Stale`, :class:`coaching.documents.rendering.RenderFailed`; nothing has changed then.
    """
    revision = contract.revision
    refuse_unready(viewer, contract)
    snapshot = freeze(viewer, contract)
    frozen = canonical(snapshot)
    rendered = contract_pdf(snapshot)
    with one_act():
        version = _flip(viewer, contract, revision, snapshot, frozen, rendered)
    with contextlib.suppress(RenderFailed):  # it is made before the signing at the latest
        informing.prepare(version.contract)
    return version


def _flip(viewer, contract, revision, snapshot, frozen, rendered) -> ContractVersion:
    made: list[ContractVersion] = []

    def effects(current: Contract, move) -> None:
        if current.revision != revision or not worked_on(current, current.mission):
            raise Stale(
                gettext_lazy("The draft changed while its document was made. Look at it again, then send it.")
            )
        if canonical(freeze(viewer, current, today=snapshot.issued_on)) != frozen:
            raise Stale(
                gettext_lazy(
                    "The mission changed while the document was made. Look at it again, then send it."
                )
            )
        made.append(_keep(viewer, current, snapshot, frozen, rendered))
        keep_overrides(current.mission, move)
        letters.shared(current, made[0])

    roles = roles_at(viewer, contract.mission)
    perform(machine_of(contract), contract, "share", viewer, roles=roles, effects=effects)
    return made[0]


def _keep(viewer, contract, snapshot: ContractSnapshot, frozen: str, rendered: Rendered) -> ContractVersion:
    document = store(
        rendered,
        practice_ref=viewer.practice_ref,
        kind="contract",
        title=f"{snapshot.title} {snapshot.reference}",
        language=snapshot.language,
        snapshot=frozen,
    )
    version = ContractVersion.unscoped.create(
        contract=contract,
        number=snapshot.version,
        document=document,
        revision=contract.revision,
        created_by_id=viewer.user_id,
    )
    data = {"number": version.number, "sha256": document.sha256, "charter": snapshot.charter.sha256}
    record(viewer, contract.mission, "contract.version", version.ref, data)
    return version


def revise(viewer: Viewer, contract: Contract) -> Contract:
    """The coach takes a contract back to draft; the parties keep the version they have. Records ``contract.revise``.

    A signing that is under way is closed, and those who were asked to sign are told: signatures given to that version
    fall, and stay in its history.
    """

    def effects(current: Contract, _move) -> None:
        closed = rounds.close(current, Closing.REPLACED)
        if closed:
            letters.closed(closed, "contracts/replaced")

    roles = roles_at(viewer, contract.mission)
    return perform(machine_of(contract), contract, "revise", viewer, roles=roles, effects=effects)


def withdraw(viewer: Viewer, contract: Contract, reason: str) -> Contract:
    """The coach sets a contract aside for good, with a reason the parties are told. Records ``contract.withdraw``.

    A signing that is under way ends with it, also for those who have no account.
    """

    def effects(current: Contract, move) -> None:
        closed = rounds.close(current, Closing.WITHDRAWN)
        if closed:
            letters.withdrawn_signing(closed, move.reason)
        letters.withdrawn(current, move.reason)

    roles = roles_at(viewer, contract.mission)
    return perform(
        machine_of(contract), contract, "withdraw", viewer, roles=roles, reason=reason, effects=effects
    )


@act
def acknowledge_reading(viewer: Viewer, version: ContractVersion) -> None:
    """A party says they have read this version, once. Records ``contract.read``."""
    _row, made = Reading.unscoped.get_or_create(version=version, user_id=viewer.user_id)
    if made:
        record(viewer, version.contract.mission, "contract.read", version.ref, {"number": version.number})

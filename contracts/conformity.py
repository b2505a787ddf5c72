"""What contracts know of the charter's articles: the contract itself, its clause on secrecy, its pace, a withdrawal."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.evidence import TABLE, Found, Piece, Said, Standing
from coaching.missions.conformity import begun, not_yet, of_mission, page_of, said_on
from coaching.missions.enums import MissionState

from .enums import ENDED, ContractState, Instrument
from .models import Contract, Terms, Withdrawal


def _contracts(**more) -> QuerySet:
    return of_mission(Contract, instrument=Instrument.CONTRACT, **more)


def _sealed() -> Exists:
    return Exists(_contracts(state=ContractState.SEALED))


def _alive(column: str) -> Subquery:
    return Subquery(_contracts().exclude(state__in=ENDED).order_by("-pk").values(column)[:1])


def _under_way() -> Q:
    """A contract is due: being made, or under which the coaching has begun."""
    return Q(state=MissionState.CONTRACTING) | begun()


def _contract(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("No contract is due yet."))
    if standing == Standing.HELD:
        text = _("Signed by every party, sealed on %(day)s; the charter is annexed, version %(number)d.")
        said = {"day": said_on(found.sealed), "number": found.charter}
        return Said(text % said, reverse("coach_sealed", args=[found.contract]))
    if found.contract is None:
        return Said(_("The contract is still to be drafted."), page_of(found, "contract"))
    if found.contract_state in (ContractState.SIGNING, ContractState.SIGNED):
        return Said(_("Awaiting signatures."), reverse("coach_signing", args=[found.contract]))
    return Said(
        _("The contract is still to be agreed and signed."), reverse("coach_contract", args=[found.contract])
    )


def _secret(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("What is written so far is sealed to those who share it."))
    if standing == Standing.HELD:
        text = _(
            "A clause of the sealed contract; nothing of the coachee reaches anybody without their consent."
        )
        return Said(text, reverse("coach_consents", args=[found.ref]))
    return Said(_("No contract is sealed yet whose clause would say so."), page_of(found, "contract"))


def _limits(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        if found.organisation_ref is None:
            return not_yet(_("There is nobody to give anything back to."))
        return not_yet(_("Nothing is given back before the coaching has begun."))
    if standing == Standing.HELD:
        text = _("The limits of what is given back stand in the sealed contract.")
        return Said(text, reverse("coach_consents", args=[found.ref]))
    return Said(_("The limits stand once the contract is sealed."), page_of(found, "contract"))


def _rhythm(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet("")
    if standing == Standing.HELD:
        text = _("A pace is agreed in the contract; closer sessions need both.")
        return Said(text, reverse("coach_pace", args=[found.ref]))
    return Said(_("The contract agrees no pace."), page_of(found, "contract"))


def _agreed_pace() -> Exists:
    rows = Terms.unscoped.filter(contract__mission=OuterRef("pk"), contract__state=ContractState.SEALED)
    return Exists(rows.exclude(rhythm="").order_by())


def _withdrawn() -> QuerySet:
    return Withdrawal.unscoped.filter(contract__mission=OuterRef("pk")).order_by()


def _ended_by_right(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet("")
    text = _("Ended on %(day)s by the coachee’s right of withdrawal: the law asks for no reason.")
    return Said(text % {"day": said_on(found.stopped_at)}, page_of(found))


PIECES = (
    Piece(
        name="contracts.sealed",
        article="contrat",
        applies=_under_way,
        held=_sealed,
        facts=lambda: {
            "contract": _alive("ref"),
            "contract_state": _alive("state"),
            "sealed": _alive("sealed_at"),
            "charter": _alive("charter__number"),
        },
        tell=_contract,
        known_to=TABLE,
    ),
    Piece(
        name="contracts.secrecy",
        article="confidentialite",
        applies=begun,
        held=_sealed,
        tell=_secret,
        known_to=TABLE,
    ),
    Piece(
        name="contracts.limits",
        article="restitution",
        applies=lambda: begun() & Q(organisation__isnull=False),
        held=_sealed,
        tell=_limits,
        known_to=TABLE,
    ),
    Piece(
        name="contracts.pace",
        article="protection-personne",
        applies=begun,
        held=_agreed_pace,
        tell=_rhythm,
    ),
    Piece(
        name="contracts.withdrawal",
        article="arret-mission",
        applies=lambda: Q(state=MissionState.STOPPED) & Q(Exists(_withdrawn())),
        held=lambda: Exists(_withdrawn()),
        tell=_ended_by_right,
    ),
)

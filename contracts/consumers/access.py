"""Reading a consumer's rights. None where an organisation or a professional pays: there is nothing to read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.documents.models import Document
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.money import rounded
from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Actor, Portal, Viewer
from coaching.missions.access import own_coachee_seat
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import OPEN_STATES, seats_held

from ..enums import Closing, ContractKind, ContractState, SignatoryRole
from ..in_force import terms_in_force
from ..models import Contract, ContractVersion, Signatory, SigningRound, Terms
from ..signing_access import Signer
from ..values import total_payable
from .models import EarlyStart, Information, InformationReceipt, Withdrawal
from .period import PARIS, Period, period_from

CONCLUDED = (ContractState.SIGNED, ContractState.SEALED)
READERS = (Portal.COACH, Portal.COACHEE)
LONGEST = timedelta(days=25)  # fourteen days, and the holidays that may prolong them


@dataclass(frozen=True, slots=True)
class Hand:
    """A consumer at the point of acting, however they came: their seat, and whom the journal names."""

    seat: Seat
    actor: Actor
    account_ref: str = ""

    @property
    def access(self) -> str:
        return "account" if self.account_ref else "link"


@dataclass(frozen=True, slots=True)
class Consumer:
    """What a contract with a consumer has of their rights so far. ``version`` is the one that counts."""

    contract: Contract
    terms: Terms
    version: ContractVersion | None
    information: Information | None
    receipts: tuple[InformationReceipt, ...]
    early_starts: tuple[EarlyStart, ...]
    withdrawal: Withdrawal | None
    period: Period | None  # none before the contract is concluded, none on premises

    @property
    def at_distance(self) -> bool:
        return self.terms.at_distance

    @property
    def early_start(self) -> EarlyStart | None:
        return self.early_starts[0] if self.early_starts else None

    @property
    def may_withdraw(self) -> bool:
        return self.may_withdraw_at(timezone.now())

    def may_withdraw_at(self, at: datetime) -> bool:
        """The period is running, nothing ended the contract, and not every session has been held on express request."""
        if self.period is None or self.withdrawal or self.contract.mission.state not in OPEN_STATES:
            return False
        return self.period.is_open(at) and not self._all_held()

    def _all_held(self) -> bool:
        """L. 221-28, 1°: everything was provided before the end, on the consumer's express request."""
        planned = (terms_in_force(self.contract).sessions_count or 0) if self.early_starts else 0
        return bool(planned and sessions_held(self.contract) >= planned)

    def receipt_of(self, seat: Seat) -> InformationReceipt | None:
        return next((row for row in self.receipts if row.seat_id == seat.pk), None)

    def early_start_of(self, seat: Seat) -> EarlyStart | None:
        return next((row for row in self.early_starts if row.seat_id == seat.pk), None)

    @property
    def due(self) -> "Due":
        terms = terms_in_force(self.contract)
        price = total_payable(terms, self.contract.mission.practice)
        return due_for(price, terms.sessions_count or 0, self.early_start, sessions_held(self.contract))


@dataclass(frozen=True, slots=True)
class Due:
    """What a consumer who withdraws owes: nothing without an express request, else in proportion to the total price."""

    requested_at: datetime | None
    held: int
    planned: int
    amount: Decimal  # VAT included, as the total price is


def due_for(price: Decimal, planned: int, early: EarlyStart | None, held: int) -> Due:
    """The rule of L. 221-25. Pure."""
    amount = rounded(price * min(held, planned) / planned) if early and planned else Decimal(0)
    return Due(early.requested_at if early else None, held, planned, amount)


Counter = Callable[[Contract], int]
_counters: list[Counter] = []


def register_sessions_held(counter: Counter) -> None:
    """Called from ``AppConfig.ready()`` by the room of sessions: how many were held under a contract."""
    if counter not in _counters:
        _counters.append(counter)


def sessions_held(contract: Contract) -> int:
    """None, as long as no room above holds sessions."""
    return sum(counter(contract) for counter in _counters)


def consumer_of(contract: Contract) -> Consumer | None:
    """For services and gates, which have been handed the contract; None where no consumer pays."""
    if (
        contract.kind != ContractKind.INDIVIDUAL or contract.base_id
    ):  # an amendment opens no period of its own
        return None
    terms = Terms.unscoped.get(contract=contract)
    if not terms.is_consumer:
        return None
    version = _version_of(contract)
    information = Information.unscoped.filter(version=version).select_related("document").first()
    return Consumer(
        contract=contract,
        terms=terms,
        version=version,
        information=information,
        receipts=tuple(InformationReceipt.unscoped.filter(information=information).order_by("pk")),
        early_starts=tuple(EarlyStart.unscoped.filter(version=version).order_by("pk")),
        withdrawal=Withdrawal.unscoped.filter(contract=contract).select_related("document").first(),
        period=_period(contract) if terms.at_distance else None,
    )


def _version_of(contract: Contract) -> ContractVersion | None:
    """The version that was signed by all, or else the newest one sent."""
    rows = ContractVersion.unscoped.filter(contract=contract).select_related("document")
    signed = SigningRound.unscoped.filter(contract=contract, closing=Closing.COMPLETE).values("version")
    return rows.filter(pk__in=signed).first() or rows.order_by("-number").first()


def _period(contract: Contract) -> Period | None:
    """From the last signature, or from the seal when that came later: the consumer's copy is theirs only then."""
    if contract.state not in CONCLUDED:
        return None
    return period_from(contract.sealed_at or contract.signed_at)


def consumer_for(viewer: Viewer, contract: Contract) -> Consumer | None:
    """For a page of the coach or of the coachee, who has just been shown this contract; for nobody else."""
    return consumer_of(contract) if viewer.portal in READERS else None


def get_consumer(viewer: Viewer, contract: Contract) -> Consumer:
    """The same, or the 404 of what never existed."""
    return _there(consumer_for(viewer, contract))


def _there(found: Consumer | None) -> Consumer:
    if found is None:
        raise Http404
    return found


def hand_of(viewer: Viewer, mission: Mission) -> Hand:
    """The coachee acting from their portal; 404 for anyone else."""
    actor = Actor(viewer.user_ref, viewer.practice_ref, viewer.user_id)
    return Hand(own_coachee_seat(viewer, mission), actor, viewer.user_ref)


def hand_of_signatory(signatory: Signatory) -> Hand:
    """The coachee acting by the link of a letter; 404 for a signatory who is not the coachee."""
    if signatory.role != SignatoryRole.COACHEE:
        raise Http404
    practice = signatory.round.contract.mission.practice.ref
    return Hand(signatory.seat, Actor(signatory.ref, practice))


def hand_of_signer(signer: Signer) -> Hand:
    """The coachee about to sign, from their portal or by their link."""
    hand = hand_of_signatory(signer.signatory)
    return Hand(hand.seat, signer.actor, signer.user.ref) if signer.user else hand


def lacks_receipt(signer: Signer) -> bool:
    """Whether this signatory is a consumer who has not said yet that they have received the information."""
    if signer.signatory.role != SignatoryRole.COACHEE:
        return False
    found = consumer_of(signer.contract)
    return found is not None and found.receipt_of(signer.signatory.seat) is None


def information_page(signer: Signer) -> str:
    """Where a signatory who has not received the information yet finds it."""
    if signer.user:
        return reverse("coachee_information", args=[signer.contract.ref])
    return reverse("signing_information")


def refuse_uninformed(signer: Signer) -> None:
    """Raise :class:`NotAllowedNow` for a consumer about to sign without having received the information."""
    if lacks_receipt(signer):
        raise NotAllowedNow(
            _("Read the pre-contract information first, and say that you have received it; then sign.")
        )


def may_begin(contract: Contract, on: date) -> bool:
    """Whether a session may be held on this day: always, but for a consumer who may still withdraw.

    Theirs begin on the day after the period, or from the day of their express request; never once they have withdrawn.
    """
    found = consumer_of(contract)
    if found is None:
        return True
    if found.withdrawal:
        return False
    if found.period is None:
        return not found.at_distance or contract.state in CONCLUDED
    asked = _asked_by_all(found)
    return on >= found.period.sessions_from or (asked is not None and on >= asked)


def _asked_by_all(found: Consumer) -> date | None:
    """The day by which every coachee who signed has asked for an early start; None while one has not."""
    signing = Signatory.unscoped.filter(round__contract=found.contract, round__closing=Closing.COMPLETE)
    seats = signing.filter(role=SignatoryRole.COACHEE).values_list("seat_id", flat=True)
    rows = {row.seat_id: row for row in found.early_starts}
    if not seats or not set(seats) <= set(rows):
        return None
    return max(rows[seat].requested_at for seat in seats).astimezone(PARIS).date()


def open_withdrawals(viewer: Viewer) -> list[Consumer]:
    """The contracts from which this coachee may withdraw now: what every page of their portal shows."""
    since = timezone.now() - 2 * LONGEST
    recent = [row for row in _concluded(viewer) if row.signed_at and row.signed_at >= since]
    found = [consumer_of(row) for row in recent]
    return [one for one in found if one is not None and one.may_withdraw]


@prepared
def _concluded(viewer: Viewer) -> QuerySet[Contract]:
    """Contracts of the coachee's missions that were signed, whenever: few, and the clock is asked outside the statement."""
    rows = Contract.unscoped.filter(
        mission__in=seats_held(viewer, SeatRole.COACHEE).values("mission"),
        mission__practice_id=viewer.practice_id,
        mission__state__in=OPEN_STATES,
        kind=ContractKind.INDIVIDUAL,
        base=None,
        state__in=CONCLUDED,
    )
    return rows.select_related("mission__practice", "mission__coach")


def mediated_practices(viewer: Viewer) -> set[int]:
    """Practices of which this coachee is a client as a consumer: their mediator is shown."""
    missions = seats_held(viewer, SeatRole.COACHEE).values("mission")
    rows = Terms.unscoped.filter(contract__mission__in=missions, contract__kind=ContractKind.INDIVIDUAL)
    return set(rows.filter(is_consumer=True).values_list("contract__mission__practice_id", flat=True))


def document_of_withdrawal(found: Consumer) -> Document:
    """The acknowledgement, for whoever has just been shown the withdrawal; 404 when there is none."""
    if found.withdrawal is None or found.withdrawal.document is None:
        raise Http404
    return found.withdrawal.document

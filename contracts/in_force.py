"""Terms as they now stand: what the rooms above hold a session or a date against."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Viewer
from coaching.missions.access import missions_for
from coaching.missions.facts import ask_of
from coaching.missions.models import Mission

from .enums import ENDED, ContractState, Instrument
from .models import Contract, Terms


def in_force(contracts: Iterable[Contract]) -> Contract | None:
    """Of a mission's contract and what leans on it, the deed whose terms stand: its last sealed amendment, else itself."""
    known = list(contracts)
    base = next((one for one in known if one.instrument == Instrument.CONTRACT), None)
    amends = [
        one
        for one in known
        if base is not None
        and one.base_id == base.pk
        and one.instrument == Instrument.AMENDMENT
        and one.state == ContractState.SEALED
    ]
    return max(amends, key=lambda one: one.number, default=base)


def terms_in_force(contract: Contract) -> Terms:
    """Sessions and price of a contract as they now stand."""
    rows = Terms.unscoped.filter(Q(contract=contract) | Q(contract__base=contract)).select_related("contract")
    terms = {row.contract: row for row in rows}
    return terms[in_force(terms)]


def sessions_agreed_in(viewer: Viewer, missions: Iterable[Mission]) -> dict[int, int]:
    """The number of sessions each of these missions' sealed contract agrees, as it now stands: for a list, in one query.

    The count is the one thing of a contract that everybody at the table reads beside the mission.
    """
    by_mission: dict[int, dict[Contract, int | None]] = defaultdict(dict)
    for row in ask_of(_sealed_terms, viewer, list(missions)):
        by_mission[row.contract.mission_id][row.contract] = row.sessions_count
    counts = {pk: deeds.get(in_force(deeds)) for pk, deeds in by_mission.items()}
    return {pk: count for pk, count in counts.items() if count}


def paid_missions(viewer: Viewer) -> frozenset[int]:
    """Those of a viewer's missions whose sealed contract, as it now stands, asks for fees: the others are pro bono.

    All of them in one query, for what is reckoned over a whole practice; for whoever reads the contracts' conditions.
    """
    by_mission: dict[int, dict[Contract, Terms]] = defaultdict(dict)
    for row in _all_sealed_terms(viewer):
        by_mission[row.contract.mission_id][row.contract] = row
    standing = ((pk, deeds.get(in_force(deeds))) for pk, deeds in by_mission.items())
    return frozenset(pk for pk, terms in standing if terms is not None and terms.fee_total)


@prepared
def _all_sealed_terms(viewer: Viewer) -> QuerySet[Terms]:
    rows = Terms.unscoped.filter(
        contract__mission__in=missions_for(viewer).order_by().values("pk"),
        contract__instrument__in=[Instrument.CONTRACT, Instrument.AMENDMENT],
        contract__state=ContractState.SEALED,
    )
    names = ("mission_id", "instrument", "base_id", "state", "number")
    return rows.select_related("contract").only("fee_total", *(f"contract__{name}" for name in names))


@prepared
def _sealed_terms(viewer: Viewer, **missions: int) -> QuerySet[Terms]:
    seen = missions_for(viewer).filter(pk__in=missions.values()).values("pk")
    rows = Terms.unscoped.filter(
        contract__mission__in=seen,
        contract__instrument__in=[Instrument.CONTRACT, Instrument.AMENDMENT],
        contract__state=ContractState.SEALED,
    )
    names = ("mission_id", "instrument", "base_id", "state", "number")
    return rows.select_related("contract").only("sessions_count", *(f"contract__{name}" for name in names))


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the contract says of sessions. ``sealed`` is false while it is still being prepared."""

    contract: Contract
    sealed: bool
    count: int | None
    minutes: int | None
    rhythm: str
    places: str
    media: tuple[str, ...]
    notice_hours: int
    starts_on: date | None
    ends_on: date | None
    dates_shared: bool

    @property
    def days_between(self) -> int | None:
        """The pace the period and the number of sessions make, in days from one session to the next."""
        if not (self.starts_on and self.ends_on and self.count) or self.count < 2:
            return None
        return (self.ends_on - self.starts_on).days // (self.count - 1)


def agreed_on(mission: Mission) -> Agreed | None:
    """The terms of a mission's contract as it now stands; None before there is one.

    In one query, for services, gates and pages that have just been shown the mission.
    """
    alive = Q(contract__instrument=Instrument.CONTRACT) & ~Q(contract__state__in=ENDED)
    amended = Q(contract__instrument=Instrument.AMENDMENT, contract__state=ContractState.SEALED)
    rows = Terms.unscoped.filter(alive | amended, contract__mission_id=mission.pk).select_related("contract")
    found = {row.contract: row for row in rows}
    base = next((one for one in found if one.instrument == Instrument.CONTRACT), None)
    if base is None:
        return None
    terms = found[in_force(found)]
    base.mission = mission
    return Agreed(
        contract=base,
        sealed=base.state == ContractState.SEALED,
        count=terms.sessions_count,
        minutes=terms.session_minutes,
        rhythm=terms.rhythm,
        places=terms.places,
        media=tuple(terms.media),
        notice_hours=terms.notice_hours,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        dates_shared=terms.session_dates_shared,
    )

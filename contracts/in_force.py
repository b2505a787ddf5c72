"""Terms as they now stand: what the rooms above hold a session or a date against."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from coaching.missions.models import Mission

from .enums import ENDED, ContractState, Instrument
from .models import Contract, Terms


def terms_in_force(contract: Contract) -> Terms:
    """Sessions and price as they now stand: those of the last sealed amendment, else the contract's own."""
    sealed = Q(contract__instrument=Instrument.AMENDMENT, contract__state=ContractState.SEALED)
    amended = Terms.unscoped.filter(sealed, contract__base=contract).order_by("-contract__number").first()
    return amended or Terms.unscoped.get(contract=contract)


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
    rows = list(
        Terms.unscoped.filter(alive | amended, contract__mission_id=mission.pk).select_related("contract")
    )
    base = next((row for row in rows if row.contract.instrument == Instrument.CONTRACT), None)
    if base is None:
        return None
    leaning = [row for row in rows if row.contract.base_id == base.contract_id]
    terms = max(leaning, key=lambda row: row.contract.number, default=base)
    base.contract.mission = mission
    return Agreed(
        contract=base.contract,
        sealed=base.contract.state == ContractState.SEALED,
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

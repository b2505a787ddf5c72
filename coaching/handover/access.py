"""Reading hand-overs. To the colleague an :class:`Offer`, by value: nothing they hold leads to the former mission."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission
from coaching.vault.access import open_texts

from .enums import HandOverState
from .models import HandOver, HandOverRecord
from .policy import HANDOVER_RULES, OFFER_RULES, RECORD_RULES
from .snapshots import FrozenHandOver, thaw

PROPOSED, AGREED = "handover.HandOver.proposed_ref", "handover.HandOver.agreed_ref"


def handovers_for(viewer: Viewer) -> QuerySet[HandOver]:
    """Those a coach has proposed, and a coachee's own; the last proposed first."""
    rows = HandOver.objects.visible_to(viewer, HANDOVER_RULES)
    names = ("seat__person__user", "seat__mission__coach", "seat__mission__organisation")
    return rows.select_related(*names, "seat__mission__practice", "to", "consent")


def handovers_of(viewer: Viewer, mission: Mission) -> QuerySet[HandOver]:
    return handovers_for(viewer).filter(seat__mission=mission)


def get_handover(viewer: Viewer, ref: str) -> HandOver:
    """404 to colleagues (the one it is for among them), to the organisation, to administrators, to other coachees."""
    return get_visible(handovers_for(viewer), ref)


def proposed_page(viewer: Viewer, handover: HandOver) -> FrozenHandOver | None:
    """What would be handed over, to coach and coachee; None while it does not open to them."""
    return _page(viewer, handover.ref, handover.proposed_ref, PROPOSED)


def agreed_page(viewer: Viewer, handover: HandOver) -> FrozenHandOver | None:
    """What the coachee agreed to, to themself; their former coach holds no key of it."""
    return _page(viewer, handover.ref, handover.agreed_ref, AGREED) if handover.agreed_ref else None


def _page(viewer: Viewer, row: str, ref: str, place: str) -> FrozenHandOver | None:
    opened = open_texts(viewer, {row: ref}, place=place)
    return thaw(opened[row]) if row in opened else None


@dataclass(frozen=True, slots=True)
class Offer:
    """A hand-over as the colleague may know of it."""

    ref: str
    by: str
    coachee: str
    organisation: str
    state: str
    agreed_at: datetime
    sealed_ref: str

    @property
    def open(self) -> bool:
        return self.state == HandOverState.AGREED

    @property
    def taken_up(self) -> bool:
        return self.state == HandOverState.TAKEN_UP


def _offers(viewer: Viewer) -> QuerySet[HandOver]:
    rows = HandOver.objects.visible_to(viewer, OFFER_RULES)
    return rows.select_related("proposed_by", "seat__person", "seat__mission__organisation")


def offers_waiting(viewer: Viewer) -> QuerySet[HandOver]:
    """What colleagues offer this coach and they have not answered; for a first page, which counts them."""
    return HandOver.objects.visible_to(viewer, OFFER_RULES).filter(state=HandOverState.AGREED)


def offers_to(viewer: Viewer) -> list[Offer]:
    """What waits for this coach's answer, the first first."""
    rows = _offers(viewer).filter(state=HandOverState.AGREED).order_by("agreed_at")
    return [_offer(row) for row in rows]


def get_offer(viewer: Viewer, ref: str) -> Offer:
    """404 before the coachee has agreed, after it was taken back or declined, and to anybody it was not offered to."""
    return _offer(get_visible(_offers(viewer), ref))


def _offer(row: HandOver) -> Offer:
    mission = row.seat.mission
    house = mission.organisation.name if mission.paid_by_organisation else ""
    return Offer(
        row.ref, row.proposed_by.name, row.seat.person.name, house, row.state, row.agreed_at, row.agreed_ref
    )


def offered_page(viewer: Viewer, offer: Offer) -> FrozenHandOver | None:
    """What the coachee agreed to, to the colleague; None while no key of it has reached them."""
    return _page(viewer, offer.ref, offer.sealed_ref, AGREED)


def row_of(viewer: Viewer, offer: Offer) -> HandOver:
    """The row behind an offer, for the services that answer it."""
    return get_visible(_offers(viewer).select_related(*WHOLE), offer.ref)


WHOLE = (
    "to",
    "consent",
    "seat__person__user",
    "seat__mission__coach",
    "seat__mission__practice",
    "proposed_by",
)


def record_behind(viewer: Viewer, mission: Mission) -> HandOverRecord | None:
    """Where a mission began with a hand-over: for its coach and its coachee; nothing to the organisation."""
    if viewer.portal == Portal.ORGANISATION:
        return None
    return _records(viewer).filter(mission=mission).first()


def records_of(viewer: Viewer, mission: Mission) -> list[HandOverRecord]:
    """Who of a mission was handed over, to whom and when; to the organisation too: it has a contract to sign with them."""
    return list(_records(viewer).filter(former=mission))


def _records(viewer: Viewer) -> QuerySet[HandOverRecord]:
    rows = HandOverRecord.objects.visible_to(viewer, RECORD_RULES)
    return rows.select_related("by", "to", "handover__seat__person")

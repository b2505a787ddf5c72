"""Reading consents, and asking whether one stands. What is not agreed, or no longer, is no."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import OPEN_STATES

from .enums import ConsentKind
from .models import Consent
from .policy import CONSENT_RULES

STANDS_IN = frozenset({MissionState.ACTIVE, MissionState.PAUSED})
# An hours log is shown years later: being named in it outlives the coaching, until the coachee takes it back.
LISTED_IN = STANDS_IN | {MissionState.STOPPED, MissionState.CLOSED}
# Somebody may be handed over before anything is signed: an enquiry that is better with a colleague.
LASTS_IN = {
    ConsentKind.RESTITUTION: STANDS_IN,
    ConsentKind.HANDOVER: OPEN_STATES,
    ConsentKind.LISTING: LISTED_IN,
}


def consents_for(viewer: Viewer) -> QuerySet[Consent]:
    """A coachee's own; a coach's, those of the people they coach; nobody else's. The last one given first."""
    rows = Consent.objects.visible_to(viewer, CONSENT_RULES)
    return rows.select_related("seat", "seat__person", "seat__mission", "contract", "to_user")


def consents_of(viewer: Viewer, mission: Mission) -> list[Consent]:
    """Those of one mission, alive and ended."""
    return _consents_of(viewer, mission_id=mission.pk)


@prepared
def _consents_of(viewer: Viewer, mission_id: int) -> QuerySet[Consent]:
    return consents_for(viewer).filter(seat__mission_id=mission_id)


def get_consent(viewer: Viewer, ref: str) -> Consent:
    return get_visible(consents_for(viewer), ref)


def holds(consent: Consent, mission: Mission) -> bool:
    """Whether it stands today: neither ended nor past its last day, in a coaching that goes on."""
    ended = consent.ended_at is not None or (
        consent.until is not None and consent.until < timezone.localdate()
    )
    return not ended and mission.state in LASTS_IN[ConsentKind(consent.kind)]


def standing(seat: Seat, addressee: str, kind: ConsentKind = ConsentKind.RESTITUTION) -> Consent | None:
    """The consent of one coachee that stands today towards one addressee; None is no.

    For services and gates, which ask at the moment they act, in their transaction; whoever calls has shown the mission.
    """
    today = timezone.localdate()
    rows = Consent.unscoped.filter(seat=seat, kind=kind, addressee=addressee, ended_at=None)
    rows = rows.filter(Q(until=None) | Q(until__gte=today), seat__ended_at=None)
    return rows.filter(seat__mission__state__in=LASTS_IN[kind]).select_related("seat").first()


def listed_by(viewer: Viewer) -> list[Seat]:
    """The coachees of a coach who let themselves be named in the coach's hours log today, with who they are; in one query.

    Nobody else asks: behind any other portal there are none.
    """
    if viewer.portal != Portal.COACH:
        return []
    rows = consents_for(viewer).filter(kind=ConsentKind.LISTING, ended_at=None, seat__ended_at=None)
    rows = rows.filter(Q(until=None) | Q(until__gte=timezone.localdate()))
    rows = rows.filter(seat__mission__state__in=LISTED_IN).select_related("seat__person__user")
    return [row.seat for row in rows]


def agreed_items(seat: Seat, addressee: str) -> tuple[str, ...]:
    """What may be given back of one coachee to one addressee today (article « Restitution au donneur d'ordre »)."""
    found = standing(seat, addressee)
    return tuple(found.items) if found else ()

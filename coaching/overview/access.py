"""Reading totals over an organisation's missions, for its sponsors: no name, no reference, and nothing of too few people.

What is read here of missions at which the sponsor does not sit goes through :mod:`.grouping` before it leaves.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from coaching.accounts.models import Practice
from coaching.consents.access import STANDS_IN
from coaching.consents.enums import ConsentKind
from coaching.consents.models import Consent
from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState, ObjectiveTag, Payer, SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import AT_TABLE, seats_held
from coaching.progress.enums import STAGES, Stage
from coaching.progress.models import Measure
from coaching.restitutions.access import released_for
from coaching.sessions.enums import COUNTED_KINDS, SessionState
from coaching.sessions.models import CoachingSession
from coaching.vault.guard import looking
from contracts.enums import ScopeItem

from .grouping import Course, Line, Row, average, by_state, may_say

STATES = tuple(MissionState)


@dataclass(frozen=True, slots=True)
class Totals:
    """What may be said to one sponsor; None where it would speak of too few people."""

    smallest: int
    missions: int | None
    rows: list[Row] | None
    held: int | None
    progress: tuple[Fraction, Fraction] | None


def totals_of(viewer: Viewer) -> Totals | None:
    """Totals over the missions paid by the organisations whose sponsor the viewer is; None where they are no sponsor.

    In the same number of queries whatever the missions. A manager is at the table of a mission, not of the organisation.
    """
    if viewer.portal != Portal.ORGANISATION:
        return None
    lines = _lines(viewer)
    if not lines:
        return None
    smallest = Practice.unscoped.values_list("smallest_group", flat=True).get(pk=viewer.practice_id)
    rows = by_state(list(lines.values()), STATES, smallest)
    return Totals(
        smallest=smallest,
        missions=len(lines) if rows is not None else None,
        rows=rows,
        held=_held(viewer, lines, smallest) if rows is not None else None,
        progress=average(_courses(viewer, lines), smallest),
    )


def _missions(viewer: Viewer) -> QuerySet[Mission]:
    """Those paid by the organisations for which the viewer, who is of them, is a sponsor now."""
    mine = seats_held(viewer, SeatRole.SPONSOR).filter(
        mission__practice_id=viewer.practice_id,
        mission__payer=Payer.ORGANISATION,
        mission__organisation=F("person__organisation"),
    )
    return Mission.unscoped.filter(
        practice_id=viewer.practice_id,
        payer=Payer.ORGANISATION,
        organisation__in=mine.values("mission__organisation"),
    ).order_by()


def _lines(viewer: Viewer) -> dict[int, Line]:
    """Every mission with the people it is about, and what the viewer knows of it from their own seats."""
    people = defaultdict(set)
    for pk, email in _people(viewer):
        people[pk].add(email.lower())
    return {
        pk: Line(state, frozenset(people[pk]), known, once and not known)
        for pk, state, known, once in _known(viewer)
    }


@prepared
def _known(viewer: Viewer) -> QuerySet:
    here = Seat.unscoped.filter(mission=OuterRef("pk"), person__user_id=viewer.user_id)
    known = Exists(here.filter(role__in=AT_TABLE, ended_at=None))
    rows = _missions(viewer).annotate(known=known, once=Exists(here))
    return rows.values_list("pk", "state", "known", "once")


@prepared
def _people(viewer: Viewer) -> QuerySet:
    """Who is coached in each mission now. The same person kept by two coaches has one address, and counts once."""
    rows = Seat.unscoped.filter(mission__in=_missions(viewer), role=SeatRole.COACHEE, ended_at=None)
    address = Coalesce("person__user__email", "person__email")
    return rows.order_by().values_list("mission_id", address)


def _held(viewer: Viewer, lines: dict[int, Line], smallest: int) -> int | None:
    """Sessions held in all. It speaks of the missions that held any: those that did not are no cover for them."""
    counted = dict(_counted(viewer))
    return sum(counted.values()) if may_say([lines[pk] for pk in counted], smallest) else None


@prepared
def _counted(viewer: Viewer) -> QuerySet:
    rows = CoachingSession.unscoped.filter(
        mission__in=_missions(viewer), kind__in=COUNTED_KINDS, state=SessionState.HELD
    )
    return rows.order_by().values_list("mission").annotate(n=Count("pk"))


def _courses(viewer: Viewer, lines: dict[int, Line]) -> list[Course]:
    """How far each coachee has come on common objectives, of those who allow it to be given back to their sponsor today."""
    today, measured, told = timezone.localdate(), _measured(viewer), _told(viewer)
    found = []
    for mission_id, seat_id, email, items, until in _consents(viewer):
        stands = ScopeItem.COMMON_OBJECTIVES in items and (until is None or until >= today)
        ends = _ends(measured.get(seat_id, {}))
        if ends and stands:
            line = lines[mission_id]
            here = {"known": line.known, "once": line.once, "told": seat_id in told}
            found.append(Course(frozenset({email.lower()}), *ends, **here))
    return found


def _told(viewer: Viewer) -> set[int]:
    """The coachees whose progress was given back to this very reader."""
    with looking(viewer.user_id):
        return set(_told_seats(viewer))


@prepared
def _told_seats(viewer: Viewer) -> QuerySet:
    rows = released_for(viewer).filter(content__contains=f'"{ScopeItem.COMMON_OBJECTIVES}"')
    return rows.order_by().values_list("seat_id", flat=True).distinct()


@prepared
def _consents(viewer: Viewer) -> QuerySet:
    rows = Consent.unscoped.filter(
        kind=ConsentKind.RESTITUTION,
        addressee=SeatRole.SPONSOR,
        ended_at=None,
        seat__ended_at=None,
        seat__mission__in=_missions(viewer),
        seat__mission__state__in=STANDS_IN,
    )
    address = Coalesce("seat__person__user__email", "seat__person__email")
    return rows.order_by().values_list("seat__mission_id", "seat_id", address, "items", "until")


def _measured(viewer: Viewer) -> dict[int, dict[int, dict[str, int]]]:
    """Figures by seat, objective and stage; the coachee's words are not even read."""
    found: dict = defaultdict(lambda: defaultdict(dict))
    for seat_id, objective_id, stage, value in _figures(viewer):
        found[seat_id][objective_id][stage] = value
    return found


@prepared
def _figures(viewer: Viewer) -> QuerySet:
    rows = Measure.unscoped.filter(
        objective__mission__in=_missions(viewer),
        objective__mission__state__in=STANDS_IN,
        objective__tag=ObjectiveTag.COMMON,
        objective__removed_at=None,
    )
    return rows.order_by().values_list("seat_id", "objective_id", "stage", "value")


def _ends(objectives: dict[int, dict[str, int]]) -> tuple[Fraction, Fraction] | None:
    """The first and the last measure, on average over the objectives that have both; None where none has."""
    pairs = [
        (by_stage[Stage.START], last)
        for by_stage in objectives.values()
        if (last := _last(by_stage)) is not None
    ]
    if not pairs:
        return None
    return tuple(Fraction(sum(side), len(pairs)) for side in zip(*pairs, strict=True))


def _last(by_stage: dict[str, int]) -> int | None:
    if Stage.START not in by_stage:
        return None
    later = [by_stage[stage] for stage in STAGES[1:] if stage in by_stage]
    return later[-1] if later else None

"""Reading how far objectives have come, and by which means. Every function starts from a viewer, but the gate's own."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import table_of
from coaching.missions.enums import ObjectiveTag, SeatRole
from coaching.missions.models import Mission, Objective, Seat
from coaching.missions.requests_access import aims_of
from coaching.sessions.enums import SessionState
from coaching.sessions.models import CoachingSession, Participant

from .enums import STAGES, Stage
from .models import Means, Measure
from .policy import MEANS_RULES, MEASURE_RULES

LATEST = 5  # means that a page says of each objective; the others are a page of their own


@dataclass(frozen=True, slots=True)
class Course:
    """One coachee's measures of an objective, by stage; those not given are left out."""

    seat: Seat
    measures: dict[str, Measure]

    @property
    def started(self) -> bool:
        return bool(self.measures)


@dataclass(frozen=True, slots=True)
class Standing:
    """An objective: where each coachee the viewer may read sees it, and what was used for it, the last session first."""

    objective: Objective
    courses: list[Course]
    means: list[Means] = field(default_factory=list)  # the last of them, LATEST at most
    used: int = 0  # how many times something was used, in all


def measures_for(viewer: Viewer) -> QuerySet[Measure]:
    """A coachee's own; a coach's those of their missions; nobody else's."""
    return Measure.objects.visible_to(viewer, MEASURE_RULES)


def means_for(viewer: Viewer) -> QuerySet[Means]:
    """Means used in sessions the viewer takes part in, for objectives they may see."""
    return Means.objects.visible_to(viewer, MEANS_RULES)


def standings_of(viewer: Viewer, mission: Mission) -> list[Standing]:
    """Every objective of a mission the viewer may read, with its measures and its last means: four queries, however many sessions."""
    seats = [seat for seat in table_of(viewer, mission) if seat.role == SeatRole.COACHEE]
    measured: dict[tuple[int, int], dict[str, Measure]] = defaultdict(dict)
    for row in measures_for(viewer).filter(objective__mission=mission):
        measured[row.objective_id, row.seat_id][row.stage] = row
    used = defaultdict(list)
    for row in _latest(means_for(viewer).filter(session__mission=mission)):
        used[row.objective_id].append(row)
    return [
        Standing(aim, _courses(viewer, aim, seats, measured), used[aim.pk], _in_all(used[aim.pk]))
        for aim in aims_of(viewer, mission)
    ]


def _in_all(rows: list[Means]) -> int:
    return rows[0].in_all if rows else 0


def _latest(rows: QuerySet[Means]) -> QuerySet[Means]:
    """The last means of each objective, with how many there are in all."""
    objective = {"partition_by": F("objective")}
    ranked = rows.annotate(
        rank=Window(RowNumber(), **objective, order_by=[F("session__starts_at").desc(), F("pk").desc()]),
        in_all=Window(Count("pk"), **objective),
    )
    return ranked.filter(rank__lte=LATEST).select_related("session").order_by("objective", "rank")


def means_of(viewer: Viewer, objective: Objective) -> QuerySet[Means]:
    """Everything used for one objective the viewer has just been shown, the last session first."""
    rows = means_for(viewer).filter(objective=objective).select_related("session")
    return rows.order_by("-session__starts_at", "-id")


def _courses(viewer: Viewer, aim: Objective, seats: list[Seat], measured) -> list[Course]:
    """Of whoever measures this objective: of a coachee's own, that coachee; a coachee reads themself alone."""
    concerned = [seat for seat in seats if measures(seat, aim)]
    mine = [seat for seat in concerned if seat.person.user_id == viewer.user_id]
    shown = concerned if viewer.portal == Portal.COACH else mine
    return [Course(seat, measured.get((aim.pk, seat.pk), {})) for seat in shown]


def measures(seat: Seat, objective: Objective) -> bool:
    """Whether this coachee measures this objective: common ones and the organisation's each for themself, their own alone."""
    return objective.tag != ObjectiveTag.COACHEE or objective.seat_id == seat.pk


def measures_of(viewer: Viewer, objective: Objective, seat: Seat) -> dict[str, Measure]:
    """One coachee's measures of one objective, by stage."""
    return {row.stage: row for row in measures_for(viewer).filter(objective=objective, seat=seat)}


def closed_by(stage: str, given) -> str:
    """The later stage that closes this one: what was measured before is then history. Empty while it may be given or corrected."""
    later = [one for one in STAGES[STAGES.index(Stage(stage)) + 1 :] if one in given]
    return later[0] if later else ""


def objectives_in(viewer: Viewer, session: CoachingSession) -> list[Objective]:
    """What may be worked on in a session: of coachees' own objectives, those of whoever takes part in it."""
    there = set(Participant.unscoped.filter(session=session).values_list("seat_id", flat=True))
    aims = aims_of(viewer, session.mission)
    return [aim for aim in aims if aim.tag != ObjectiveTag.COACHEE or aim.seat_id in there]


def means_in(viewer: Viewer, session: CoachingSession) -> list[Means]:
    """What was used in one session the viewer has just been shown, as far as they may see."""
    return list(means_for(viewer).filter(session=session).select_related("objective"))


def common_courses(viewer: Viewer, mission: Mission) -> list[Standing]:
    """Of the common objectives alone, figures without the coachee's words or the means.

    For what is given back to an organisation: a restitution drafts from it, and releases nothing without the coachee's
    approval. Nobody of the organisation calls it.
    """
    return [
        Standing(one.objective, [Course(c.seat, _figures(c)) for c in one.courses])
        for one in standings_of(viewer, mission)
        if one.objective.tag == ObjectiveTag.COMMON
    ]


def _figures(course: Course) -> dict[str, Measure]:
    return {
        stage: Measure(objective_id=row.objective_id, seat_id=row.seat_id, stage=stage, value=row.value)
        for stage, row in course.measures.items()
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """What closing a mission asks of one objective (article « Obligation de moyens »)."""

    objective: Objective
    has_means: bool  # used in a session that was held
    looked_at: bool  # measured at the end by every coachee whom it concerns and who is still there
    measured_by: frozenset[int]  # seats that have given their last measure of it


def answers_of(mission: Mission) -> list[Answer]:
    """For the gate of closing: each objective linked to the means used, and looked at by the coachee. No words are read."""
    aims = list(Objective.unscoped.filter(mission=mission, removed_at=None))
    held = Means.unscoped.filter(objective__mission=mission, session__state=SessionState.HELD)
    used = set(held.values_list("objective_id", flat=True))
    seats = list(Seat.unscoped.filter(mission=mission, role=SeatRole.COACHEE, ended_at=None))
    rows = Measure.unscoped.filter(objective__mission=mission, stage=Stage.END)
    last = set(rows.values_list("objective_id", "seat_id"))
    return [
        Answer(
            aim,
            aim.pk in used,
            all((aim.pk, seat.pk) in last for seat in seats if measures(seat, aim)),
            frozenset(seat for objective, seat in last if objective == aim.pk),
        )
        for aim in aims
    ]

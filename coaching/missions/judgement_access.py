"""Reading what the coach has put their name to on a mission: declaration, balance, overrides; and how it ended."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, QuerySet, Value

from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer

from .access import missions_for, own_seats
from .enums import Hand, MissionKind, MissionState, SeatRole
from .models import Balance, ConflictDeclaration, Mission, Override, Refusal, Seat, Termination
from .policy import BALANCE_RULES, COACH_ALONE, ENDED, TERMINATION_RULES


def balance_of(viewer: Viewer, mission: Mission) -> Balance | None:
    return Balance.objects.visible_to(viewer, BALANCE_RULES).filter(mission=mission).first()


def declaration_of(viewer: Viewer, mission: Mission) -> ConflictDeclaration | None:
    return ConflictDeclaration.objects.visible_to(viewer, COACH_ALONE).filter(mission=mission).first()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the coach has put their name to on a mission."""

    declaration: ConflictDeclaration | None
    balance: Balance | None
    overrides: list[Override]


def judgement_of(viewer: Viewer, mission: Mission) -> Judgement:
    """Declaration, balance and overrides, for the coach's page, in one query."""
    rows = sorted(_judged(viewer, mission_id=mission.pk), key=lambda row: (row[0], row[1]))
    found = {kind: [row for row in rows if row[0] == kind] for kind in ("declaration", "balance", "override")}
    declared, balance = found["declaration"][-1:], found["balance"][-1:]
    return Judgement(
        next(
            (ConflictDeclaration(has_conflict=r[2], statement=r[3], declared_at=r[5]) for r in declared), None
        ),
        next((Balance(explanation=r[3], written_at=r[5]) for r in balance), None),
        [Override(reason=r[3], article=r[4], decided_at=r[5]) for r in found["override"]],
    )


@prepared
def _judged(viewer: Viewer, mission_id: int) -> QuerySet:
    no, day = Value(False), "declared_at"

    def said(model, *columns) -> QuerySet:
        return _said(model, viewer, mission_id, *columns)

    declared = said(ConflictDeclaration, "declaration", "has_conflict", "statement", Value(""), day)
    balanced = said(Balance, "balance", no, "explanation", Value(""), "written_at")
    passed = said(Override, "override", no, "reason", "article", "decided_at")
    return declared.union(balanced, passed)


def _said(model, viewer: Viewer, mission_id: int, kind: str, flag, text, article, day) -> QuerySet:
    rows = model.objects.visible_to(viewer, COACH_ALONE).filter(mission_id=mission_id).order_by()
    return rows.values_list(Value(kind, output_field=CharField()), "pk", flag, text, article, day)


@dataclass(frozen=True, slots=True)
class EndingView:
    """How a mission ended, or one coachee's part of it, as this viewer is told: their own words, never another party's (I6)."""

    row: Refusal | Termination
    kind: str  # refusal, stop, close
    at: datetime
    by: str  # who ended it, for coach and coachee; empty for the others
    ground: str
    words: tuple[tuple[str, str], ...]  # column, words
    words_ref: str = ""  # a coachee's to their coach, sealed

    @property
    def seat(self) -> Seat | None:
        """In a team, whose coaching alone ended."""
        return getattr(self.row, "seat", None)


BETWEEN = frozenset({Portal.COACH, Portal.COACHEE})
ORGANISED = frozenset({Portal.COACH, Portal.ORGANISATION})
# Who is told what of an ending: the columns of the table "Who sees what", by portal.
TOLD = {
    "explanation": BETWEEN,
    "orientation": BETWEEN,
    "alternatives": BETWEEN,
    "told_coachee": BETWEEN,
    "told_organisation": ORGANISED,
    "told_coach": frozenset({Portal.COACH}),
}
OF_SPONSOR = ("told_coach", "told_coachee")  # what a sponsor wrote to others, they read again


def endings_of(viewer: Viewer, mission: Mission) -> list[EndingView]:
    """The end of a mission the viewer has been shown, and in a team those of coachees who left before; the last first.

    A coachee finds the mission's and their own; the administrator, fact and date on their list, nothing here.
    """
    if viewer.portal not in (*BETWEEN, Portal.ORGANISATION):
        return []
    if mission.state == MissionState.REFUSED:
        rows = list(Refusal.unscoped.filter(mission__in=missions_for(viewer).filter(pk=mission.pk)))
    elif mission.state in ENDED or mission.kind == MissionKind.TEAM:
        rows = list(_terminations(viewer, mission_id=mission.pk))
    else:
        rows = []
    sponsor = viewer.portal == Portal.ORGANISATION and rows and _is_sponsor(viewer, mission)
    left = viewer.portal == Portal.COACHEE and any(getattr(row, "seat_id", None) for row in rows)
    return [_told(viewer, row, sponsor, silent=left and not row.seat_id) for row in rows]


@prepared
def _terminations(viewer: Viewer, mission_id: int) -> QuerySet[Termination]:
    rows = Termination.objects.visible_to(viewer, TERMINATION_RULES).filter(mission_id=mission_id)
    return rows.select_related("seat__person")


def _is_sponsor(viewer: Viewer, mission: Mission) -> bool:
    return any(seat.role == SeatRole.SPONSOR for seat in own_seats(viewer, mission))


def _told(viewer: Viewer, row: Refusal | Termination, sponsor: bool, *, silent: bool) -> EndingView:
    """``silent``: to a coachee who had left their team before, what was then said to the others is not addressed."""
    between = viewer.portal in BETWEEN
    columns = (
        name for name, portals in TOLD.items() if viewer.portal in portals or (sponsor and name in OF_SPONSOR)
    )
    words = tuple((name, getattr(row, name)) for name in columns if getattr(row, name, "") and not silent)
    if isinstance(row, Refusal):
        ground = row.get_ground_display() if viewer.portal == Portal.COACH else ""
        return EndingView(row, "refusal", row.refused_at, Hand.COACH if between else "", ground, words)
    by, sealed = (row.by, row.words_ref) if between else ("", "")
    return EndingView(row, row.kind, row.ended_at, by, "", words, sealed)

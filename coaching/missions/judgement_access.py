"""Reading what the coach has put their name to on a mission: declaration, balance, overrides, a refusal."""

from dataclasses import dataclass

from django.db.models import CharField, QuerySet, Value

from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer

from .access import missions_for
from .models import Balance, ConflictDeclaration, Mission, Override, Refusal
from .policy import BALANCE_RULES, COACH_ALONE


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


def overrides_of(viewer: Viewer, mission: Mission) -> QuerySet[Override]:
    return Override.objects.visible_to(viewer, COACH_ALONE).filter(mission=mission)


@dataclass(frozen=True, slots=True)
class RefusalView:
    """What this viewer is told of a refusal: their own words, never the other party's."""

    at: object
    explanation: str
    orientation: str
    told_organisation: str
    ground: str


def refusal_of(viewer: Viewer, mission: Mission) -> RefusalView | None:
    """The refusal as told to the viewer's seat; the fact and the date alone for the administrator."""
    row = Refusal.unscoped.filter(
        mission_id__in=missions_for(viewer).filter(pk=mission.pk).values("pk")
    ).first()
    if row is None:
        return None
    full = viewer.portal == Portal.COACH
    coachee = full or viewer.portal == Portal.COACHEE
    organisation = full or viewer.portal == Portal.ORGANISATION
    return RefusalView(
        at=row.refused_at,
        explanation=row.explanation if coachee else "",
        orientation=row.orientation if coachee else "",
        told_organisation=row.told_organisation if organisation else "",
        ground=row.get_ground_display() if full else "",
    )

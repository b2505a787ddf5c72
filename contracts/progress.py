"""How far the review of a contract has come, asked beside the contract itself: no query more on a mission's page."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coaching.kernel.aggregates import Names
from coaching.missions.enums import SeatRole
from coaching.missions.models import Seat

from .enums import CommentKind
from .models import Comment, ContractVersion, Reading, Verdict


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the newest version: who has not read it, who has not said it is fine, what waits for an answer."""

    unread: list[str]
    undecided: list[str]
    changes: int
    comments: int


def progress_annotations() -> dict:
    """Columns for a query of contracts that the mission's coach may see; :func:`progress_in` reads them."""
    of_seat, of_comment = _newest(OuterRef(OuterRef(OuterRef("pk")))), _newest(OuterRef(OuterRef("pk")))
    readings = Reading.unscoped.filter(user_id=OuterRef("person__user_id"), version__in=of_seat)
    verdicts = Verdict.unscoped.filter(user_id=OuterRef("person__user_id"), version__in=of_seat)
    return {
        "review_unread": _missing(readings),
        "review_undecided": _missing(verdicts.filter(withdrawn_at=None)),
        "review_changes": _count(open_on(of_comment).filter(kind=CommentKind.CHANGE)),
        "review_comments": _count(open_on(of_comment)),
        "coachees": _coachees(),
    }


def progress_in(contract) -> Progress:
    """What :func:`progress_annotations` found."""
    return Progress(
        sorted(contract.review_unread or []),
        sorted(contract.review_undecided or []),
        contract.review_changes or 0,
        contract.review_comments or 0,
    )


def open_on(versions) -> QuerySet[Comment]:
    """Comments on these versions that are neither answered nor withdrawn, whoever may read them: for counts and gates."""
    return Comment.unscoped.filter(version__in=versions, answered_at=None, withdrawn_at=None)


def _newest(contract) -> QuerySet:
    """The key of the last version sent; ``contract`` says how many queries further out the contract is."""
    return ContractVersion.unscoped.filter(contract=contract).order_by("-number").values("pk")[:1]


def _missing(done: QuerySet) -> Subquery:
    """The names of those at the table without such a row."""
    rows = Seat.unscoped.filter(mission=OuterRef("mission"), ended_at=None).exclude(Exists(done))
    rows = rows.filter(pk=Coalesce(OuterRef("seat"), F("pk")))  # of one coachee's document, theirs alone
    return Subquery(rows.order_by().values("mission").annotate(names=Names("person__name")).values("names"))


def _coachees() -> Subquery:
    """How many coachees are at the table of the contract's mission: in a team, how many are to join."""
    rows = Seat.unscoped.filter(mission=OuterRef("mission"), role=SeatRole.COACHEE, ended_at=None)
    return Subquery(rows.order_by().values("mission").annotate(n=Count("pk")).values("n"))


def _count(rows: QuerySet) -> Subquery:
    return Subquery(rows.order_by().values("withdrawn_at").annotate(n=Count("pk")).values("n")[:1])

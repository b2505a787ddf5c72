"""Reading the review of a contract: what was said of each version, and where each person at the table stands."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import seats_of
from coaching.missions.models import Seat

from .access import versions_of
from .enums import PLACES, CommentAudience, CommentKind, Outcome
from .models import Comment, Contract, ContractVersion, Reading, Verdict
from .policy import COMMENT_RULES, VERDICT_RULES, concerned


def comments_for(viewer: Viewer) -> QuerySet[Comment]:
    """What the viewer may read: the coach all that is not withdrawn; a party their own, and what was said to everyone."""
    rows = Comment.objects.visible_to(viewer, COMMENT_RULES)
    return rows.select_related("version", "seat", "seat__person", "answered_by")


def get_comment(viewer: Viewer, ref: str) -> Comment:
    rows = comments_for(viewer).select_related(
        "version__contract__mission__coach", "version__contract__mission__practice"
    )
    return get_visible(rows, ref)


def comments_of(viewer: Viewer, contract: Contract) -> list[Comment]:
    """Every comment on every version of a contract, oldest first, as far as this viewer may read them."""
    return list(comments_for(viewer).filter(version__contract=contract).order_by("id"))


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the coach has to do with what was said: to answer, then to write into the draft."""

    open: list[Comment]  # in the order of the contract, requests for change first
    accepted: list[Comment]  # on the newest version: to be found in the next one
    answered: list[Comment]  # all the others, newest first

    @property
    def changes(self) -> int:
        return sum(comment.kind == CommentKind.CHANGE for comment in self.open)


def inbox(comments: list[Comment], newest: int) -> Inbox:
    """Sort what was said of a contract for its coach. ``newest`` is the number of the last version sent."""
    places = {place: position for position, place in enumerate(["", *PLACES])}
    waiting = [comment for comment in comments if comment.is_open]
    accepted = [c for c in comments if c.outcome == Outcome.ACCEPTED and c.version.number == newest]
    done = [c for c in comments if c.answered_at and c not in accepted]
    return Inbox(
        sorted(waiting, key=lambda c: (c.kind != CommentKind.CHANGE, places[c.section], c.pk)),
        accepted,
        done[::-1],
    )


def by_place(comments: list[Comment], version: ContractVersion) -> dict[str, list[Comment]]:
    """The comments on one version, by the part of the contract they speak of."""
    found = defaultdict(list)
    for comment in comments:
        if comment.version_id == version.pk:
            found[comment.place].append(comment)
    return found


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list of those sent, with when this viewer said they had read it."""

    pk: int
    ref: str
    number: int
    created_at: datetime
    read_at: datetime | None


def version_lines(viewer: Viewer, contract: Contract) -> list[VersionLine]:
    """The versions sent of a contract, newest first, without their texts."""
    mine = Reading.unscoped.filter(version=OuterRef("pk"), user_id=viewer.user_id)
    rows = versions_of(viewer, contract).select_related(None).order_by("-number")
    rows = rows.annotate(read_at=Subquery(mine.values("at")[:1]))
    return [VersionLine(*row) for row in rows.values_list("pk", "ref", "number", "created_at", "read_at")]


def last_read_before(lines: list[VersionLine], number: int) -> VersionLine | None:
    """The version the viewer last read before this one: what they compare it with."""
    return next((line for line in lines if line.number < number and line.read_at), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person at the table stands towards a version."""

    seat: Seat
    fine_at: datetime | None
    read_at: datetime | None  # for the coach alone
    asked: int  # requests for change not answered: all for the coach, those said to everyone for the table


def standings(viewer: Viewer, version: ContractVersion, comments: list[Comment]) -> list[Standing]:
    """Everyone at the table: for the coach, who has read and who asked for what; for the parties, name and verdict.

    Each party sees the very same: what somebody said to the coach alone is not counted, not even for themselves.
    """
    coach = viewer.portal == Portal.COACH
    asked = Counter(
        comment.seat_id
        for comment in comments
        if comment.version_id == version.pk
        and comment.kind == CommentKind.CHANGE
        and comment.is_open
        and (coach or comment.audience == CommentAudience.TABLE)
    )
    verdicts = Verdict.objects.visible_to(viewer, VERDICT_RULES).filter(version=version, withdrawn_at=None)
    readings = Reading.unscoped.filter(version=version)
    rows = (
        seats_of(viewer, version.contract.mission)
        .filter(concerned(version.contract))
        .annotate(fine_at=_of_person(verdicts, "given_at"), reading_at=_of_person(readings, "at"))
    )
    return [Standing(s, s.fine_at, s.reading_at if coach else None, asked[s.pk]) for s in rows]


def _of_person(rows: QuerySet, column: str) -> Subquery:
    return Subquery(rows.filter(user_id=OuterRef("person__user_id")).values(column)[:1])


def waiting_on(viewer: Viewer, contract: Contract) -> int:
    """How many comments on any version wait for the coach's answer; 0 for anybody else."""
    rows = comments_for(viewer).filter(version__contract=contract, answered_at=None, withdrawn_at=None)
    return rows.count() if viewer.portal == Portal.COACH else 0

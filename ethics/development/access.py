"""Reading a coach's competence: the coach their own; a client the sheet of the coach of their mission; anybody what is published."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.http import Http404
from django.utils import timezone

from coaching.accounts.access import get_practice
from coaching.accounts.models import Membership
from coaching.kernel.scoping import could_be_a_ref, get_visible, the_one
from coaching.kernel.viewer import Viewer
from coaching.vault.access import open_text

from .enums import EARLIEST_YEAR, LONG, QUARTER, ActivityKind, in_hours
from .models import DevelopmentActivity, Proof, PublicSheet, Qualification, ShownSheet
from .policy import LEARNING_PLACE, OWN, SHEET_RULES


def qualifications_for(viewer: Viewer) -> QuerySet[Qualification]:
    return Qualification.objects.visible_to(viewer, OWN).filter(removed_at=None)


def get_qualification(viewer: Viewer, ref: str) -> Qualification:
    return get_visible(qualifications_for(viewer), ref)


def proved_qualifications(viewer: Viewer) -> QuerySet[Qualification]:
    """The coach's own, each with ``proof_ref`` and ``proof_shared``."""
    return _with_proof(qualifications_for(viewer), "qualification")


def expiring(viewer: Viewer) -> list[Qualification]:
    """Those of the coach's that expire within sixty days, or have expired: the first to act on first."""
    soon = timezone.localdate() + timedelta(days=LONG)
    return list(qualifications_for(viewer).filter(expires_on__lte=soon).order_by("expires_on", "pk")[:8])


def qualifications_of_coach(practice_id: int, coach_id: int) -> QuerySet[Qualification]:
    """The coach's sheet, for a caller whose own access function has just shown them a mission of this coach."""
    return Qualification.unscoped.filter(practice_id=practice_id, coach_id=coach_id, removed_at=None)


def sheet_of_coach(practice_id: int, coach_id: int) -> list[Qualification]:
    """The same as a client reads it: each with ``proved``, and ``proof_ref`` where the coach lets clients open the file."""
    rows = qualifications_of_coach(practice_id, coach_id)
    live = Proof.unscoped.filter(qualification=OuterRef("pk"), removed_at=None)
    shared = Subquery(live.filter(shared=True).values("ref")[:1])
    return list(rows.annotate(proved=Exists(live), proof_ref=shared, proof_sha256=_sha256(live)))


def shared_proof_of_coach(practice_id: int, coach_id: int, ref: str) -> Proof:
    """A file the coach lets their clients open, for a caller as above; 404 otherwise."""
    rows = Proof.unscoped.filter(practice_id=practice_id, coach_id=coach_id, removed_at=None, shared=True)
    return get_visible(rows.filter(qualification__removed_at=None), ref)


def activities_for(viewer: Viewer) -> QuerySet[DevelopmentActivity]:
    """The coach's own, the last first; each with ``proof_ref``."""
    rows = DevelopmentActivity.objects.visible_to(viewer, OWN).filter(removed_at=None)
    return _with_proof(rows, "activity")


def get_activity(viewer: Viewer, ref: str) -> DevelopmentActivity:
    return get_visible(activities_for(viewer), ref)


def learning_of(viewer: Viewer, activity: DevelopmentActivity) -> str:
    """What the coach noted of it, to themself alone. Raises :class:`coaching.vault.errors.Locked`."""
    if not activity.learning_ref:
        return ""
    return open_text(viewer, activity.learning_ref, place=LEARNING_PLACE, row=activity.ref)


def get_proof(viewer: Viewer, ref: str) -> Proof:
    """A file of the coach's own."""
    rows = Proof.objects.visible_to(viewer, OWN).filter(removed_at=None)
    return get_visible(rows.select_related("qualification", "activity"), ref)


def proof_of(viewer: Viewer, **of) -> Proof | None:
    """The file of ``qualification=`` or ``activity=``, one of the viewer's own."""
    return Proof.objects.visible_to(viewer, OWN).filter(removed_at=None, **of).first()


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a coach's development (article 2), in quarters of an hour."""

    year: int
    target: int  # hours
    activities: list[DevelopmentActivity]
    qualifications: list[Qualification]  # obtained in that year

    @property
    def quarters(self) -> int:
        obtained = sum(one.hours or 0 for one in self.qualifications) * QUARTER
        return obtained + sum(one.quarters for one in self.activities)

    @property
    def hours(self) -> int | float:
        return in_hours(self.quarters)

    @property
    def short(self) -> float:
        """Hours still missing."""
        return in_hours(max(self.target * QUARTER - self.quarters, 0))

    def by_kind(self) -> list[tuple[object, float]]:
        """Hours of each kind there is, in their order; qualifications are counted as obtained."""
        sums = [
            (kind.label, in_hours(sum(one.quarters for one in self.activities if one.kind == kind)))
            for kind in ActivityKind
        ]
        return [(label, hours) for label, hours in sums if hours]

    @property
    def of_qualifications(self) -> int:
        return sum(one.hours or 0 for one in self.qualifications)


def year_of(viewer: Viewer, year: int) -> Year:
    """What the coach did for their development in one year: two queries, and one for the practice's target."""
    return Year(
        year,
        get_practice(viewer).development_hours,
        list(activities_for(viewer).filter(held_on__year=year)),
        list(qualifications_for(viewer).filter(obtained_on__year=year)),
    )


def hours_of_year(viewer: Viewer) -> tuple[QuerySet, QuerySet]:
    """(a word, quarters of an hour, day) of everything of the viewer's that counts, whatever its year: for a union of the
    first page's, which chooses the year."""
    obtained = qualifications_for(viewer).order_by()
    activities = DevelopmentActivity.objects.visible_to(viewer, OWN).filter(removed_at=None).order_by()
    return (
        obtained.values_list(Value("hours"), F("hours") * QUARTER, "obtained_on"),
        activities.values_list(Value("hours"), "quarters", "held_on"),
    )


def a_year(said: str | None) -> int:
    """The year asked for in an address; this one where none is. 404 where there can be nothing."""
    this = timezone.localdate().year
    if not said:
        return this
    if not (said.isascii() and said.isdigit() and EARLIEST_YEAR <= int(said[:6]) <= this):
        raise Http404
    return int(said)


def years_of(viewer: Viewer) -> list[int]:
    """The years there is something of, with this one, the last first."""
    activities = DevelopmentActivity.objects.visible_to(viewer, OWN).filter(removed_at=None)
    days = activities.order_by().values_list("held_on__year", flat=True)
    others = qualifications_for(viewer).order_by().values_list("obtained_on__year", flat=True)
    return sorted({timezone.localdate().year, *days.union(others)}, reverse=True)


def sheets_for(viewer: Viewer) -> QuerySet[ShownSheet]:
    """To the coach what they have shown, to a client what was shown to them, behind the portal where they asked."""
    rows = ShownSheet.objects.visible_to(viewer, SHEET_RULES)
    return rows.select_related("document")


def get_sheet(viewer: Viewer, ref: str) -> ShownSheet:
    return get_visible(sheets_for(viewer), ref)


def sheets_of_mission(viewer: Viewer, mission_ref: str) -> list[ShownSheet]:
    return list(sheets_for(viewer).filter(mission_ref=mission_ref)[:10])


def own_publication(viewer: Viewer) -> PublicSheet | None:
    """The coach's published sheet, while it is published."""
    return PublicSheet.objects.visible_to(viewer, OWN).filter(ended_at=None).first()


def get_publication(viewer: Viewer) -> PublicSheet:
    """The same; 404 where it is not published."""
    return the_one(row for row in [own_publication(viewer)] if row)


def published_sheet(ref: str) -> PublicSheet:
    """The one anybody may read under this address; 404 unpublished, and once its coach has left the practice."""
    rows = PublicSheet.unscoped.filter(ended_at=None, ref=ref, coach__is_active=True)
    found = rows.select_related("practice", "coach")[:1] if could_be_a_ref(ref) else []
    return the_one(one for one in found if coaches_here(one.practice_id, one.coach_id))


def coaches_here(practice_id: int, user_id: int) -> bool:
    rows = Membership.unscoped.filter(practice_id=practice_id, user_id=user_id, left_at=None)
    return rows.filter(is_coach=True).exists()


def _with_proof(rows: QuerySet, of: str) -> QuerySet:
    live = Proof.unscoped.filter(**{of: OuterRef("pk")}, removed_at=None)
    return rows.annotate(
        proof_ref=Subquery(live.values("ref")[:1]), proof_shared=Subquery(live.values("shared")[:1])
    )


def _sha256(live: QuerySet) -> Subquery:
    return Subquery(live.values(said=F("sha256"))[:1])

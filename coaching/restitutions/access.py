"""Reading restitutions. Before release, coach and coachee, from the vault; after it, the released copy and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.utils.translation import gettext_lazy as _

from coaching.documents.canonical import digest
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible, the_one
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.facts import ask_of
from coaching.missions.models import Mission, Seat
from coaching.vault.access import open_texts
from coaching.vault.guard import looking

from .enums import OPEN
from .models import Receipt, ReleasedRestitution, Restitution, RestitutionText
from .policy import RELEASED_RULES, RESTITUTION_RULES
from .snapshots import FrozenRestitution, thaw

TEXT = "restitutions.RestitutionText.sealed_ref"
ASKED = "restitutions.Restitution.asked_ref"


@dataclass(frozen=True, slots=True)
class Worded:
    """One text of a restitution, opened; ``page`` is None where it does not open to this viewer."""

    text: RestitutionText
    page: FrozenRestitution | None


def restitutions_for(viewer: Viewer) -> QuerySet[Restitution]:
    """The coach's, and a coachee's own once they were sent them; the last begun first."""
    rows = Restitution.objects.visible_to(viewer, RESTITUTION_RULES)
    names = ("seat", "seat__person", "seat__person__user", "seat__mission", "seat__mission__coach")
    return rows.select_related(*names, "seat__mission__organisation", "seat__mission__practice")


def restitutions_of(viewer: Viewer, mission: Mission) -> QuerySet[Restitution]:
    return restitutions_for(viewer).filter(seat__mission=mission)


def in_preparation(viewer: Viewer, mission: Mission) -> list[Restitution]:
    """Those of a mission that have not left and still may: what its end would set aside."""
    return list(restitutions_of(viewer, mission).filter(state__in=sorted(OPEN)))


def get_restitution(viewer: Viewer, ref: str) -> Restitution:
    """404 to the organisation, to colleagues, to administrators, and to coachees it is not about."""
    return get_visible(restitutions_for(viewer), ref)


def now_and_before(viewer: Viewer, restitution: Restitution) -> tuple[Worded, Worded | None]:
    """The last text, and the last one of the other of the two before it: what is new since is what the writer changed.

    These alone are opened, however often it was worded: what the coach tried on the way stays theirs. 404 like
    :func:`get_restitution`.
    """
    seen = restitutions_for(viewer).filter(pk=restitution.pk)
    rows = list(RestitutionText.unscoped.filter(restitution__in=seen))
    now = the_one(rows)
    before = next((row for row in rows if row.by != now.by), None)
    opened = _opened(viewer, [now, before] if before else [now])
    return opened[now.ref], opened.get(before.ref) if before else None


def _opened(viewer: Viewer, rows: list[RestitutionText]) -> dict[str, Worded]:
    opened = open_texts(viewer, {row.ref: row.sealed_ref for row in rows}, place=TEXT)
    return {row.ref: Worded(row, thaw(opened[row.ref]) if row.ref in opened else None) for row in rows}


def text_now(viewer: Viewer, restitution: Restitution) -> Worded:
    """The last text of it; 404 like :func:`get_restitution`."""
    seen = restitutions_for(viewer).filter(pk=restitution.pk)
    row = the_one(RestitutionText.unscoped.filter(restitution__in=seen, number=F("restitution__number"))[:1])
    return _opened(viewer, [row])[row.ref]


def asked_of(viewer: Viewer, restitution: Restitution) -> str:
    """What the coachee would have otherwise; empty where they asked for nothing."""
    if not restitution.asked_ref:
        return ""
    return open_texts(viewer, {restitution.ref: restitution.asked_ref}, place=ASKED).get(restitution.ref, "")


def released_for(viewer: Viewer) -> QuerySet[ReleasedRestitution]:
    """What was released, for those who may read it; on PostgreSQL the engine asks once more (:mod:`.row_security`).

    To be read inside ``looking(viewer.user_id)``; an addressee's rows say when they ``opened`` each.
    """
    rows = ReleasedRestitution.objects.visible_to(viewer, RELEASED_RULES)
    rows = rows.annotate(opened=Subquery(_own_receipts(viewer).values("at")[:1]))
    return rows.select_related(
        "mission", "mission__coach", "mission__organisation", "seat__person", "restitution"
    )


def _own_receipts(viewer: Viewer) -> QuerySet[Receipt]:
    """Sub-query: that this person has opened the row."""
    return Receipt.unscoped.filter(restitution=OuterRef("restitution"), user_id=viewer.user_id)


def inbox_count(viewer: Viewer) -> int:
    """How many restitutions were released to an addressee, over all missions."""
    with looking(viewer.user_id):
        return sum(_inbox_count(viewer))  # no row at all where there is none


@prepared
def _inbox_count(viewer: Viewer) -> QuerySet:
    rows = ReleasedRestitution.objects.visible_to(viewer, RELEASED_RULES).order_by()
    return rows.annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values_list("n", flat=True)


def inbox_of(viewer: Viewer, *, first: int = 0, length: int = 25) -> list[ReleasedRestitution]:
    """What was released to an addressee, a page of it: what they have not opened first, then the last released.

    One query, however many there are. The words themselves are not even read.
    """
    with looking(viewer.user_id):
        if first:
            return list(_inbox(viewer)[first : first + length])
        return _inbox_begins(viewer, length)


@prepared
def _inbox_begins(viewer: Viewer, length: int) -> QuerySet[ReleasedRestitution]:
    return _inbox(viewer)[:length]


def latest_of(
    viewer: Viewer, mission: Mission, length: int, *, seat: Seat | None = None
) -> list[ReleasedRestitution]:
    """The last of them of one mission, for its page, those not opened first.

    With ``seat`` those about that coachee alone: shown beside the viewer, they learn of no colleague's.
    """
    about = {"seat_id": seat.pk} if seat else {}
    with looking(viewer.user_id):
        return _latest(viewer, length, mission_id=mission.pk, **about)


@prepared
def _latest(
    viewer: Viewer, length: int, mission_id: int, seat_id: int | None = None
) -> QuerySet[ReleasedRestitution]:
    rows = _inbox(viewer).filter(mission_id=mission_id)
    return (rows if seat_id is None else rows.filter(seat_id=seat_id))[:length]


def _inbox(viewer: Viewer) -> QuerySet[ReleasedRestitution]:
    rows = released_for(viewer).select_related(None).select_related("mission__coach", "seat__person")
    rows = rows.only("ref", "released_at", "mission__title", "mission__coach__name", "seat__person__name")
    return rows.annotate(read=Exists(_own_receipts(viewer))).order_by("read", "-released_at", "-pk")


def unread_in(viewer: Viewer, missions: Iterable[Mission]) -> dict[int, int]:
    """How many restitutions released to the viewer they have not opened, by mission: for a list, in one query."""
    with looking(viewer.user_id):
        return dict(ask_of(_unread, viewer, list(missions)))


@prepared
def _unread(viewer: Viewer, **missions: int) -> QuerySet:
    rows = ReleasedRestitution.objects.visible_to(viewer, RELEASED_RULES)
    rows = rows.filter(mission__in=missions.values()).exclude(Exists(_own_receipts(viewer)))
    return rows.order_by().values_list("mission").annotate(n=Count("pk"))


def get_released(viewer: Viewer, ref: str) -> ReleasedRestitution:
    """404 to anyone it is not addressed to, before its release, and after its withdrawal to those who had not opened it."""
    with looking(viewer.user_id):
        return get_visible(released_for(viewer), ref)


def released_copy(viewer: Viewer, restitution: Restitution) -> ReleasedRestitution | None:
    """The copy that left, for the coach and the coachee of it."""
    with looking(viewer.user_id):
        return released_for(viewer).filter(restitution=restitution).first()


def page_of(released: ReleasedRestitution) -> FrozenRestitution:
    """What it says, proved to be what the coachee approved (I2); :class:`NotAllowedNow` where it no longer is."""
    if digest(released.content) != released.sha256 or released.sha256 != released.restitution.approved_sha256:
        raise NotAllowedNow(
            _(
                "This text is no longer the one that was approved: it is not shown. The practice restores it from a backup."
            )
        )
    return thaw(released.content)


def receipts_of(viewer: Viewer, restitutions: Iterable[Restitution]) -> dict[int, list[Receipt]]:
    """Who has opened what was released, when: for the coach and the coachee alone. By restitution, in one query."""
    found: dict[int, list[Receipt]] = {}
    if viewer.portal not in (Portal.COACH, Portal.COACHEE):
        return found
    seen = restitutions_for(viewer).filter(pk__in=[row.pk for row in restitutions]).values("pk")
    for row in Receipt.unscoped.filter(restitution__in=seen).select_related("seat__person"):
        found.setdefault(row.restitution_id, []).append(row)
    return found

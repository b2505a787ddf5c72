"""Reading what was asked of a mission and what it aims at: requests, their words and versions, objectives."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.vault.access import open_texts

from .models import Mission, Objective, Request, RequestVersion, Seat, SharedWording, Validation
from .policy import OBJECTIVE_RULES, REQUEST_RULES, SHARED_WORDING_RULES

SEALED_PLACE = "missions.RequestVersion.sealed_ref"


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request as this viewer may read it."""

    request: Request
    seat: Seat | None
    version: RequestVersion | None  # the last one, whoever wrote it down
    text: str | None  # None: this viewer may not read it
    versions: int
    validation: Validation | None
    wording: SharedWording | None

    @property
    def confirmed(self) -> bool:
        return self.version is not None and self.version.confirmed_at is not None

    @property
    def level(self) -> str:
        return self.request.level

    @property
    def closed(self) -> bool:
        """Its words lie sealed and do not open to this viewer yet: nobody has sealed their key to them so far."""
        return self.version is not None and bool(self.version.sealed_ref) and self.text is None


def requests_of(viewer: Viewer, mission: Mission, *, sealed: bool = True) -> list[RequestView]:
    """The requests of a mission, the organisation's first, with exactly what the viewer may read of each.

    Without ``sealed`` the coachees' words are left where they lie: for documents, which quote the shared wording alone,
    and whose making may be asked for by somebody else than the coach. With it, :class:`coaching.vault.errors.Locked`
    while the viewer's key is not open.
    """
    rows = _requests(viewer, mission_id=mission.pk)
    versions = {row.pk: _version(row) for row in rows if row.last_id is not None}
    texts = _texts(viewer, versions, sealed=sealed)
    return [_view(viewer, row, versions.get(row.pk), texts) for row in rows]


@prepared
def _requests(viewer: Viewer, mission_id: int) -> QuerySet[Request]:
    rows = Request.objects.visible_to(viewer, REQUEST_RULES).filter(mission_id=mission_id)
    rows = rows.exclude(seat__ended_at__isnull=False).select_related("seat", "seat__person")
    return rows.annotate(**_shared(viewer), **_last()).order_by("-level", "id")


# In the order of the table, as ``from_db`` takes them.
COLUMNS = [field.attname for field in RequestVersion._meta.concrete_fields]


def _last() -> dict:
    """The last version of a request, beside the request itself, with what the coach said when they validated it."""
    versions = RequestVersion.unscoped.filter(request=OuterRef("pk")).order_by("-number")
    validation = Validation.unscoped.filter(
        version__request=OuterRef("pk"), version__number=OuterRef("last_number")
    )
    return {
        **{f"last_{name}": Subquery(versions.values(name)[:1]) for name in COLUMNS},
        "validation_wording": Subquery(validation.values("wording")[:1]),
        "validated_at": Subquery(validation.values("validated_at")[:1]),
    }


def _version(row: Request) -> RequestVersion:
    version = RequestVersion.from_db(
        row._state.db, COLUMNS, [getattr(row, f"last_{name}") for name in COLUMNS]
    )
    version.request = row  # it is here already
    return version


def _view(viewer: Viewer, row: Request, version: RequestVersion | None, texts) -> RequestView:
    wording = (
        SharedWording(request=row, text=row.shared_text, shared_at=row.shared_at) if row.shared_text else None
    )
    return RequestView(
        request=row,
        seat=row.seat,
        version=version,
        text=texts.get(row.pk),
        versions=version.number if version else 0,
        validation=_validation_shown(viewer, row, version),
        wording=wording,
    )


def request_of(viewer: Viewer, mission: Mission, level: str, seat: Seat | None = None) -> RequestView | None:
    """One request as the viewer may read it, or None when there is none to see."""
    for view in requests_of(viewer, mission):
        if view.level == level and (seat is None or (view.seat and view.seat.pk == seat.pk)):
            return view
    return None


def history_of(viewer: Viewer, view: RequestView) -> list[tuple[RequestVersion, str]]:
    """Every version of a request with its words, newest first, for those who may read the last one."""
    if view.text is None:
        return []
    rows = list(RequestVersion.unscoped.filter(request=view.request).order_by("-number"))
    sealed = {row.ref: row.sealed_ref for row in rows if row.sealed_ref}
    opened = open_texts(viewer, sealed, place=SEALED_PLACE)
    return [(row, row.text or opened.get(row.ref, "")) for row in rows]


def _shared(viewer: Viewer) -> dict:
    """The wording shared of a request, beside the request itself: who may see this row may see it.

    Behind each portal the rule of a wording is the rule of its request; behind one without such a rule, nothing is.
    """
    rows = SharedWording.unscoped.filter(request=OuterRef("pk"), withdrawn_at=None).order_by("-id")
    if viewer.portal not in SHARED_WORDING_RULES:
        rows = rows.none()
    return {
        "shared_text": Subquery(rows.values("text")[:1]),
        "shared_at": Subquery(rows.values("shared_at")[:1]),
    }


def _validation_shown(viewer: Viewer, row: Request, version: RequestVersion | None) -> Validation | None:
    """Its wording is between coach and coachee until the contract carries it to the others."""
    if viewer.portal not in (Portal.COACH, Portal.COACHEE) or version is None or row.validated_at is None:
        return None
    return Validation(version=version, wording=row.validation_wording, validated_at=row.validated_at)


def _texts(viewer: Viewer, versions: dict[int, RequestVersion], *, sealed: bool) -> dict[int, str]:
    refs = {version.ref: version.sealed_ref for version in versions.values() if version.sealed_ref}
    opened = open_texts(viewer, refs if sealed else {}, place=SEALED_PLACE)
    texts = {pk: version.text or opened.get(version.ref) for pk, version in versions.items()}
    return {pk: text for pk, text in texts.items() if text is not None}


def objectives_of(viewer: Viewer, mission: Mission) -> QuerySet[Objective]:
    """Objectives of a mission that the viewer may read, those removed left out."""
    return _objectives(viewer, mission.pk)


def aims_of(viewer: Viewer, mission: Mission) -> list[Objective]:
    """The same, for a page that shows them all."""
    return _aims(viewer, mission_id=mission.pk)


def _objectives(viewer: Viewer, mission_id: int) -> QuerySet[Objective]:
    rows = Objective.objects.visible_to(viewer, OBJECTIVE_RULES)
    return rows.filter(mission_id=mission_id, removed_at=None).select_related("seat", "seat__person")


_aims = prepared(_objectives)


def with_aims(viewer: Viewer, rows: QuerySet[Mission]) -> QuerySet[Mission]:
    """Missions with the number of objectives the viewer may read of each, as ``aims``, for a list."""
    seen = Objective.objects.visible_to(viewer, OBJECTIVE_RULES).filter(
        mission=OuterRef("pk"), removed_at=None
    )
    counted = seen.order_by().values("mission").annotate(n=Count("pk"))
    return rows.annotate(aims=Subquery(counted.values("n")))


def get_objective(viewer: Viewer, mission: Mission, ref: str) -> Objective:
    return get_visible(objectives_of(viewer, mission), ref)

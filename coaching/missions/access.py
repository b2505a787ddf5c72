"""Reading missions. Every function starts from a viewer; nothing else in the house reads these tables."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from coaching.accounts.access import Chair
from coaching.accounts.models import User
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.vault.access import open_texts

from .enums import MissionState, RequestLevel, SeatRole
from .models import (
    Balance,
    ConflictDeclaration,
    Mission,
    Objective,
    Override,
    Refusal,
    Request,
    RequestVersion,
    Seat,
    SharedWording,
    Validation,
)
from .policy import (
    BALANCE_RULES,
    COACH_ALONE,
    MISSION_RULES,
    OBJECTIVE_RULES,
    REQUEST_RULES,
    SEAT_RULES,
    SHARED_WORDING_RULES,
    seats_held,
)

SEALED_PLACE = "missions.RequestVersion.sealed_ref"
PORTAL_OF = {
    SeatRole.COACHEE: Portal.COACHEE,
    SeatRole.SPONSOR: Portal.ORGANISATION,
    SeatRole.MANAGER: Portal.ORGANISATION,
}


def seat_chairs(user: User) -> list[Chair]:
    """The portals that seats at missions' tables give a person, for the switcher in the header."""
    rows = (
        Seat.unscoped.filter(person__user=user, ended_at=None)
        .values_list("role", "mission__practice_id", "mission__practice__ref", "mission__practice__name")
        .order_by("mission__practice_id")
        .distinct()
    )
    return list(dict.fromkeys(Chair(PORTAL_OF[role], *place) for role, *place in rows))


def missions_for(viewer: Viewer) -> QuerySet[Mission]:
    """Missions at whose table the viewer sits; for the administrator, every mission of the practice."""
    return Mission.objects.visible_to(viewer, MISSION_RULES).select_related("organisation", "coach")


def get_mission(viewer: Viewer, ref: str) -> Mission:
    return get_visible(missions_for(viewer), ref)


def roles_at(viewer: Viewer, mission: Mission) -> frozenset[str]:
    """The roles this viewer holds on this mission, from the portal they stand behind."""
    if viewer.portal == Portal.COACH:
        return frozenset({"coach"}) if mission.coach_id == viewer.user_id else frozenset()
    if viewer.portal == Portal.PRACTICE:
        return frozenset({"administrator"})
    wanted = [role for role, portal in PORTAL_OF.items() if portal == viewer.portal]
    return frozenset(seats_held(viewer, *wanted).filter(mission=mission).values_list("role", flat=True))


def seats_of(viewer: Viewer, mission: Mission) -> QuerySet[Seat]:
    """Who sits at the table now."""
    rows = Seat.objects.visible_to(viewer, SEAT_RULES).filter(mission=mission, ended_at=None)
    return rows.select_related("person", "person__organisation")


def get_seat(viewer: Viewer, mission: Mission, ref: str) -> Seat:
    return get_visible(seats_of(viewer, mission), ref)


def own_seats(viewer: Viewer, mission: Mission) -> list[Seat]:
    """The viewer's own seats on this mission, of the portal they stand behind."""
    wanted = [role for role, portal in PORTAL_OF.items() if portal == viewer.portal]
    return list(seats_held(viewer, *wanted).filter(mission=mission).select_related("person"))


def own_coachee_seat(viewer: Viewer, mission: Mission) -> Seat:
    """The coachee's own seat; 404 for anyone who is not a coachee of this mission."""
    if viewer.portal != Portal.COACHEE:
        raise Http404
    seat = seats_held(viewer, SeatRole.COACHEE).filter(mission=mission).select_related("person").first()
    if seat is None:
        raise Http404
    return seat


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


def requests_of(viewer: Viewer, mission: Mission) -> list[RequestView]:
    """The requests of a mission, the organisation's first, with exactly what the viewer may read of each."""
    rows = Request.objects.visible_to(viewer, REQUEST_RULES).filter(mission=mission)
    rows = list(rows.select_related("seat", "seat__person").order_by("-level", "id"))
    rows = [row for row in rows if row.seat is None or row.seat.ended_at is None]
    ids = [row.pk for row in rows]
    versions = _versions(ids)
    validations = _validations(versions)
    wordings = _wordings(viewer, ids)
    texts = _texts(viewer, rows, versions)
    return [
        RequestView(
            request=row,
            seat=row.seat,
            version=versions[row.pk][0] if versions[row.pk] else None,
            text=texts.get(row.pk),
            versions=len(versions[row.pk]),
            validation=_validation_shown(viewer, validations, versions[row.pk]),
            wording=wordings.get(row.pk),
        )
        for row in rows
    ]


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


def _versions(request_ids) -> dict[int, list[RequestVersion]]:
    found = defaultdict(list)
    for row in RequestVersion.unscoped.filter(request_id__in=request_ids).order_by("-number"):
        found[row.request_id].append(row)
    return found


def _validations(versions) -> dict[int, Validation]:
    last = [rows[0].pk for rows in versions.values() if rows]
    return {row.version_id: row for row in Validation.unscoped.filter(version_id__in=last)}


def _validation_shown(viewer, validations, versions) -> Validation | None:
    """Its wording is between coach and coachee until the contract carries it to the others."""
    if viewer.portal not in (Portal.COACH, Portal.COACHEE) or not versions:
        return None
    return validations.get(versions[0].pk)


def _wordings(viewer, request_ids) -> dict[int, SharedWording]:
    rows = SharedWording.objects.visible_to(viewer, SHARED_WORDING_RULES)
    rows = rows.filter(request_id__in=request_ids, withdrawn_at=None).order_by("id")
    return {row.request_id: row for row in rows}


def _texts(viewer, rows, versions) -> dict[int, str]:
    last = {row.pk: versions[row.pk][0] for row in rows if versions[row.pk]}
    sealed = {v.ref: v.sealed_ref for v in last.values() if v.sealed_ref}
    opened = open_texts(viewer, sealed, place=SEALED_PLACE)
    texts = {}
    for pk, version in last.items():
        if version.text:
            texts[pk] = version.text
        elif version.ref in opened:
            texts[pk] = opened[version.ref]
    return texts


def objectives_of(viewer: Viewer, mission: Mission) -> QuerySet[Objective]:
    rows = Objective.objects.visible_to(viewer, OBJECTIVE_RULES).filter(mission=mission, removed_at=None)
    return rows.select_related("seat", "seat__person")


def get_objective(viewer: Viewer, mission: Mission, ref: str) -> Objective:
    return get_visible(objectives_of(viewer, mission), ref)


def balance_of(viewer: Viewer, mission: Mission) -> Balance | None:
    return Balance.objects.visible_to(viewer, BALANCE_RULES).filter(mission=mission).first()


def declaration_of(viewer: Viewer, mission: Mission) -> ConflictDeclaration | None:
    return ConflictDeclaration.objects.visible_to(viewer, COACH_ALONE).filter(mission=mission).first()


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


def search(rows: QuerySet[Mission], words: str) -> QuerySet[Mission]:
    """Missions whose title, reference, organisation or people match, among those already visible."""
    words = words.strip()
    if not words or "\x00" in words:
        return rows
    named = Seat.unscoped.filter(person__name__icontains=words, ended_at=None, mission__in=rows)
    return rows.filter(
        Q(title__icontains=words)
        | Q(ref__iexact=words)
        | Q(organisation__name__icontains=words)
        | Q(pk__in=named.values("mission_id"))
    )


def coachees_of(viewer: Viewer, missions: list[Mission]) -> dict[int, list[str]]:
    """Names of the coachees of several missions in one query, for lists."""
    rows = Seat.objects.visible_to(viewer, SEAT_RULES).filter(
        mission__in=missions, role=SeatRole.COACHEE, ended_at=None
    )
    names = defaultdict(list)
    for mission_id, name in rows.values_list("mission_id", "person__name"):
        names[mission_id].append(name)
    return names


def waiting_for_coach(viewer: Viewer, limit: int) -> list[Mission]:
    """Missions where a coachee's request waits for the coach's validation, oldest first."""
    newest = RequestVersion.unscoped.filter(request=OuterRef("pk")).order_by("-number")
    waiting = (
        Request.objects.visible_to(viewer, REQUEST_RULES)
        .filter(
            level=RequestLevel.COACHEE, mission__state__in=[MissionState.ENQUIRY, MissionState.CONTRACTING]
        )
        .annotate(
            last=Subquery(newest.values("pk")[:1]), confirmed=Subquery(newest.values("confirmed_at")[:1])
        )
        .filter(last__isnull=False, confirmed__isnull=False)
        .exclude(last__in=Validation.unscoped.values("version_id"))
    )
    return list(missions_for(viewer).filter(pk__in=waiting.values("mission_id")).order_by("pk")[:limit])


def organisation_beside(viewer: Viewer, mission: Mission) -> Viewer | None:
    """The sponsor, or else the manager, of a coachee's mission, so that the coachee sees what that person sees.

    None while nobody of the organisation has taken their seat. Only for a coachee, of their own mission.
    """
    own_coachee_seat(viewer, mission)
    rows = Seat.unscoped.filter(mission=mission, ended_at=None, person__user__isnull=False)
    rows = rows.filter(role__in=[SeatRole.SPONSOR, SeatRole.MANAGER]).select_related("person__user")
    seat = rows.order_by("-role", "pk").first()  # the sponsor before the manager
    if seat is None:
        return None
    user = seat.person.user
    return Viewer(user.pk, user.ref, viewer.practice_id, viewer.practice_ref, Portal.ORGANISATION)


def coach_viewer(mission: Mission) -> Viewer:
    """The mission's coach as a viewer: for gates that judge what the coach is about to do, and for commands."""
    coach, practice = mission.coach, mission.practice
    return Viewer(coach.pk, coach.ref, practice.pk, practice.ref, Portal.COACH)
